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
/// at seven on the day. Of several meetings each has its morning, and each later one the last of the reminders. All in London.
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
    /// <param name="run">A date that is held.</param>
    /// <param name="bookedAt">Who books after a reminder was due does not need it.</param>
    /// <param name="reminderDays">Days before the course on which to remind.</param>
    /// <param name="now"></param>
    public static IEnumerable<DueNotice> Due(CourseRun run, DateTimeOffset bookedAt, IReadOnlyCollection<int> reminderDays, DateTimeOffset now)
    {
        if (NextMeeting(run, now) is not { On: var next })
        {
            yield break;
        }

        foreach (var days in next == run.RunsOn ? reminderDays : [.. reminderDays.OrderBy(days => days).Take(1)])
        {
            var at = London.Instant(next.AddDays(-days), Morning);
            if (at <= now && now < at + ReminderLasts && bookedAt < at)
            {
                yield return new(NoticeKind.Reminder, string.Create(CultureInfo.InvariantCulture, $"{next:yyyy-MM-dd}/{days}"));
            }
        }

        if (run.Delivery != DeliveryMode.Online || run.JoiningLink is not { } link || now < JoiningFrom(run.RunsOn))
        {
            yield break;
        }

        yield return new(NoticeKind.JoiningLink, VersionOf(run.RunsOn, link));
        if (now >= London.Instant(next, EarlyMorning))
        {
            yield return new(NoticeKind.OnTheDay, VersionOf(next, link));
        }
    }

    /// <summary>The first one that has not begun; null when all have.</summary>
    public static Meeting? NextMeeting(CourseRun run, DateTimeOffset now)
    {
        foreach (var meeting in run.EachMeeting)
        {
            if (now < meeting.StartsAt)
            {
                return meeting;
            }
        }

        return null;
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
    private static string VersionOf(DateOnly day, string link) =>
        string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(link)))[..16]}");
}
