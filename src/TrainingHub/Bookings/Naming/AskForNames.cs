using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>
/// Reminds bookers of places that nobody is named for, before the last day to do so; <see cref="NameLater.RemindAt"/> says when. Each booking is
/// a transaction of its own: the email and the mark on its places are written together under the lock of its dates, so nobody is reminded twice,
/// whoever runs this. If it dies half-way, the rest is found again.
/// </summary>
internal sealed class AskForNames(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site) : IJob
{
    public static TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (today, furthest) = (London.DateOf(now), NameLater.FurthestToRemind(London.DateOf(now)));
        var places = await (
            from place in db.Places.AsNoTracking()
            join run in db.CourseRuns on place.RunId equals run.Id
            where place.AwaitsName && place.NameAskedAt == null && place.State == PlaceState.Confirmed
                && run.State == RunState.Scheduled && run.RunsOn >= today && run.RunsOn <= furthest
            orderby place.BookingId, place.Id
            select new { place.BookingId, place.CreatedAt, run.RunsOn }).ToListAsync(ct);
        var due = places.Where(place => IsDue(place.RunsOn, place.CreatedAt, now)).Select(place => place.BookingId).Distinct().ToList();
        return await OneByOne.RunAsync(due, booking => AskAsync(booking, ct));
    }

    private static bool IsDue(DateOnly runsOn, DateTimeOffset bookedAt, DateTimeOffset now) =>
        NameLater.RemindAt(runsOn, bookedAt) <= now && NameLater.IsOpen(runsOn, now);

    private async Task<bool> AskAsync(Guid bookingId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await BookingLock.TakeAsync(db, bookingId, ct) is not { Booking.State: BookingState.Confirmed } locked)
        {
            return false;
        }

        var starts = locked.Dates.ToDictionary(date => date.Id, date => London.DateOf(date.StartsAt));
        var unnamed = locked.LivePlaces
            .Where(place => place is { AwaitsName: true, NameAskedAt: null } && IsDue(starts[place.RunId], place.CreatedAt, now))
            .ToList();
        if (unnamed.Count == 0)
        {
            return false;
        }

        var summary = await BookingSummaries.ReadAsync(db, locked.Booking, unnamed, ct);
        var emails = await BookingSummaries.EmailsAsync(db, locked.Booking, summary, site.Value, now, ct);
        BookingSummaries.TellBooker(db, locked.Booking, emails.NamesWanted(), now);
        foreach (var place in unnamed)
        {
            place.AskForName(now);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
