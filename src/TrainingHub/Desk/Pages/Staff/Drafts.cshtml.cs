using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <param name="Date">As it is stored.</param>
/// <param name="Facts">As they are stored.</param>
/// <param name="WhyNot">What speaks against it; null when nothing does.</param>
/// <param name="Note">What was decided when it was copied; null when nothing was.</param>
internal sealed record DraftRow(DraftDate Date, RunFacts Facts, string? WhyNot, string? Note);

/// <summary>All drafts of a year in one table that is edited in place and saved together.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class DraftsModel(TrainingHubDb db, SaveDrafts save, TimeProvider clock) : PageModel
{
    /// <summary>Each row sends nine fields, and a form may send 2,048.</summary>
    public const int Most = 200;

    private Dictionary<Guid, DraftRow> known = [];

    /// <summary>A financial year, "2027/28"; null for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Year { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Course { get; set; }

    [BindProperty]
    public List<DraftForm> Rows { get; set; } = [];

    /// <summary>"publish" goes on to publishing once all is saved.</summary>
    [BindProperty]
    public string? Then { get; set; }

    public DateLists Lists { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Years { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Courses { get; private set; } = [];
    public int Total { get; private set; }

    public bool IsFiltered => Chosen is not null || Course is not null;

    public FinancialYear? Chosen => Year is { } typed ? FinancialYear.Parse(typed) : null;

    public string PublishUrl => $"{DeskUrls.Publish}{Query("all")}";

    public DraftRow Known(DraftForm row) => known[row.Id];

    /// <summary>As they stand in the row itself, which need not be named there.</summary>
    public IReadOnlyList<string> ErrorsOf(int row) =>
        [.. ModelState.Where(entry => entry.Key.StartsWith($"Rows[{row}].", StringComparison.Ordinal)).SelectMany(entry => entry.Value!.Errors)
            .Select(error => error.ErrorMessage.Replace(NameOf(row), "", StringComparison.Ordinal))];

    public bool IsWrong(int row, string field) => ModelState.TryGetValue($"Rows[{row}].{field}", out var entry) && entry.Errors.Count > 0;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var drafts = Filtered();
        Total = await drafts.CountAsync(ct);
        await ReadAsync(drafts.OrderBy(run => run.StartsAt).ThenBy(run => run.Id).Take(Most), ct);
        Rows = [.. known.Values.Select(row => DraftForm.Of(row.Date.Line.Id, row.Facts))];
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Rows = [.. Rows.DistinctBy(row => row.Id)];
        var ids = Rows.Select(row => row.Id).ToList();
        await ReadAsync(DraftDate.All(db).Where(run => ids.Contains(run.Id)), ct);
        Total = await Filtered().CountAsync(ct);
        if (Rows.RemoveAll(row => !known.ContainsKey(row.Id)) is > 0 and var gone)
        {
            ModelState.Clear();
            ModelState.AddModelError("", $"{(gone == 1 ? "1 date was" : $"{gone} dates were")} published or deleted by somebody else and {(gone == 1 ? "is" : "are")} not in the table any more. Nothing is saved yet");
        }

        var changes = Rows.Select(ReadRow).OfType<DraftChange>().ToList();
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var outcome = await save.RunAsync(changes, User.Actor(), ct);
        if (outcome.Refused.Count > 0)
        {
            Refuse(outcome.Refused);
            return Page();
        }

        if (outcome.Changed + outcome.Deleted > 0)
        {
            TempData["Success"] = $"Saved: {Count(outcome.Changed)} changed, {Count(outcome.Deleted)} left out.";
        }

        return Redirect(Then == "publish" ? PublishUrl : $"{DeskUrls.Drafts}{Query()}");
    }

    private DraftChange? ReadRow(DraftForm row, int index)
    {
        var draft = known[row.Id];
        if (row.LeaveOut)
        {
            return new(row.Id, row.Seen ?? "", Facts: null);
        }

        var (facts, errors) = row.Read(draft.Facts, Lists);
        foreach (var (field, error) in errors)
        {
            Say(index, field, error);
        }

        if (facts is not null && facts != draft.Facts && facts.StartsAt <= clock.GetUtcNow())
        {
            Say(index, nameof(DraftForm.Day), "The date must be in the future");
            return null;
        }

        return facts is null ? null : new(row.Id, row.Seen ?? "", facts);
    }

    private void Refuse(IReadOnlyDictionary<Guid, DraftRefusal> refused)
    {
        foreach (var (index, row) in Rows.Index().Where(one => refused.ContainsKey(one.Item.Id)))
        {
            Say(index, nameof(DraftForm.Day), refused[row.Id] switch
            {
                DraftRefusal.NotADraft => "It was published or deleted a moment ago. Nothing is saved yet",
                DraftRefusal.ChangedMeanwhile => $"Somebody else has changed it. It says {known[row.Id].Facts.When} now. Save again to keep what stands in the row",
            });
            row.Seen = known[row.Id].Facts.Mark();
        }
    }

    private void Say(int index, string field, string error) =>
        ModelState.AddModelError($"Rows[{index}].{field}", NameOf(index) + error);

    private string NameOf(int index) => $"Row {index + 1}, {known[Rows[index].Id].Date.Line.Course}: ";

    private async Task ReadAsync(IQueryable<CourseRun> drafts, CancellationToken ct)
    {
        Lists = await DateLists.ReadAsync(db, facts: null, ct);
        await ListChoicesAsync(ct);
        var facts = await drafts.AsNoTracking().ToDictionaryAsync(run => run.Id, RunFacts.Of, ct);
        if (facts.Count == 0)
        {
            return;
        }

        var ids = facts.Keys.ToList();
        var record = nameof(CourseRun);
        var notes = await db.HistoryEntries.Where(entry => entry.RecordType == record && entry.Act == CopyProgramme.Act && ids.Contains(entry.RecordId))
            .ToDictionaryAsync(entry => entry.RecordId, entry => entry.Note, ct);
        var obstacles = await RunObstacles.ReadAsync(db, facts.Values.Min(one => one.RunsOn), London.DateOf(facts.Values.Max(one => one.EndsAt)), clock.GetUtcNow(), ct);
        known = (await DraftDate.ReadAsync(db, db.CourseRuns.Where(run => ids.Contains(run.Id)), ct))
            .Select(date => new DraftRow(date, facts[date.Line.Id], obstacles.WhyNot(facts[date.Line.Id], date.Line.Id), notes.GetValueOrDefault(date.Line.Id)))
            .ToDictionary(row => row.Date.Line.Id);
        // What a draft has is offered also when it is archived by now, as on its own page.
        Lists = Lists with
        {
            Venues = WithUsed(Lists.Venues, known.Values.Select(row => (row.Facts.VenueId, row.Date.Line.Venue))),
            Providers = WithUsed(Lists.Providers, known.Values.Select(row => (row.Facts.ProviderId, row.Date.Line.Provider))),
        };
    }

    private static IReadOnlyList<SelectListItem> WithUsed(IReadOnlyList<SelectListItem> offered, IEnumerable<(Guid? Id, string? Name)> used) =>
        [.. offered, .. used.Where(one => one.Id is not null && !offered.Any(item => item.Value == $"{one.Id}")).Distinct().Select(one => new SelectListItem($"{one.Name} (archived)", $"{one.Id}"))];

    private IQueryable<CourseRun> Filtered()
    {
        var drafts = DraftDate.All(db).Where(run => Course == null || run.CourseId == Course);
        return Chosen is { } year ? drafts.Where(run => run.RunsOn >= year.From && run.RunsOn <= year.To) : drafts;
    }

    private async Task ListChoicesAsync(CancellationToken ct)
    {
        var days = await DraftDate.All(db).Select(run => run.RunsOn).Distinct().ToListAsync(ct);
        Years = [new("All years", ""), .. days.Select(FinancialYear.Of).Append(Chosen ?? FinancialYear.Of(London.DateOf(clock.GetUtcNow())))
            .Distinct().OrderBy(year => year.StartsIn).Select(year => new SelectListItem(year.ToString(), year.ToString()))];
        Courses = await db.Courses.Where(course => DraftDate.All(db).Any(run => run.CourseId == course.Id)).OrderBy(course => course.Title)
            .Select(course => new SelectListItem(course.Title, course.Id.ToString())).ToListAsync(ct);
    }

    private static string Count(int dates) => dates == 1 ? "1 date" : string.Create(CultureInfo.InvariantCulture, $"{dates} dates");

    private string Query(params IEnumerable<string> more)
    {
        var all = more.Select(name => $"{name}=true").ToList();
        if (Chosen is { } year)
        {
            all.Add($"year={year}");
        }

        if (Course is { } course)
        {
            all.Add($"course={course}");
        }

        return all.Count == 0 ? "" : $"?{string.Join('&', all)}";
    }
}
