using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using TrainingHub.Platform.Web.TagHelpers;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>A concern as everybody sees it who reads comments: nothing of its text, kind or outcome.</summary>
/// <param name="Id"></param>
/// <param name="Reference"></param>
/// <param name="State"></param>
/// <param name="RaisedAt"></param>
/// <param name="RaisedBy"></param>
/// <param name="Steps">Who was told, and when, the first first.</param>
internal sealed record ConcernLine(Guid Id, string Reference, ConcernState State, DateTimeOffset RaisedAt, string RaisedBy, IReadOnlyList<(AlertStep Step, DateTimeOffset At)> Steps)
{
    public string StateWords => ConcernWords.Of(State);

    public ChipKind Chip => State switch
    {
        ConcernState.Raised => ChipKind.Trouble,
        ConcernState.Acknowledged => ChipKind.New,
        ConcernState.Closed => ChipKind.Good,
        ConcernState.Withdrawn => ChipKind.Plain,
    };

    /// <summary>As long as nobody has acknowledged it.</summary>
    public string? Told => State == ConcernState.Raised && Steps.Count > 0 ? string.Join(", ", Steps.Select(step => $"{ConcernWords.Of(step.Step)} was told {London.Moment(step.At)}")) : null;
}

/// <summary>All concerns by reference, open ones first. What each is about opens to the safeguarding lead alone.</summary>
[ForStaff(StaffRight.ReadComments)]
internal sealed class ConcernsModel(TrainingHubDb db) : PageModel
{
    public const int PageSize = 30;

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public int Total { get; private set; }
    public int Open { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;
    public bool HasLead { get; private set; }
    public IReadOnlyList<ConcernLine> Lines { get; private set; } = [];
    public string Shown => $"{(Number - 1) * PageSize + 1:N0} to {(Number - 1) * PageSize + Lines.Count:N0}";

    public async Task OnGetAsync(CancellationToken ct)
    {
        HasLead = await ConcernMail.HasLeadAsync(db, ct);
        (Total, Open) = (await db.Concerns.CountAsync(ct), await db.Concerns.CountAsync(one => one.ClosedAt == null && one.WithdrawnAt == null, ct));
        Number = Math.Clamp(Number, 1, Math.Max(Pages, 1));
        var rows = await (
            from concern in db.Concerns.AsNoTracking()
            join raiser in db.Users on concern.RaisedById equals raiser.Id
            orderby concern.ClosedAt != null || concern.WithdrawnAt != null, concern.RaisedAt descending, concern.Id
            select new { concern.Id, concern.Reference, concern.State, concern.RaisedAt, raiser.Name }).Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        var ids = rows.ConvertAll(row => row.Id);
        var steps = (await db.ConcernAlerts.AsNoTracking().Where(alert => ids.Contains(alert.ConcernId) && alert.State == AlertState.Sent).OrderBy(alert => alert.DoneAt).ToListAsync(ct))
            .ToLookup(alert => alert.ConcernId, alert => (alert.Step, alert.DoneAt!.Value));
        Lines = rows.ConvertAll(row => new ConcernLine(row.Id, row.Reference, row.State, row.RaisedAt, row.Name, [.. steps[row.Id]]));
    }
}
