using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Desk.Pages;

/// <summary>Owed is the price of the places that are not cancelled; paid is what came in less what went back. Pence.</summary>
internal readonly record struct OwedAndPaid(int OwedPence, int PaidPence);

/// <summary>How places are paid for and how far, in words.</summary>
internal static class PaidSoFar
{
    public static Task<OwedAndPaid> OfBookingAsync(TrainingHubDb db, Guid booking, CancellationToken ct) =>
        db.BookingMoney.Where(money => money.BookingId == booking)
            .Select(money => new OwedAndPaid(money.OwedPence, money.PaidPence - money.RefundedPence - money.DisputedPence))
            .SingleOrDefaultAsync(ct);

    /// <returns>For each booking with places on the date, what those places owe and have paid.</returns>
    public static async Task<IReadOnlyDictionary<Guid, OwedAndPaid>> OnDateAsync(TrainingHubDb db, Guid run, CancellationToken ct) =>
        await db.PlaceMoney.Where(money => money.RunId == run)
            .GroupBy(money => money.BookingId)
            .Select(booking => new
            {
                booking.Key,
                Owed = booking.Sum(money => money.OwedPence),
                Paid = booking.Sum(money => money.PaidPence - money.RefundedPence - money.DisputedPence),
            })
            .ToDictionaryAsync(booking => booking.Key, booking => new OwedAndPaid(booking.Owed, booking.Paid), ct);

    /// <summary>What is said in place of a price that a free place would have: it is not decided, or was declined and is not paid for. Null when it is settled.</summary>
    public static string? Undecided(Booking booking) => booking switch
    {
        { AwaitsChoiceOfPayment: true } => "No free place, not paid for",
        { State: BookingState.Held, PaymentMethod: PaymentMethod.FreePlace } => "Free place not decided",
        _ => null,
    };

    // What is paid of an invoice may not have been recorded yet, so that nothing says that it was not.
    public static string Words(PaymentMethod method, BookingOrigin origin, OwedAndPaid money) => (money.OwedPence, money.PaidPence) switch
    {
        (0, 0) => method == PaymentMethod.FreePlace ? "Free place" : "Nothing to pay",
        (_, 0) when method == PaymentMethod.Invoice =>
            $"{(origin == BookingOrigin.Import ? "Invoiced elsewhere" : "Invoice")}: £{new Money(money.OwedPence).Column}, no payment recorded here",
        var (owed, paid) when paid == owed => $"{BookingWords.Method(method)}: £{new Money(paid).Column} paid",
        (_, 0) => $"{BookingWords.Method(method)}: £{new Money(money.OwedPence).Column} not paid",
        _ => $"{BookingWords.Method(method)}: £{new Money(money.PaidPence).Column} paid of £{new Money(money.OwedPence).Column}",
    };
}
