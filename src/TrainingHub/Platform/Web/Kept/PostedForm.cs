using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace TrainingHub.Platform.Web;

/// <summary>On a page of staff that asks for a password or a code: nothing that is sent to it is kept.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KeepsNothingAttribute : Attribute;

/// <summary>Keeps the form of a request for later, and finds it again.</summary>
internal sealed class PostedForm(KeptForms forms, KeptCookie cookie, IAntiforgery antiforgery)
{
    /// <summary>In the address: the form that is to be shown filled in.</summary>
    public const string Parameter = "kept";

    /// <summary>In a form that was shown filled in: which one it is.</summary>
    public const string SentField = "__kept";

    /// <summary>Sent by the script where it knows that the session has ended: keep it, whatever else is true by now.</summary>
    public const string KeepField = "__keep";

    public const string TokenField = "__RequestVerificationToken";
    private const string HandlerParameter = "handler";
    private const long MostBytes = 1024 * 1024;

    /// <returns>Where a GET shows the form, filled in if it could be kept; from the root of the host.</returns>
    public async Task<string> KeepAsync(HttpContext http, KeptKey? key, KeptWhy why, CancellationToken ct)
    {
        var request = http.Request;
        var page = Without(StepUp.Asked(request), HandlerParameter, Parameter);
        var isAllowed = http.GetEndpoint()?.Metadata is { } metadata && metadata.GetMetadata<ForStaffAttribute>() is not null && metadata.GetMetadata<KeepsNothingAttribute>() is null;
        if (key is null || !isAllowed || !request.HasFormContentType || request.ContentLength is null or > MostBytes || await ReadAsync(request, ct) is not { } form)
        {
            return page;
        }

        var fields = form.Where(field => field.Key is not (TokenField or SentField or KeepField))
            .SelectMany(field => field.Value.Select(value => new KeptField(field.Key, value ?? ""))).ToList();
        var content = new KeptContent(why, Without(StepUp.Asked(request), Parameter), form[TokenField].ToString(), form.Files.Any(file => file.Length > 0), fields);
        if (await forms.KeepAsync(key, content, ct) is not { } id)
        {
            return page;
        }

        return HasGet(http) ? QueryHelpers.AddQueryString(page, Parameter, $"{id}") : PageOf(request, id);
    }

    /// <summary>Where any kept form can be read and sent, if its own page does not show it.</summary>
    public static string PageOf(HttpRequest request, Guid id) => $"{request.PathBase.ToUriComponent()}/staff/kept/{id}";

    /// <returns>Null when there is none for whoever is signed in, in this browser.</returns>
    public async Task<KeptContent?> FindAsync(HttpContext http, Guid id, CancellationToken ct) =>
        KeyOf(http) is { } key && await forms.ReadAsync(id, key, ct) is { } content && await IsOursAsync(http, content) ? content : null;

    /// <summary>The key of whoever is signed in; null when another person was, and nobody typed here since.</summary>
    public KeptKey? KeyOf(HttpContext http) => cookie.From(http.Request) is { } key && key.StaffUserId == Actor.Of(http.User).Id ? key : null;

    public static string Without(string address, params string[] names)
    {
        if (address.Split('?', 2) is not [var path, var query])
        {
            return address;
        }

        var left = QueryHelpers.ParseQuery(query);
        Array.ForEach(names, name => left.Remove(name));
        return QueryHelpers.AddQueryString(path, left);
    }

    // A form that some other site made this browser send carries no token of this person's: it is shown to nobody.
    private async Task<bool> IsOursAsync(HttpContext http, KeptContent content)
    {
        var asked = new DefaultHttpContext { User = http.User, RequestServices = http.RequestServices };
        (asked.Request.Method, asked.Request.Scheme, asked.Request.ContentType) = (HttpMethods.Post, http.Request.Scheme, "application/x-www-form-urlencoded");
        asked.Request.Headers.Cookie = http.Request.Headers.Cookie;
        asked.Request.Form = new FormCollection(new() { [TokenField] = content.Token });
        return await antiforgery.IsRequestValidAsync(asked);
    }

    private static async Task<IFormCollection?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            return await request.ReadFormAsync(ct);
        }
        // Nobody typed that: a form that cannot be read, or one that breaks off.
        catch (Exception unreadable) when (unreadable is NotSupportedException or ArgumentException or InvalidDataException or FormatException or IOException)
        {
            return null;
        }
    }

    private static bool HasGet(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<CompiledPageActionDescriptor>()?.HandlerMethods.Any(handler => handler.HttpMethod == "Get") == true;
}
