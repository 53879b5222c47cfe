using TrainingHub.Bookings;

namespace TrainingHub.Payments;

/// <summary>A booking whose invoices and credit notes do not ask for what it is charged.</summary>
internal sealed class NotInvoiced
{
    /// <summary>The job issues them within seconds, and after what can be undone within minutes.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromHours(1);

    public required Guid BookingId { get; init; }

    /// <summary>Below nought a credit note is missing.</summary>
    public required int Pence { get; init; }

    /// <summary>When it was charged otherwise for the last time.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Those that have waited longer than is usual.</summary>
    public static IQueryable<NotInvoiced> Of(TrainingHubDb db, DateTimeOffset now)
    {
        var until = now - Usual;
        return
            from gap in db.BilledPlaces
                .Where(billed => billed.ChargedPence != billed.BilledPence)
                .GroupBy(billed => billed.BookingId)
                .Select(of => new { Booking = of.Key, Pence = of.Sum(place => place.ChargedPence - place.BilledPence) })
            join booking in db.Bookings on gap.Booking equals booking.Id
            where booking.State == BookingState.Confirmed || booking.State == BookingState.Cancelled
            let since = db.LedgerEntries
                .Where(entry => entry.BookingId == booking.Id && (entry.Kind == LedgerKind.Charge || entry.Kind == LedgerKind.ChargeReversed))
                .Max(entry => (DateTimeOffset?)entry.At) ?? booking.CreatedAt
            where since <= until
            select new NotInvoiced { BookingId = booking.Id, Pence = gap.Pence, Since = since };
    }
}
