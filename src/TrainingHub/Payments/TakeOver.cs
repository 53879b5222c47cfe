using TrainingHub.Bookings;

namespace TrainingHub.Payments;

/// <summary>Staff take over the payment of a booking whose places are held for money that has not come, or that was invoiced.</summary>
internal static class TakeOver
{
    public static bool IsPossible(Booking booking, DateTimeOffset now) =>
        StartPayment.WhyNotPay(booking, now) is null || (booking.AwaitsChoiceOfPayment && booking.HeldUntil > now) || booking.IsInvoiced;
}
