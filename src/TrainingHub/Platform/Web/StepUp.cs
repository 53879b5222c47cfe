using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.WebUtilities;

namespace TrainingHub.Platform.Web;

/// <summary>
/// On a page, or on one handler of it: whoever asks has to have proved within the last ten minutes that it is they, or does so first
/// (OWASP ASVS 5.0, 7.5.3). Lists as files ask for it by themselves.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class StepUpAttribute : Attribute
{
    public static bool IsOn(HandlerMethodDescriptor? handler, EndpointMetadataCollection? page) =>
        page?.GetMetadata<StepUpAttribute>() is not null || handler?.MethodInfo.GetCustomAttribute<StepUpAttribute>() is not null;
}

/// <summary>Where a person proves once more that it is they, and the way back.</summary>
internal static class StepUp
{
    public const string Page = "/staff/confirm";

    private static readonly string[] FileEndings = [".csv", ".xlsx"];

    /// <summary>To the page that asks; null when the proof is fresh.</summary>
    public static RedirectResult? Missing(HttpContext http) => http.User.IsProved() ? null : new(Address(http.Request, Asked(http.Request)));

    public static string Address(HttpRequest request, string back) => QueryHelpers.AddQueryString(request.PathBase.ToUriComponent() + Page, "ReturnUrl", back);

    /// <summary>What was asked for, from the root of the host.</summary>
    public static string Asked(HttpRequest request) => $"{request.PathBase.ToUriComponent()}{request.Path.ToUriComponent()}{request.QueryString.ToUriComponent()}";

    /// <summary>For what is no page: a file that a link offers.</summary>
    public static TBuilder RequireStepUp<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new StepUpAttribute()).AddEndpointFilter(async (context, next) =>
            Missing(context.HttpContext) is { } ask ? Results.LocalRedirect(ask.Url) : await next(context));

    /// <summary>The page on which a file is offered; null when the address is no file's. A browser that is led to a file stays where it was.</summary>
    public static string? PageOfFile(string address)
    {
        var (path, query) = address.Split('?', 2) is [var before, var after] ? (before, QueryHelpers.ParseQuery(after)) : (address, []);
        var ending = Array.Find(FileEndings, one => path.EndsWith(one, StringComparison.Ordinal));
        return ending is null && !query.Remove(ListFile.Parameter) ? null : QueryHelpers.AddQueryString(path[..^(ending?.Length ?? 0)], query);
    }
}
