using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

/// <summary>For which places money is that came for one invoice.</summary>
internal static class InvoiceShares
{
    /// <summary>
    /// What is open of the invoice first, then of others of the booking; what is beyond stays with the first place, as money to pay back
    /// or to use. Under the booking's lock.
    /// </summary>
    /// <param name="db"></param>
    /// <param name="bookingId"></param>
    /// <param name="invoiceId"></param>
    /// <param name="pence">More than nought.</param>
    /// <param name="ct"></param>
    public static async Task<IReadOnlyList<Share>> OfPaymentAsync(TrainingHubDb db, Guid bookingId, Guid invoiceId, int pence, CancellationToken ct)
    {
        var lines = await db.InvoiceLineMoney.AsNoTracking().Where(line => line.BookingId == bookingId).OrderBy(line => line.PlaceId).ThenBy(line => line.LineId).ToListAsync(ct);
        return Shares.Divide(pence, Rooms(line => line.InvoiceId == invoiceId), Rooms(line => line.InvoiceId != invoiceId));

        List<Share> Rooms(Func<InvoiceLineMoney, bool> of) =>
            [.. lines.Where(of).Concat(lines.Where(line => !of(line)).Select(line => new InvoiceLineMoney { PlaceId = line.PlaceId }))
                .GroupBy(line => line.PlaceId)
                .Select(place => new Share(place.Key, place.Sum(line => line.OpenPence)))];
    }
}
