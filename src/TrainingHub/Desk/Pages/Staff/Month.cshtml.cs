using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>One meeting in the calendar, which is the whole of most dates.</summary>
internal sealed record MonthEntry(DateLine Date, Meeting Meeting);

/// <param name="Day"></param>
/// <param name="IsInMonth">Else it fills the week before the first or after the last day.</param>
/// <param name="Closed">The name of a bank holiday or of school holidays; null on other days.</param>
/// <param name="Entries">The earliest first.</param>
internal sealed record MonthDay(DateOnly Day, bool IsInMonth, string? Closed, IReadOnlyList<MonthEntry> Entries);

/// <summary>A month of dates as a calendar: what is on when, and where the gaps are.</summary>
[ForStaff(StaffRight.ReadProgramme)]
internal sealed class MonthModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    /// <summary>Like "2027-01"; anything else is this month.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Month { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Course { get; set; }

    public DateOnly First { get; private set; }
    public DateOnly Today { get; private set; }
    public string? CourseTitle { get; private set; }

    /// <summary>Monday to Sunday, as many as touch the month.</summary>
    public IReadOnlyList<MonthDay[]> Weeks { get; private set; } = [];

    public bool IsEmpty => Weeks.All(week => week.All(day => !day.IsInMonth || day.Entries.Count == 0));

    public string Address(int months) => DeskUrls.MonthOf(First.AddMonths(months)) + (Course is { } course ? $"&course={course}" : "");

    public async Task OnGetAsync(CancellationToken ct)
    {
        Today = London.DateOf(clock.GetUtcNow());
        First = DateOnly.TryParseExact($"{Month}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) && asked.Year is > 2000 and < 2100
            ? asked
            : new DateOnly(Today.Year, Today.Month, 1);
        CourseTitle = await db.Courses.Where(course => course.Id == Course).Select(course => course.Title).FirstOrDefaultAsync(ct);
        var monday = First.AddDays(-(((int)First.DayOfWeek + 6) % 7));
        var last = First.AddMonths(1).AddDays(-1);
        var sunday = last.AddDays((7 - (int)last.DayOfWeek) % 7);
        var (begin, end) = (London.Instant(monday, TimeOnly.MinValue), London.Instant(sunday.AddDays(1), TimeOnly.MinValue));
        var dates = await DateLines.Of(db, db.CourseRuns.Where(run => run.StartsAt < end && run.EndsAt > begin && (Course == null || run.CourseId == Course))).ToListAsync(ct);
        var entries = dates.SelectMany(date => date.EachMeeting.Select(meeting => new MonthEntry(date, meeting)))
            .OrderBy(entry => entry.Meeting.StartsAt).ThenBy(entry => entry.Date.Course, StringComparer.Ordinal).ToLookup(entry => entry.Meeting.On);
        var holidays = await db.SchoolHolidays.AsNoTracking()
            .Where(holiday => holiday.ArchivedAt == null && holiday.FromOn <= sunday && holiday.UntilOn >= monday)
            .OrderBy(holiday => holiday.FromOn).ThenBy(holiday => holiday.Id).ToListAsync(ct);
        Weeks = [.. Enumerable.Range(0, sunday.DayNumber - monday.DayNumber + 1).Select(monday.AddDays)
            .Select(day => new MonthDay(day, day >= First && day <= last, Closed(day), [.. entries[day]])).Chunk(7)];

        string? Closed(DateOnly day) => WorkingDays.IsBankHoliday(day)
            ? "Bank holiday"
            : holidays.Find(holiday => holiday.FromOn <= day && holiday.UntilOn >= day)?.Name;
    }
}
