using TrainingHub.Payments;

namespace TrainingHub.Tests;

internal sealed partial class Given
{
    /// <summary>A card payment that came in, with its line in the ledger.</summary>
    public async Task<Payment> PaidAsync(Guid booking, int pence, DateTimeOffset at)
    {
        var payment = new Payment
        {
            Id = Guid.CreateVersion7(),
            BookingId = booking,
            Provider = PaymentProvider.Stripe,
            Attempt = 1,
            AmountPence = pence,
            State = PaymentState.Paid,
            ReceivedAmount = pence,
            ReceivedCurrency = "gbp",
            CreatedAt = at,
            PaidAt = at,
        };
        var entry = new LedgerEntry
        {
            Id = Guid.CreateVersion7(),
            BookingId = booking,
            Kind = LedgerKind.Payment,
            AmountPence = pence,
            PaymentId = payment.Id,
            At = at,
        };
        await AddAsync(payment, entry);
        return payment;
    }

    /// <summary>A refund alone: the ledger does not know of it.</summary>
    public async Task<Refund> RefundAsync(Payment payment, int pence, DateTimeOffset at, RefundState state = RefundState.Due)
    {
        var refund = Refund.Due(payment, pence, RefundReason.BookingCancelled, requestedById: null, at);
        refund.State = state;
        return await AddedAsync(refund);
    }
}
