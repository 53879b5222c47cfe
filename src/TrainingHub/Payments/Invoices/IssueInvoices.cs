using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

/// <summary>
/// Issues invoices and credit notes of bookings whose charges have changed, each by <see cref="BillBooking"/>, once nothing that was done
/// to them can be undone any more: so what staff take back within minutes leaves no paper. Dying half-way leaves the rest to the next run.
/// </summary>
internal sealed class IssueInvoices(TrainingHubDb db, BillBooking bill, TimeProvider clock) : IJob
{
    private const int BatchSize = 50;

    public static TimeSpan Every => TimeSpan.FromSeconds(15);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await db.BookingsToBill
            .Where(booking => !db.UndoableActs.Any(act => act.UndoneId == null && act.HeldUntil > now
                && (act.SubjectId == booking.BookingId || db.Places.Any(place => place.BookingId == booking.BookingId && place.RunId == act.SubjectId))))
            .OrderBy(booking => booking.Since).ThenBy(booking => booking.BookingId)
            .Select(booking => booking.BookingId)
            .Take(BatchSize)
            .ToListAsync(ct);
        return await OneByOne.RunAsync(due, booking => bill.RunAsync(booking, ct));
    }
}
