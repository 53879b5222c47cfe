using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages;

/// <summary>
/// What a delegate expects of their course, for whoever may open their own page of the place. Opening it changes nothing. What was answered
/// before is not shown again: several people may use one address.
/// </summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class BeforeModel(
    TrainingHubDb db, PrivateAccess access, SignedInAddress signedIn, AnswerBefore answer, IOptions<SiteOptions> site, TimeProvider clock) : PageModel
{
    [BindProperty(Name = "done", SupportsGet = true)]
    public bool IsDone { get; set; }

    /// <summary>Null when this browser may not see it.</summary>
    public DateLine? Date { get; private set; }
    public Guid Place { get; private set; }
    public string Delegate { get; private set; } = "";
    public bool HasAnswered { get; private set; }

    /// <summary>The place is kept, the course has not begun, and the partnership asks.</summary>
    public bool IsOpen { get; private set; }
    public Questionnaire Asked { get; private set; } = null!;
    public SurveyForm Form { get; private set; } = new();
    public Guid AreaId { get; private set; }
    public SiteOptions Site => site.Value;

    public async Task<IActionResult> OnGetAsync(Guid place, CancellationToken ct)
    {
        await ReadAsync(place, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid place, CancellationToken ct)
    {
        await ReadAsync(place, ct);
        if (Date is null || !IsOpen)
        {
            return Page();
        }

        Form = SurveyForm.Read(Request.HasFormContentType ? Request.Form : FormCollection.Empty, Asked);
        if (Form.Check(Asked, AreaId, ModelState) is not { } answers)
        {
            return Page();
        }

        if (await answer.RunAsync(place, answers, ct) is not null)
        {
            ModelState.AddModelError("", "Nothing was sent: the course has begun, or the questions have changed. Open the page again from your own page of the course");
            return Page();
        }

        return LocalRedirect($"~{SurveyUrls.Before(place)}?done=true");
    }

    private async Task ReadAsync(Guid id, CancellationToken ct)
    {
        Place = id;
        var found = await (
            from place in db.Places
            join person in db.People on place.PersonId equals person.Id
            join booking in db.Bookings on place.BookingId equals booking.Id
            where place.Id == id
            select new { place.RunId, place.State, person.Name, person.EmailKey, person.NameKey, booking.AreaId }).SingleOrDefaultAsync(ct);
        if (found is null
            || (!access.IsGranted(HttpContext, DelegateLink.Purpose, DelegateLink.SubjectOf(id, new PersonKey(found.EmailKey, found.NameKey)))
                && !await signedIn.IsAsync(HttpContext, found.EmailKey, ct)))
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        Date = await DateLines.FindAsync(db, found.RunId, ct);
        (Delegate, AreaId) = (found.Name, found.AreaId);
        IsOpen = site.Value.AskBefore && found.State == PlaceState.Confirmed && Date is { State: RunState.Scheduled } date && clock.GetUtcNow() < date.StartsAt;
        if (!IsOpen)
        {
            Response.StatusCode = Date is null ? StatusCodes.Status404NotFound : StatusCodes.Status410Gone;
            return;
        }

        var versions = await AskedVersions.ReadAsync(db, SurveyMoment.Before, ct);
        var own = await db.SurveyInvitations.AsNoTracking().Where(one => one.PlaceId == id && one.Moment == SurveyMoment.Before).Select(one => new { one.State, one.VersionId }).SingleOrDefaultAsync(ct);
        HasAnswered = own?.State == InvitationState.Answered;
        Asked = (HasAnswered && own?.VersionId is { } version ? versions.Find(version) : null) ?? versions.Published;
    }
}
