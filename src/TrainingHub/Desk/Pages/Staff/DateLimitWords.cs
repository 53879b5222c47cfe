using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>The limits of a date as staff read them.</summary>
internal static class DateLimitWords
{
    /// <summary>"3 of at least 8 booked, 9 days left"; null when there are enough, or no minimum.</summary>
    public static string? TooFew(DateLine date, DateOnly today)
    {
        var days = date.RunsOn.DayNumber - today.DayNumber;
        return date.PlacesTaken < date.MinimumPlaces
            ? $"{date.PlacesTaken} of at least {date.MinimumPlaces} booked, {days switch { < 1 => "it is today", 1 => "1 day left", _ => $"{days} days left" }}"
            : null;
    }

    /// <summary>"6 of 24 places held for Police until 1 December 2026, 2 of them taken"; null when none are held.</summary>
    public static string? HeldBack(CourseRun run, string? sector, DateTimeOffset now)
    {
        if (Catalogue.HeldBack.Of(run) is not { } held)
        {
            return null;
        }

        var places = $"{held.Places} of {run.Capacity} places";
        var until = $"for {sector} until {London.Words(held.UntilOn)}";
        return now < held.Until
            ? $"{places} held {until}, {(run.HeldBackTaken == 0 ? "none" : $"{Math.Min(held.Places, run.HeldBackTaken)}")} of them taken"
            : $"{places} were held {until}; now they are for everybody";
    }

    /// <summary>"Booking closes on 2 December 2026 at 9:30am"; null when it is open until it begins.</summary>
    public static string? Closing(DateLine date, DateTimeOffset now) => date.BooksUntil is null ? null
        : $"Booking {(date.ClosesAt <= now ? "closed" : "closes")} on {London.Moment(date.ClosesAt)}";
}
