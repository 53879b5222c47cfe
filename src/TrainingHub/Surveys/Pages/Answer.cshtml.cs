using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Npgsql;
using TrainingHub.Attendance;
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
    NpgsqlDataSource database, TrainingHubDb db, PrivateAccess access, PageCache cache, AnswerSurvey answerSurvey, WaitingCertificates certificates, TimeProvider clock)
    : PageModel
{
    [BindProperty]
    public string? Key { get; set; }

    public Guid Invitation { get; private set; }
    public InvitedSurvey? Survey { get; private set; }
    public Questionnaire? Asked { get; private set; }
    public SurveyForm Form { get; private set; } = new();

    /// <summary>The certificate of the course waits for these answers.</summary>
    public bool CertificateWaits { get; private set; }

    /// <summary>Why there is no form: the words for each are on the page.</summary>
    public ClosedReason? Closed { get; private set; }

    /// <summary>The free texts of a form that came too late, for the sender to keep.</summary>
    public List<string> Typed { get; private set; } = [];

    public bool IsCorrection => Survey?.State == InvitationState.Answered;

    public async Task<IActionResult> OnGetAsync(Guid invitation, CancellationToken ct)
    {
        if (!await LoadAsync(invitation, access.IsGranted(HttpContext, SurveyInvitation.LinkPurpose, invitation), ct))
        {
            return Page();
        }

        if (Survey is { ShowsAnswers: true, ResponseId: { } responseId } && Asked is not null)
        {
            Form = SurveyForm.Of(await InvitedSurvey.ReadAnswersAsync(db, responseId, ct), Asked);
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

        // A body that cannot be read holds no answer.
        var sent = Request.HasFormContentType && ModelState.IsValid ? Request.Form : FormCollection.Empty;
        Typed = SurveyForm.TextsIn(sent);
        if (!await LoadAsync(invitation, isOpen, ct) || Survey is null || Asked is null)
        {
            return Page();
        }

        Form = SurveyForm.Read(sent, Asked);
        if (Form.Check(Asked, Survey.AreaId, ModelState) is not { } answers)
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

    /// <summary>The questions that somebody from this area is asked, each with what is offered to them.</summary>
    public IEnumerable<(AskedQuestion Question, IReadOnlyList<VersionOption> Offered)> Questions =>
        Survey is null || Asked is null ? [] : Form.Shown(Asked, Survey.AreaId);

    /// <summary>How many questions there are, each box for a text being one, and how many of them may be left out.</summary>
    public (int All, int Optional) Counts => Questions.Aggregate((All: 0, Optional: 0), (sum, asked) => (
        sum.All + 1 + (asked.Question.Asked.TextPrompt is null ? 0 : 1),
        sum.Optional + (asked.Question.Asked.IsRequired ? 0 : 1) + (asked.Question.Asked.TextPrompt is null ? 0 : 1)));

    /// <summary>Eight questions of the first survey took testers three minutes.</summary>
    public int Minutes => Math.Max(1, (Counts.All * 3 + 4) / 8);

    /// <returns>False when there is nothing to answer; the page then says why.</returns>
    private async Task<bool> LoadAsync(Guid invitation, bool isOpen, CancellationToken ct)
    {
        Invitation = invitation;
        // Without the private link an invitation of somebody else and one that does not exist look the same.
        Survey = isOpen ? await InvitedSurvey.FindAsync(database, invitation, clock.GetUtcNow(), ct) : null;
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
        var moment = Survey.Moment;
        CertificateWaits = moment is SurveyMoment.End or SurveyMoment.Event && !IsCorrection && (await certificates.OfAsync([Survey.PlaceId], clock.GetUtcNow(), ct)).Count > 0;
        var known = moment == SurveyMoment.ThreeMonths ? (await cache.GetAsync(read => AskedVersions.ReadAsync(read, CancellationToken.None))).Find(Survey.VersionId) : null;
        // What was remembered may be older than the version that was sent.
        Asked = known ?? (await AskedVersions.ReadAsync(db, moment, ct)).Find(Survey.VersionId);
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
