using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.RateLimiting;
using Npgsql;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages;

/// <summary>The survey of one delegate about one course, on one page, for the browser that opened the private link.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class AnswerModel(
    NpgsqlDataSource database, TrainingHubDb db, PrivateAccess access, PageCache cache, AnswerSurvey answerSurvey, TimeProvider clock)
    : PageModel
{
    [BindProperty]
    public SurveyForm Form { get; set; } = new();

    public Guid Invitation { get; private set; }
    public InvitedSurvey? Survey { get; private set; }
    public SurveyLists? Lists { get; private set; }

    /// <summary>Why there is no form: the words for each are on the page.</summary>
    public ClosedReason? Closed { get; private set; }

    public bool IsCorrection => Survey?.ResponseId is not null;

    public static SelectListItem[] YesNo => [new("Yes", SurveyForm.Yes), new("No", SurveyForm.No)];

    public async Task<IActionResult> OnGetAsync(Guid invitation, CancellationToken ct)
    {
        if (!await LoadAsync(invitation, ct))
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
        if (!await LoadAsync(invitation, ct) || Lists is null || Form.Check(Lists, Offered, ModelState) is not { } answers)
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

    public List<Toolkit> Offered => Survey is null || Lists is null ? [] : Lists.ToolkitsFor(Survey.AreaId);

    public IEnumerable<SelectListItem> Toolkits => Offered.Select(toolkit => new SelectListItem(toolkit.Name, toolkit.Id.ToString()));

    /// <returns>False when there is nothing to answer; the page then says why.</returns>
    private async Task<bool> LoadAsync(Guid invitation, CancellationToken ct)
    {
        Invitation = invitation;
        // Without the private link an invitation of somebody else and one that does not exist look the same.
        Survey = access.IsGranted(HttpContext, SurveyInvitation.LinkPurpose, invitation)
            ? await InvitedSurvey.FindAsync(database, invitation, ct)
            : null;
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
