using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

/// <summary>Why a work account did not sign its person in, and whom to ask. It only shows words.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class WorkAccountRefusedModel(IOptions<SingleSignOnOptions> options, IOptionsSnapshot<SiteOptions> site) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public WorkAccountRefusal? Why { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public WorkAccountWords Words { get; private set; } = null!;

    public string Contact => site.Value.ContactEmail;

    private string? Back => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : null;

    public string Again => Why == WorkAccountRefusal.NotProved ? WorkAccountUrls.With("~" + StepUp.Page, Back) : WorkAccountUrls.With("~/sign-in", Back);

    public string AgainWords => Why == WorkAccountRefusal.NotProved ? "Confirm again" : "Back to sign in";

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (!options.Value.IsOn || Why is not { } why || !Enum.IsDefined(why))
        {
            context.Result = NotFound();
            return;
        }

        Words = WorkAccountWords.Of(why);
    }
}
