using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

/// <summary>
/// Finds the date whose code somebody has scanned or typed in the room. It works from the first day of the course until
/// <see cref="DaysOpen"/> days after its last one, so only the few dates of that time are looked at.
/// </summary>
internal sealed class RoomCodes(TrainingHubDb db, DoorCodes codes, TimeProvider clock)
{
    public const int DaysOpen = 3;

    /// <summary>The last day on which it works.</summary>
    public static DateOnly LastDay(DateLine date) => London.DateOf(date.EndsAt).AddDays(DaysOpen);

    /// <returns>Null where there is no such code, or not now: the two look the same.</returns>
    public async Task<DateLine?> FindAsync(string typed, CancellationToken ct)
    {
        var code = Reference.Normalise(typed);
        var today = London.DateOf(clock.GetUtcNow());
        var tomorrow = London.Instant(today.AddDays(1), TimeOnly.MinValue);
        var earliest = London.Instant(today.AddDays(-DaysOpen), TimeOnly.MinValue);
        var dates = await db.CourseRuns
            .Where(run => run.State == RunState.Scheduled && run.StartsAt < tomorrow && run.EndsAt >= earliest)
            .OrderBy(run => run.Id).Select(run => run.Id).ToListAsync(ct);
        foreach (var date in dates)
        {
            if (await codes.OfDateAsync(date, ct) == code)
            {
                return await DateLines.FindAsync(db, date, ct);
            }
        }

        return null;
    }
}
