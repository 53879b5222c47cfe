using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TrainingHub.Platform.Web.Pages;

/// <summary>Runs for any method, since a form that failed is shown its page under POST.</summary>
[IgnoreAntiforgeryToken]
[AllowAnonymous]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ErrorModel(IHostEnvironment environment) : PageModel
{
    private const int LargestKept = 64 * 1024;
    private static readonly List<string> Secrets = ["Password", ".Current", ".Wanted"];

    public int Status { get; private set; }
    public string Heading { get; private set; } = "";
    public bool WasSending { get; private set; }

    /// <summary>The form was refused because the browser has not kept the cookie that came with its page.</summary>
    public bool NeedsCookie { get; private set; }
    public int? WaitSeconds { get; private set; }

    /// <summary>Asked for under another host, or over plain http.</summary>
    public bool IsElsewhere => HttpContext.Items.ContainsKey(RequestRules.Elsewhere);

    public string TraceNumber { get; private set; } = "";

    /// <summary>Somebody is signed in and asked for a page of the staff.</summary>
    public bool IsStaffPage { get; private set; }

    /// <summary>What was typed into a form that came too early, to be sent again; passwords are not shown to the browser again.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Kept { get; private set; } = [];

    /// <summary>Where the form was sent to.</summary>
    public string SentTo { get; private set; } = "";

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        OnPageHandlerExecuting(context);
        if (Status == StatusCodes.Status429TooManyRequests && WasSending)
        {
            await KeepAsync();
        }

        await next();
    }

    private async Task KeepAsync()
    {
        if (HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not { } refused || !Request.HasFormContentType || Request.ContentLength is not < LargestKept)
        {
            return;
        }

        var form = await Request.ReadFormAsync(HttpContext.RequestAborted);
        SentTo = refused.OriginalPathBase + refused.OriginalPath + refused.OriginalQueryString;
        Kept = [.. from field in form where !Secrets.Exists(secret => field.Key.EndsWith(secret, StringComparison.OrdinalIgnoreCase))
            from value in field.Value select KeyValuePair.Create(field.Key, value ?? "")];
    }

    // Not OnGet and OnPost, which leave PUT and others without a word.
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var code = int.TryParse(RouteData.Values["code"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var failed = HttpContext.Features.Get<IExceptionHandlerFeature>() is not null;
        var refused = HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        // Opened by hand, the page answers with the status that it explains.
        if (!failed && !refused)
        {
            Response.StatusCode = code is >= 400 and < 600 ? code : StatusCodes.Status404NotFound;
        }

        Status = Response.StatusCode;
        WasSending = HttpMethods.IsPost(Request.Method) && (failed || refused);
        // Both came with the page of the form; only as far as the form was read before.
        NeedsCookie = Status == StatusCodes.Status400BadRequest && WasSending && !IsElsewhere
            && HttpContext.Features.Get<IFormFeature>()?.Form?.ContainsKey("__RequestVerificationToken") == true
            && !Request.Cookies.ContainsKey(SiteCookies.Name("csrf", environment));
        Heading = IsElsewhere ? "This is not our address" : NeedsCookie ? "This needs a cookie" : HeadingOf(Status);
        IsStaffPage = User.Identity?.IsAuthenticated == true
            && HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath.StartsWith("/staff", StringComparison.OrdinalIgnoreCase) == true;
        TraceNumber = Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;
        if (int.TryParse(Response.Headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            WaitSeconds = seconds;
        }

        if (Status == StatusCodes.Status503ServiceUnavailable)
        {
            Response.Headers.RetryAfter = "60";
        }
    }

    private static string HeadingOf(int status) => status switch
    {
        400 => "We could not read what was sent",
        401 => "You need to sign in",
        403 => "You cannot open this page",
        404 => "Page not found",
        405 => "This page cannot do that",
        413 => "That file is too large",
        429 => "Too many requests",
        503 => "Sorry, the service is not available",
        _ => "Sorry, something went wrong",
    };
}
