using System.Globalization;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <summary>Of which day a report is. It may be any that its moments can mean, so that 3/4/26 fits 3 April and 4 March.</summary>
internal static class ReportDay
{
    /// <summary>Whether the report names its day.</summary>
    public static bool IsSaid(MeetingReport report) => Moments(report).Any();

    /// <returns>The meeting, from 1, that all of the reports are of; or why there is none.</returns>
    public static (short Meeting, string? Refusal) MeetingOf(DateLine date, short? wanted, IReadOnlyList<MeetingReport> reports)
    {
        var all = date.EachMeeting;
        var numbers = wanted is { } one ? [one] : Enumerable.Range(1, all.Count).Select(number => (short)number).ToArray();
        var fitting = Array.FindAll(numbers, number => reports.All(report => IsOf(report, all[number - 1].On)));
        if (fitting is [var only])
        {
            return (only, null);
        }

        if (fitting.Length > 1)
        {
            // Two on one day, or no report says its day. The hours say which, as far as they are known.
            var best = reports.Any(IsSaid) ? fitting.MaxBy(number => Overlap(all[number - 1], reports)) : (short)0;
            return best > 0 ? (best, null) : ((short)0, "The report does not say its day, and this date has several meetings. Read it on the register of the meeting.");
        }

        var wrong = reports.FirstOrDefault(report => numbers.All(number => !IsOf(report, all[number - 1].On)));
        return (0, wrong is null ? "These reports are of different meetings. Read those of one meeting at a time." : Wrong(wrong, wanted is { } own ? all[own - 1].On : date.RunsOn));
    }

    private static string Wrong(MeetingReport report, DateOnly wanted)
    {
        var days = Moments(report).GroupBy(moment => string.Join('/', moment.Dates)).MaxBy(same => same.Count())?.First().Dates ?? [];
        return $"This report is for {string.Join(" or ", days.Select(day => Words(day, wanted.Year)))}, not for {Words(wanted, wanted.Year)}.";
    }

    /// <summary>"26 March", and the year when it is another.</summary>
    private static string Words(DateOnly day, int year) => day.Year == year ? day.ToString("d MMMM", CultureInfo.InvariantCulture) : London.Words(day);

    private static bool IsOf(MeetingReport report, DateOnly day) => !IsSaid(report) || Moments(report).Any(moment => moment.CanBeOn(day));

    /// <summary>Of the stays; when they have none, of what stands above them.</summary>
    private static IEnumerable<ReportMoment> Moments(MeetingReport report)
    {
        var joined = report.Stays.Select(stay => stay.Joined).OfType<ReportMoment>().Where(moment => moment.Dates.Count > 0);
        return joined.Any() ? joined : report.Above.Where(moment => moment.Dates.Count > 0);
    }

    private static TimeSpan Overlap(Meeting meeting, IEnumerable<MeetingReport> reports)
    {
        var planned = new PlannedTime(London.At(meeting.StartsAt), London.At(meeting.EndsAt));
        return ReportPerson.In([.. reports], meeting.On).SelectMany(person => person.Stays)
            .Aggregate(TimeSpan.Zero, (sum, stay) => sum + (stay.Joined is null ? TimeSpan.Zero : stay.Within(planned)));
    }
}
