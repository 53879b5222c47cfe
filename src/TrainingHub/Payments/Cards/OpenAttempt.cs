using System.Linq.Expressions;

namespace TrainingHub.Payments;

/// <summary>An attempt through which money may still come.</summary>
internal static class OpenAttempt
{
    public static Expression<Func<Payment, bool>> Of(Guid bookingId) =>
        payment => payment.BookingId == bookingId && (payment.State == PaymentState.Pending || payment.State == PaymentState.AwaitingBank);
}
