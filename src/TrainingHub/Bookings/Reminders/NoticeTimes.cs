using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>A notice that is due, and of which state of the date it tells.</summary>
internal sealed record DueNotice(NoticeKind Kind, string Version);

/// <summary>
/// When a delegate hears from us before a course. Reminders go at nine in the morning, so many days before. The joining link of an online
/// date goes two working days before at nine, or at once to who books later than that; again whenever it changes; and once more
/// at seven on the day. All in London.
/// </summary>
internal static class NoticeTimes
{
    public const int JoiningWorkingDays = 2;
    private static readonly TimeOnly Morning = new(9, 0);
    private static readonly TimeOnly EarlyMorning = new(7, 0);
    private static readonly TimeSpan ReminderLasts = TimeSpan.FromDays(1);

    /// <summary>The longest time before a date at which anything is due.</summary>
    public static TimeSpan Earliest(IReadOnlyCollection<int> reminderDays) => TimeSpan.FromDays(Math.Max(10, reminderDays.DefaultIfEmpty().Max() + 1));

    /// <summary>What is due now, whether or not it was sent.</summary>
    /// <param name="run">A date that is held and has not begun.</param>
    /// <param name="bookedAt">Who books after a reminder was due does not need it.</param>
    /// <param name="reminderDays">Days before the course on which to remind.</param>
    /// <param name="now"></param>
    public static IEnumerable<DueNotice> Due(CourseRun run, DateTimeOffset bookedAt, IReadOnlyCollection<int> reminderDays, DateTimeOffset now)
    {
        foreach (var days in reminderDays)
        {
            var at = London.Instant(run.RunsOn.AddDays(-days), Morning);
            if (at <= now && now < at + ReminderLasts && bookedAt < at)
            {
                yield return new(NoticeKind.Reminder, string.Create(CultureInfo.InvariantCulture, $"{run.RunsOn:yyyy-MM-dd}/{days}"));
            }
        }

        if (run.Delivery != DeliveryMode.Online || run.JoiningLink is not { } link || now < JoiningFrom(run.RunsOn))
        {
            yield break;
        }

        yield return new(NoticeKind.JoiningLink, VersionOf(run, link));
        if (now >= London.Instant(run.RunsOn, EarlyMorning))
        {
            yield return new(NoticeKind.OnTheDay, VersionOf(run, link));
        }
    }

    public static DateTimeOffset JoiningFrom(DateOnly runsOn)
    {
        var day = runsOn;
        for (var left = JoiningWorkingDays; left > 0; left--)
        {
            do
            {
                day = day.AddDays(-1);
            }
            while (!WorkingDays.IsWorkingDay(day));
        }

        return London.Instant(day, Morning);
    }

    // Not the link itself: it is a secret of those who are booked.
    private static string VersionOf(CourseRun run, string link) =>
        string.Create(CultureInfo.InvariantCulture, $"{run.RunsOn:yyyy-MM-dd}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(link)))[..16]}");
}
