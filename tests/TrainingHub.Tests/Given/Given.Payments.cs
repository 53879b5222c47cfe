using TrainingHub.Bookings;
using TrainingHub.Payments;

namespace TrainingHub.Tests;

internal sealed partial class Given
{
    /// <summary>A card payment that came in for one place, with its line in the ledger.</summary>
    public async Task<Payment> PaidAsync(Place place, int pence, DateTimeOffset at)
    {
        var payment = new Payment
        {
            Id = Guid.CreateVersion7(),
            BookingId = place.BookingId,
            Provider = PaymentProvider.Stripe,
            Attempt = 1,
            AmountPence = pence,
            CreatedAt = at,
        };
        payment.Receive(pence, "gbp", paymentIntentId: null, at);
        var entry = new LedgerEntry
        {
            Id = Guid.CreateVersion7(),
            BookingId = place.BookingId,
            PlaceId = place.Id,
            Kind = LedgerKind.Payment,
            AmountPence = pence,
            PaymentId = payment.Id,
            At = at,
        };
        await AddAsync(payment, entry);
        return payment;
    }

    /// <summary>A refund of what was paid for one place: the ledger does not know of it.</summary>
    public async Task<Refund> RefundAsync(Payment payment, Place place, int pence, DateTimeOffset at, RefundState state = RefundState.Due)
    {
        var refund = Refund.Due(payment, pence, RefundReason.BookingCancelled, requestedById: null, at);
        refund.Move(state, error: null, at);
        await AddAsync(refund, new RefundShare { RefundId = refund.Id, PlaceId = place.Id, AmountPence = pence });
        return refund;
    }

    /// <summary>A part of a payment that went back, with its line in the ledger.</summary>
    public async Task RefundedAsync(Payment payment, Place place, int pence, DateTimeOffset at)
    {
        var refund = await RefundAsync(payment, place, pence, at, RefundState.Succeeded);
        await AddAsync(new LedgerEntry
        {
            Id = Guid.CreateVersion7(),
            BookingId = place.BookingId,
            PlaceId = place.Id,
            Kind = LedgerKind.Refund,
            AmountPence = pence,
            RefundId = refund.Id,
            At = at,
        });
    }
}
