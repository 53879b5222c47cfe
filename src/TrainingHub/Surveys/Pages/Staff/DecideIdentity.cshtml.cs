using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>What the second person decides on: who asks and why, and nothing of the text.</summary>
internal sealed record AskedIdentity(string Reference, string By, Guid ById, DateTimeOffset At, string Reason);

/// <summary>The second of two people says whether the lead may see who wrote a text.</summary>
[ForStaff(StaffRight.ReadComments), StepUp]
internal sealed class DecideIdentityModel(TrainingHubDb db, IdentifyWriter identify) : PageModel
{
    public AskedIdentity Asked { get; private set; } = null!;
    public bool IsOwn => Asked.ById == User.Actor().Id;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ? Page() : Away("Nothing waits for a decision there: somebody has decided, or nobody asked.");

    public async Task<IActionResult> OnPostAsync(Guid id, string? decision, CancellationToken ct)
    {
        if (decision is not ("approve" or "refuse"))
        {
            return await OnGetAsync(id, ct);
        }

        return await identify.DecideAsync(id, decision == "approve", User.Actor(), ct) switch
        {
            WriterResult.Decided => Away(decision == "approve" ? "The safeguarding lead may look for seven days." : "Refused. The safeguarding lead sees that on the concern."),
            WriterResult.Oneself => Away("You asked yourself, so somebody else has to decide. Nothing has changed."),
            WriterResult.Gone => Away("Nothing waits for a decision there: somebody has decided, or nobody asked."),
        };
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        var asked = await (
            from request in db.IdentityRequests.AsNoTracking()
            join concern in db.Concerns on request.ConcernId equals concern.Id
            join asker in db.Users on request.AskedById equals asker.Id
            where request.ConcernId == id && request.DecidedAt == null
            select new AskedIdentity(concern.Reference, asker.Name, asker.Id, request.AskedAt, request.Reason)).SingleOrDefaultAsync(ct);
        Asked = asked!;
        return asked is not null;
    }

    private LocalRedirectResult Away(string notice)
    {
        TempData["Notice"] = notice;
        return LocalRedirect("~" + SurveyUrls.Concerns);
    }
}
