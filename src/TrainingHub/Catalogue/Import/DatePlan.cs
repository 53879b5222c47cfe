using System.Globalization;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>
/// Spreads the year's dates of every course evenly over the twelve months after a day: Saturdays as published, the rest on
/// working days, none between 21 December and 3 January. The same day gives the same plan.
/// </summary>
internal sealed class DatePlan(DatesFile file, DateOnly today)
{
    private readonly HashSet<(int Venue, DateOnly Date)> taken = [];
    private int placed;

    /// <summary>Venue is the position in the file, null for an online date.</summary>
    internal sealed record PlannedRun(
        string Reference, string Slug, DateOnly Date, DatesFile.Period Hours, int Capacity, int? Venue, string Provider);

    public IReadOnlyList<PlannedRun> Make(OfferFile offer)
    {
        var courses = offer.Courses.Where(course => course.Runs is not null).ToList();
        var saturdays = SaturdaysByCourse(courses);
        var runs = new List<PlannedRun>();
        for (var position = 0; position < courses.Count; position++)
        {
            runs.AddRange(Make(courses[position], position, saturdays[courses[position].Slug]));
        }

        return runs;
    }

    private List<PlannedRun> Make(OfferFile.CourseRow course, int position, List<DateOnly> saturdays)
    {
        var year = course.Runs ?? throw new InvalidOperationException($"{course.Slug} has no dates.");
        var days = Weekdays(year.Count - saturdays.Count, position);
        var dates = saturdays.Select(date => (Date: date, Hours: SaturdayHours(course), IsTwilight: false))
            .Concat(days.Select((date, index) => Weekday(course, date, index, days.Count)))
            .OrderBy(date => date.Date);
        return [.. dates.Select((date, index) => new PlannedRun(
            string.Create(CultureInfo.InvariantCulture, $"{year.Code}-{today:yyMM}-{index + 1:00}"),
            course.Slug,
            date.Date,
            date.Hours,
            file.Capacities[(index + position) % file.Capacities.Count],
            IsOnline(date.Date, date.IsTwilight, index) ? null : FreeVenue(date.Date),
            file.Providers[(index + position) % file.Providers.Count]))];
    }

    private (DateOnly Date, DatesFile.Period Hours, bool IsTwilight) Weekday(OfferFile.CourseRow course, DateOnly date, int index, int count)
    {
        var twilights = course.Runs?.Twilights ?? 0;
        if ((index + 1) * twilights / count > index * twilights / count)
        {
            return (date, file.Hours.Twilight, true);
        }

        var hours = IsFullDay(course) ? file.Hours.FullDay : index % 3 == 2 ? file.Hours.Afternoon : file.Hours.Morning;
        return (date, hours, false);
    }

    private DatesFile.Period SaturdayHours(OfferFile.CourseRow course) => IsFullDay(course) ? file.Hours.FullDay : file.Hours.Morning;

    private bool IsFullDay(OfferFile.CourseRow course) =>
        course.Length == nameof(CourseLength.FullDay) || file.FullDayWithoutLength.Contains(course.Runs?.Code ?? "");

    /// <summary>Saturdays are in person; two of three twilight dates and two of five others are online.</summary>
    private static bool IsOnline(DateOnly date, bool isTwilight, int index) =>
        date.DayOfWeek != DayOfWeek.Saturday && (isTwilight ? index % 3 != 0 : index % 5 is 1 or 3);

    private List<DateOnly> Weekdays(int count, int position)
    {
        var dates = new SortedSet<DateOnly>();
        for (var index = 0; index < count; index++)
        {
            var date = Usable(today.AddDays(file.FirstAfterDays + ((index * 16 + position * 5 % 16) * file.SpreadOverDays / (count * 16))));
            while (!dates.Add(date))
            {
                date = Usable(date.AddDays(1));
            }
        }

        return [.. dates];
    }

    private static DateOnly Usable(DateOnly date) => WorkingDays.OnOrAfter(AfterChristmas(date));

    private static DateOnly AfterChristmas(DateOnly date) => date switch
    {
        { Month: 12, Day: >= 21 } => new DateOnly(date.Year + 1, 1, 4),
        { Month: 1, Day: < 4 } => new DateOnly(date.Year, 1, 4),
        _ => date,
    };

    /// <summary>Spreads all Saturdays over the year, the courses in turn.</summary>
    private Dictionary<string, List<DateOnly>> SaturdaysByCourse(List<OfferFile.CourseRow> courses)
    {
        var turns = courses
            .SelectMany(course => Enumerable.Range(0, course.Runs?.Saturdays ?? 0).Select(turn => (Turn: turn, course.Slug)))
            .OrderBy(pair => pair.Turn)
            .ToList();
        var byCourse = courses.ToDictionary(course => course.Slug, _ => new List<DateOnly>());
        for (var index = 0; index < turns.Count; index++)
        {
            byCourse[turns[index].Slug].Add(SaturdayOnOrAfter(today.AddDays(file.FirstAfterDays + (index * file.SpreadOverDays / turns.Count))));
        }

        return byCourse;
    }

    private static DateOnly SaturdayOnOrAfter(DateOnly date)
    {
        date = AfterChristmas(date);
        while (date.DayOfWeek != DayOfWeek.Saturday || !WorkingDays.IsWorkingDay(date.AddDays(-1)) || !WorkingDays.IsWorkingDay(date.AddDays(2)))
        {
            date = AfterChristmas(date.AddDays(1));
        }

        return date;
    }

    private int FreeVenue(DateOnly date)
    {
        for (var tried = 0; tried < file.Venues.Count; tried++)
        {
            var venue = placed++ % file.Venues.Count;
            if (taken.Add((venue, date)))
            {
                return venue;
            }
        }

        return placed % file.Venues.Count;
    }
}
