using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.RateLimiting;
using Npgsql;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages;

/// <summary>
/// The survey of one delegate about one course, on one page, for the browser that opened the private link. The form carries a key of
/// its own, so that what was typed arrives also when the browser has lost its cookies meanwhile; nobody else has the key, so it stands
/// in for the antiforgery token.
/// </summary>
[IgnoreAntiforgeryToken]
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class AnswerModel(
    NpgsqlDataSource database, TrainingHubDb db, PrivateAccess access, PageCache cache, AnswerSurvey answerSurvey, TimeProvider clock)
    : PageModel
{
    [BindProperty]
    public SurveyForm Form { get; set; } = new();

    [BindProperty]
    public string? Key { get; set; }

    public Guid Invitation { get; private set; }
    public InvitedSurvey? Survey { get; private set; }
    public SurveyLists? Lists { get; private set; }

    /// <summary>Why there is no form: the words for each are on the page.</summary>
    public ClosedReason? Closed { get; private set; }

    /// <summary>The free texts of a form that came too late, for the sender to keep.</summary>
    public List<string> Typed => [.. new[] { Form.ChangedPracticeExample, Form.ImpactedFamiliesExample }.OfType<string>()];

    public bool IsCorrection => Survey?.ResponseId is not null;

    public static SelectListItem[] YesNo => [new("Yes", SurveyForm.Yes), new("No", SurveyForm.No)];

    public async Task<IActionResult> OnGetAsync(Guid invitation, CancellationToken ct)
    {
        if (!await LoadAsync(invitation, access.IsGranted(HttpContext, SurveyInvitation.LinkPurpose, invitation), ct))
        {
            return Page();
        }

        if (Survey is { ShowsAnswers: true, ResponseId: { } responseId })
        {
            Form = SurveyForm.Of(await InvitedSurvey.ReadAnswersAsync(db, responseId, ct));
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid invitation, CancellationToken ct)
    {
        // Without a cookie the page's own key opens it, until the link ends.
        var end = access.EndOf(Key, SurveyInvitation.LinkPurpose, invitation);
        var isOpen = end > clock.GetUtcNow();
        if (isOpen && end is { } until)
        {
            access.Grant(HttpContext, SurveyInvitation.LinkPurpose, invitation, until);
        }

        if (!await LoadAsync(invitation, isOpen, ct) || Lists is null || Form.Check(Lists, Offered, ModelState) is not { } answers)
        {
            return Page();
        }

        if (await answerSurvey.RunAsync(invitation, answers, ct) is not { } refusal)
        {
            return LocalRedirect("~" + SurveyUrls.ThankYou(invitation));
        }

        return refusal switch
        {
            AnswerRefusal.Unknown => Refuse(ClosedReason.NeedsLink, StatusCodes.Status404NotFound),
            AnswerRefusal.NotOpen => Refuse(ClosedReason.TimeOver, StatusCodes.Status410Gone),
        };
    }

    public IEnumerable<SelectListItem> Points(string question) =>
        (Lists?.Scale(question) ?? []).Select(option => new SelectListItem(option.Label, option.Id.ToString()));

    /// <summary>Those in use, and what was chosen before one was archived.</summary>
    public List<Toolkit> Offered => Survey is null || Lists is null ? []
        : Lists.ToolkitsFor(Survey.AreaId).FindAll(toolkit => toolkit.ArchivedAt is null || Form.Toolkits.Contains(toolkit.Id.ToString()));

    public IEnumerable<SelectListItem> Toolkits => Offered.Select(toolkit => new SelectListItem(toolkit.Name, toolkit.Id.ToString()));

    /// <returns>False when there is nothing to answer; the page then says why.</returns>
    private async Task<bool> LoadAsync(Guid invitation, bool isOpen, CancellationToken ct)
    {
        Invitation = invitation;
        // Without the private link an invitation of somebody else and one that does not exist look the same.
        Survey = isOpen ? await InvitedSurvey.FindAsync(database, invitation, ct) : null;
        if (Survey is null)
        {
            Refuse(ClosedReason.NeedsLink, StatusCodes.Status404NotFound);
            return false;
        }

        if (!Survey.TakesAnswersAt(clock.GetUtcNow()))
        {
            Refuse(Survey.State == InvitationState.Withdrawn ? ClosedReason.Withdrawn : ClosedReason.TimeOver, StatusCodes.Status410Gone);
            return false;
        }

        Key = access.KeyOf(SurveyInvitation.LinkPurpose, invitation, SurveyTimes.LinkExpiresAt(Survey.ClosesAt ?? clock.GetUtcNow()));
        Lists = await cache.GetAsync(lists => SurveyLists.ReadAsync(lists, CancellationToken.None));
        return true;
    }

    private PageResult Refuse(ClosedReason reason, int status)
    {
        Closed = reason;
        Response.StatusCode = status;
        ModelState.Clear();
        return Page();
    }
}

internal enum ClosedReason
{
    NeedsLink,
    TimeOver,
    Withdrawn,
}
