using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;

namespace TrainingHub.Desk.Pages;

/// <summary>How a booking is paid for and how far, in words. Owed is the price of the places that are not cancelled; pence.</summary>
internal static class PaidSoFar
{
    /// <returns>For each booking what came in less what went back.</returns>
    public static async Task<IReadOnlyDictionary<Guid, int>> OfAsync(TrainingHubDb db, IReadOnlyCollection<Guid> bookings, CancellationToken ct) =>
        await db.LedgerEntries.Where(entry => bookings.Contains(entry.BookingId))
            .GroupBy(entry => entry.BookingId)
            .Select(booking => new
            {
                booking.Key,
                Paid = booking.Sum(entry => entry.Kind == LedgerKind.Refund ? -entry.AmountPence : entry.AmountPence),
            })
            .ToDictionaryAsync(booking => booking.Key, booking => booking.Paid, ct);

    public static string MethodWords(PaymentMethod method) => method switch
    {
        PaymentMethod.Free => "Free",
        PaymentMethod.Card => "Card",
        PaymentMethod.Invoice => "Invoice",
        PaymentMethod.FreePlace => "Free place",
        PaymentMethod.NotKnown => "Not known",
    };

    public static string Words(PaymentMethod method, int owedPence, int paidPence) => (owedPence, paidPence) switch
    {
        (0, 0) => method == PaymentMethod.FreePlace ? "Free place" : "Nothing to pay",
        var (owed, paid) when paid == owed => $"{MethodWords(method)}: £{new Money(paid).Amount} paid",
        (_, 0) => $"{MethodWords(method)}: £{new Money(owedPence).Amount} not paid",
        _ => $"{MethodWords(method)}: £{new Money(paidPence).Amount} paid of £{new Money(owedPence).Amount}",
    };
}
