using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using AngleSharp;

namespace TrainingHub.Platform.Web;

/// <summary>
/// On every page of staff: asks for a proof where <see cref="StepUpAttribute"/> wants one, keeps what was sent meanwhile, shows kept
/// forms filled in, and lets each be sent once. It never sends anything by itself.
/// </summary>
internal sealed class StaffFormFilter(KeptForms forms, KeptCookie cookie, PostedForm posted) : IAsyncPageFilter, IAsyncResultFilter
{
    public const string SentBefore = "That was sent before, or is no longer kept. Nothing was done a second time.";

    private (Guid Id, KeptContent Content)? shown;

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) =>
        HttpMethods.IsPost(context.HttpContext.Request.Method) ? SendAsync(context, next) : ShowAsync(context, next);

    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (shown is not { } kept)
        {
            await next();
            return;
        }

        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        if (context.Result is not PageResult)
        {
            context.Result = new RedirectResult(PostedForm.PageOf(request, kept.Id));
            await next();
            return;
        }

        var body = response.Body;
        using var written = new MemoryStream();
        response.Body = written;
        var done = await next();
        response.Body = body;
        if (done.Exception is not null)
        {
            return;
        }

        written.Position = 0;
        var page = await new HtmlParser().ParseDocumentAsync(written, context.HttpContext.RequestAborted);
        if (FilledForm.Fill(page, kept.Content, kept.Id, Words(kept.Content)))
        {
            await response.WriteAsync(page.ToHtml(), context.HttpContext.RequestAborted);
            return;
        }

        response.ContentType = null;
        response.Redirect(PostedForm.PageOf(request, kept.Id));
    }

    public static string Words(KeptContent kept) => (kept.Why, kept.HadFiles) switch
    {
        (KeptWhy.SignedOut, false) => "You were signed out. Here is what you typed: check and send it again.",
        (KeptWhy.SignedOut, true) => "You were signed out. Here is what you typed: choose the file again, then check and send it.",
        (KeptWhy.Unproved, false) => "Thank you. Here is what you sent: check and send it again.",
        (KeptWhy.Unproved, true) => "Thank you. Here is what you sent: choose the file again, then check and send it.",
    };

    private async Task ShowAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if ((StepUpAttribute.IsOn(context.HandlerMethod, http.GetEndpoint()?.Metadata) || ListFile.IsWanted(http.Request)) && StepUp.Missing(http) is { } ask)
        {
            context.Result = ask;
            return;
        }

        if (Guid.TryParse(http.Request.Query[PostedForm.Parameter], out var id))
        {
            if (await posted.FindAsync(http, id, http.RequestAborted) is not { } content)
            {
                context.Result = LeadTo(context, PostedForm.Without(StepUp.Asked(http.Request), PostedForm.Parameter), "What was typed here is no longer kept.");
                return;
            }

            shown = (id, content);
        }

        await next();
    }

    private async Task SendAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        var form = http.Request.HasFormContentType ? http.Request.Form : FormCollection.Empty;
        var kept = Guid.TryParse(form[PostedForm.SentField], out var id) ? id : (Guid?)null;
        if (kept is { } sent && (posted.KeyOf(http) is not { } key || !await forms.TakeAsync(sent, key, http.RequestAborted)))
        {
            context.Result = LeadTo(context, PostedForm.Without(StepUp.Asked(http.Request), "handler", PostedForm.Parameter), SentBefore);
            return;
        }

        if (form.ContainsKey(PostedForm.KeepField))
        {
            context.Result = new RedirectResult(await KeepAsync(KeptWhy.SignedOut));
        }
        else if (StepUpAttribute.IsOn(context.HandlerMethod, http.GetEndpoint()?.Metadata) && !http.User.IsProved())
        {
            context.Result = new RedirectResult(StepUp.Address(http.Request, await KeepAsync(KeptWhy.Unproved)));
        }
        else
        {
            await SendAsync(next, kept);
            return;
        }

        await DropAsync(kept);

        Task<string> KeepAsync(KeptWhy why) => posted.KeepAsync(http, cookie.Of(http, Actor.Of(http.User).Id), why, http.RequestAborted);
    }

    private async Task SendAsync(PageHandlerExecutionDelegate next, Guid? kept)
    {
        var done = await next();
        if (kept is { } id && done.Exception is not null)
        {
            await forms.GiveBackAsync(id);
            return;
        }

        await DropAsync(kept);
    }

    private Task DropAsync(Guid? kept) => kept is { } id ? forms.RemoveAsync(id) : Task.CompletedTask;

    private static RedirectResult LeadTo(PageHandlerExecutingContext context, string address, string notice)
    {
        if (context.HandlerInstance is PageModel page)
        {
            page.TempData["Notice"] = notice;
        }

        return new(address);
    }
}
