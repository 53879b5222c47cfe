using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages;

/// <summary>
/// Where a delegate who has answered the three-month survey gets a link for their manager. Opening the page changes nothing; the answer to the
/// button shows the link, once.
/// </summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class AskManagerPageModel(NpgsqlDataSource database, PrivateAccess access, AskManager ask, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "Email the link to me too, tomorrow morning")]
    public bool ByEmail { get; set; }

    public Guid Invitation { get; private set; }
    public InvitedSurvey? Survey { get; private set; }

    /// <summary>Only in the answer to the button.</summary>
    public ManagerLink? Link { get; private set; }

    /// <summary>Opens the sender's own mail program with the words; nothing is sent from here.</summary>
    public string MailTo => $"mailto:?subject={Uri.EscapeDataString($"What have you seen since my course? {Survey?.Course}")}&body={Uri.EscapeDataString(
        $"On {London.Words(Survey?.AttendedOn ?? default)} I attended {Survey?.Course}. Please tell the training team whether you have seen a change in my work since then:\r\n\r\n{Link?.Url}\r\n\r\nIt takes about two minutes, and you need no account. You can answer until {London.Words(Link?.ClosesOn ?? default)}. You do not see what I answered myself.\r\n")}";

    public async Task<IActionResult> OnGetAsync(Guid invitation, CancellationToken ct) => await ReadAsync(invitation, ct) ? Page() : Elsewhere(invitation);

    public async Task<IActionResult> OnPostAsync(Guid invitation, CancellationToken ct)
    {
        if (!await ReadAsync(invitation, ct))
        {
            return Elsewhere(invitation);
        }

        Link = await ask.RunAsync(invitation, ByEmail, ct);
        if (Link is null)
        {
            ModelState.AddModelError("", $"You cannot get a link: the time is over, or you have had {AskManager.MostLinks} already. Each of them still works");
        }

        return Page();
    }

    private async Task<bool> ReadAsync(Guid invitation, CancellationToken ct)
    {
        Invitation = invitation;
        Survey = ask.IsOn && access.IsGranted(HttpContext, SurveyInvitation.LinkPurpose, invitation)
            ? await InvitedSurvey.FindAsync(database, invitation, clock.GetUtcNow(), ct)
            : null;
        return Survey is { } found && MayAsk(found, clock.GetUtcNow());
    }

    /// <summary>Whoever has answered what has changed, until that survey closes.</summary>
    internal static bool MayAsk(InvitedSurvey survey, DateTimeOffset now) =>
        survey is { Moment: SurveyMoment.ThreeMonths, State: InvitationState.Answered } && survey.TakesAnswersAt(now);

    // The survey says what to do.
    private LocalRedirectResult Elsewhere(Guid invitation) => LocalRedirect("~" + SurveyUrls.Answer(invitation));
}
