using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

internal sealed record DateRow(DateLine Date, int Confirmed, int Marked, int Attended, int Waiting);

[ForStaff(StaffRight.ReadProgramme)]
internal sealed class DatesModel(TrainingHubDb db, TimeProvider clock, IOptions<DateOptions> options) : PageModel
{
    private const int PageSize = 25;
    private DateTimeOffset earliest;

    /// <summary>"coming", "past" or a financial year.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Period { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Course { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Provider { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    /// <summary>"date", "course" or "taken", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    // From the query alone: "page" is also a route value of every Razor page.
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public IReadOnlyList<DateRow> Rows { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Periods { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Courses { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Providers { get; private set; } = [];
    public int Total { get; private set; }

    /// <summary>Of all years and courses.</summary>
    public int Drafts { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;
    public DateTimeOffset Now { get; private set; }

    public static IReadOnlyList<SelectListItem> States { get; } =
    [
        new("Any", ""), new("Places left", "open"), new("Full", "full"), new("Register to finish", "unfinished"), new("Soon, and not ready", "lacking"), new("Online soon, without a joining link", "nolink"), new("Soon, with too few people", "few"), new("Soon, and half empty", "half"), new("Drafts", "draft"), new("Cancelled", "cancelled"),
    ];

    public bool IsFiltered => Period is not (null or "" or "coming") || Course is not null || Provider is not null || State is not (null or "");

    /// <summary>It has fewer people than its minimum, and comes soon.</summary>
    public bool IsTooFew(DateLine date) =>
        date.PlacesTaken < date.MinimumPlaces && Now < date.StartsAt && date.StartsAt < Now.AddDays(options.Value.TooFewDaysBefore);

    /// <summary>Past dates are listed newest first.</summary>
    public string UsualOrder => Period == "past" ? "desc" : "asc";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Now = clock.GetUtcNow();
        earliest = await DateLines.EarliestStartAsync(db, Now, ct);
        var runs = InState(InPeriod(db.CourseRuns)).Where(run => (Course == null || run.CourseId == Course) && (Provider == null || run.ProviderId == Provider));
        if (ListFile.IsWanted(Request))
        {
            var all = await DateLines.Of(db, Ordered(runs)).Take(ListFile.MostRows).ToListAsync(ct);
            return await ListFile.AnswerAsync(Request, "dates", DateFile.Of(await WithCountsAsync(all, ct), Now), ct);
        }

        await ListChoicesAsync(ct);
        Total = await runs.CountAsync(ct);
        Drafts = await DraftDate.All(db).CountAsync(ct);
        Number = Math.Clamp(Number, 1, Math.Max(Pages, 1));
        var dates = await DateLines.Of(db, Ordered(runs)).Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        Rows = await WithCountsAsync(dates, ct);
        return Page();
    }

    private IQueryable<CourseRun> Ordered(IQueryable<CourseRun> runs)
    {
        var titles = db.Courses;
        return Sort switch
        {
            "course" => runs.OrderBy(run => titles.First(course => course.Id == run.CourseId).Title).ThenBy(run => run.StartsAt).ThenBy(run => run.Id),
            "-course" => runs.OrderByDescending(run => titles.First(course => course.Id == run.CourseId).Title).ThenBy(run => run.StartsAt).ThenBy(run => run.Id),
            "taken" => runs.OrderBy(run => run.PlacesTaken).ThenBy(run => run.StartsAt).ThenBy(run => run.Id),
            "-taken" => runs.OrderByDescending(run => run.PlacesTaken).ThenBy(run => run.StartsAt).ThenBy(run => run.Id),
            "-date" => runs.OrderByDescending(run => run.StartsAt).ThenBy(run => run.Id),
            null when Period == "past" => runs.OrderByDescending(run => run.StartsAt).ThenBy(run => run.Id),
            _ => runs.OrderBy(run => run.StartsAt).ThenBy(run => run.Id),
        };
    }

    private IQueryable<CourseRun> InPeriod(IQueryable<CourseRun> runs)
    {
        if (Period is not null && FinancialYear.Parse(Period) is { } year)
        {
            return runs.Where(run => run.RunsOn >= year.From && run.RunsOn <= year.To);
        }

        return Period == "past" ? runs.Where(run => run.EndsAt < Now)
            : State == "unfinished" ? runs
            : runs.Where(run => run.StartsAt >= earliest && run.EndsAt >= Now);
    }

    private IQueryable<CourseRun> InState(IQueryable<CourseRun> runs) => State switch
    {
        "open" => runs.Where(run => run.State == RunState.Scheduled && run.PlacesLeft > 0),
        "full" => runs.Where(run => run.State == RunState.Scheduled && run.PlacesLeft == 0),
        "nolink" => runs.Where(run => DateLines.WithoutJoiningLink(db, Now).Any(bare => bare.Id == run.Id)),
        "draft" => runs.Where(run => run.State == RunState.Draft),
        "lacking" => runs.Where(run => DateLines.Lacking(db, Now).Any(lacking => lacking.Id == run.Id)),
        "half" => runs.Where(run => DateLines.HalfEmpty(db, Now, options.Value.TooFewDaysBefore).Any(half => half.Id == run.Id)),
        "few" => runs.Where(run => DateLines.WithTooFew(db, Now, options.Value.TooFewDaysBefore).Any(few => few.Id == run.Id)),
        "cancelled" => runs.Where(run => run.State == RunState.Cancelled),
        "unfinished" => runs.Where(run => Registers.Unfinished(db, Now).Any(unfinished => unfinished.Id == run.Id)),
        _ => runs,
    };

    private async Task ListChoicesAsync(CancellationToken ct)
    {
        Courses = await db.Courses.OrderBy(course => course.Title)
            .Select(course => new SelectListItem(course.Title, course.Id.ToString())).ToListAsync(ct);
        Providers = await db.Providers.OrderBy(provider => provider.Name)
            .Select(provider => new SelectListItem(provider.Name, provider.Id.ToString())).ToListAsync(ct);
        var first = await db.CourseRuns.OrderBy(run => run.RunsOn).Select(run => (DateOnly?)run.RunsOn).FirstOrDefaultAsync(ct);
        var last = await db.CourseRuns.OrderByDescending(run => run.RunsOn).Select(run => (DateOnly?)run.RunsOn).FirstOrDefaultAsync(ct);
        List<SelectListItem> periods = [new("Coming dates", "coming"), new("Past dates", "past")];
        if (first is { } from && last is { } to)
        {
            for (var year = FinancialYear.Of(to); year.To >= from; year = year.Previous)
            {
                periods.Add(new(year.ToString(), year.ToString()));
            }
        }

        Periods = periods;
    }

    private async Task<IReadOnlyList<DateRow>> WithCountsAsync(List<DateLine> dates, CancellationToken ct)
    {
        var ids = dates.Select(date => date.Id).ToList();
        var marks = await (
            from line in db.RegisterPlaces
            where ids.Contains(line.RunId)
            group line by line.RunId into run
            select new
            {
                run.Key,
                Confirmed = run.Count(),
                Marked = run.Count(line => line.Attended != null),
                Attended = run.Count(line => line.Attended == true),
            }).ToDictionaryAsync(run => run.Key, ct);
        var waiting = await db.WaitingListEntries.Where(WaitingListEntry.IsLive)
            .Where(entry => ids.Contains(entry.RunId))
            .GroupBy(entry => entry.RunId)
            .Select(run => new { run.Key, People = run.Sum(entry => entry.PlacesWanted) })
            .ToDictionaryAsync(run => run.Key, run => run.People, ct);
        return [.. dates.Select(date => marks.TryGetValue(date.Id, out var count)
            ? new DateRow(date, count.Confirmed, count.Marked, count.Attended, waiting.GetValueOrDefault(date.Id))
            : new DateRow(date, 0, 0, 0, waiting.GetValueOrDefault(date.Id)))];
    }
}
