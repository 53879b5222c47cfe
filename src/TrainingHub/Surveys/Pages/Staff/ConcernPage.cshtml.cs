using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>One concern with its text, for the safeguarding lead alone. Opening it changes nothing: acknowledging is a button.</summary>
[ForStaff(StaffRight.HandleConcerns), StepUp]
internal sealed class ConcernPageModel(TrainingHubDb db, HandleConcern handle, IdentifyWriter identify, TimeProvider clock) : PageModel
{
    private Dictionary<Guid, string> names = [];

    public Concern Concern { get; private set; } = null!;
    public ConcernLine Line { get; private set; } = null!;

    /// <summary>Null once its author has replaced it, after the concern was withdrawn.</summary>
    public CommentLine? Comment { get; private set; }
    public IReadOnlyList<ConcernNote> Notes { get; private set; } = [];
    public IReadOnlyList<IdentityRequest> Requests { get; private set; } = [];
    public Trace Trace { get; private set; }

    /// <summary>A manager wrote it, by the link of a delegate.</summary>
    public bool IsManagers { get; private set; }

    /// <summary>Until when the lead may look, if they may.</summary>
    public DateTimeOffset? ShownUntil { get; private set; }

    /// <summary>When somebody asked, while nobody has decided.</summary>
    public DateTimeOffset? AskedAt { get; private set; }

    /// <summary>Only in the answer to the button that shows it.</summary>
    public Writer? Writer { get; private set; }
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    public IReadOnlyList<ConcernActWords> Acts =>
        [.. ConcernActWords.All.Where(act => act.Fits(Concern) && (act.Act != ConcernAct.Identify || (Trace == Trace.Traceable && ShownUntil is null && AskedAt is null)))];

    public string NameOf(Guid? staff) => staff is { } id && names.TryGetValue(id, out var name) ? name : "somebody";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAcknowledgeAsync(Guid id, CancellationToken ct)
    {
        TempData["Success"] = await handle.AcknowledgeAsync(id, User.Actor(), ct) ? "You have acknowledged it. Nobody else is told any more" : "It was acknowledged or withdrawn before. Nothing has changed";
        return LocalRedirect("~" + SurveyUrls.Concern(id));
    }

    // The answer shows it: a link that shows it would record a look that nobody took.
    public async Task<IActionResult> OnPostShowAsync(Guid id, CancellationToken ct)
    {
        Writer = await identify.ShowAsync(id, User.Actor(), ct);
        if (Writer is null)
        {
            TempData["Notice"] = "It cannot be shown: the seven days are over, or nothing leads there any more.";
            return LocalRedirect("~" + SurveyUrls.Concern(id));
        }

        return await OnGetAsync(id, ct);
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        if (await db.Concerns.AsNoTracking().SingleOrDefaultAsync(concern => concern.Id == id, ct) is not { } found)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        Concern = found;
        Comment = (await CommentLine.ReadAsync(CommentRow.Of(db, db.SurveyComments.Where(comment => comment.Id == found.CommentId)).OrderBy(row => row.Id), London.DateOf(now), ct)).FirstOrDefault();
        Notes = await db.ConcernNotes.AsNoTracking().Where(note => note.ConcernId == id).OrderByDescending(note => note.WrittenAt).ToListAsync(ct);
        Requests = await db.IdentityRequests.AsNoTracking().Where(request => request.ConcernId == id).OrderByDescending(request => request.AskedAt).ToListAsync(ct);
        Trace = await Writer.TraceAsync(db, found, ct);
        IsManagers = await (
            from comment in db.SurveyComments
            join version in db.SurveyVersions on comment.VersionId equals version.Id
            join survey in db.Surveys on version.SurveyId equals survey.Id
            where comment.Id == found.CommentId
            select survey.Moment == SurveyMoment.Manager).FirstOrDefaultAsync(ct);
        ShownUntil = Requests.FirstOrDefault(request => request.IsShown(now))?.ShownUntil;
        AskedAt = Requests.FirstOrDefault(request => request.DecidedAt is null)?.AskedAt;
        names = await db.Users.AsNoTracking().Select(user => new { user.Id, user.Name }).ToDictionaryAsync(user => user.Id, user => user.Name, ct);
        var steps = await db.ConcernAlerts.AsNoTracking().Where(alert => alert.ConcernId == id && alert.State == AlertState.Sent).OrderBy(alert => alert.DoneAt).ToListAsync(ct);
        Line = new(id, found.Reference, found.State, found.RaisedAt, NameOf(found.RaisedById), steps.ConvertAll(step => (step.Step, step.DoneAt!.Value)));
        History = await HistoryEntry.OfAsync<Concern>(db, id, ct);
        return true;
    }
}
