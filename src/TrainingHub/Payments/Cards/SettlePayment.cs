using TrainingHub.Bookings;

namespace TrainingHub.Payments;

/// <summary>
/// Decides what money that has just come in is for: the places, a refund that is due at once, or the coordinator. Runs in the
/// transaction that recorded the money, which it never undoes.
/// </summary>
internal sealed class SettlePayment(TrainingHubDb db, ConfirmPlaces confirm, AddRefund refund, PaymentMail mail)
{
    public async Task RunAsync(Payment payment, DateTimeOffset now, CancellationToken ct)
    {
        var locked = await BookingLock.TakeAsync(db, payment.BookingId, ct)
            ?? throw new InvalidOperationException($"There is no booking {payment.BookingId}.");
        if (!payment.IsInPounds)
        {
            HandOver(payment, locked, PaymentProblem.CurrencyDiffers, now);
            return;
        }

        var money = await CardMoney.ReadAsync(db, locked, ct);
        var isInvoiced = Booking.InvoicedForCharges.Contains(locked.Booking.PaymentMethod);
        var isOwed = (isInvoiced || (locked.Booking.PaymentMethod == PaymentMethod.Card && locked.Booking.State != BookingState.Cancelled))
            && money.HeldPence - payment.ReceivedAmount < money.OwedPence;
        if (!isOwed)
        {
            await GiveBackAsync(payment, locked, PaymentProblem.NotOwed, RefundReason.NotOwed, now, ct);
        }
        else if (isInvoiced)
        {
            // The places are certain: a part is a part, and more than is open waits with the booking's spare money.
            await mail.TellReceivedAsync(payment, now, ct);
        }
        else if (!money.IsPaid)
        {
            HandOver(payment, locked, PaymentProblem.AmountDiffers, now);
        }
        else
        {
            await SeatAsync(payment, locked, now, ct);
        }
    }

    private async Task SeatAsync(Payment payment, LockedBooking locked, DateTimeOffset now, CancellationToken ct)
    {
        var result = await confirm.RunAsync(payment.BookingId, now, ct);
        if (result is ConfirmResult.Full or ConfirmResult.Cancelled)
        {
            await GiveBackAsync(payment, locked, PaymentProblem.PaidLateAndFull, RefundReason.PaidLateAndFull, now, ct);
            return;
        }

        await mail.TellReceivedAsync(payment, now, ct);
        if (payment.ReceivedAmount != payment.AmountPence)
        {
            payment.Raise(PaymentProblem.AmountDiffers);
            mail.TellCoordinator(payment, locked.Booking.Reference, now);
        }
    }

    private async Task GiveBackAsync(
        Payment payment, LockedBooking locked, PaymentProblem problem, RefundReason reason, DateTimeOffset now, CancellationToken ct)
    {
        payment.Raise(problem);
        await refund.RunAsync(payment, payment.ReceivedAmount!.Value, reason, requestedById: null, now, ct);
        mail.TellCoordinator(payment, locked.Booking.Reference, now);
        await mail.TellNoPlaceAsync(payment, now, ct);
    }

    private void HandOver(Payment payment, LockedBooking locked, PaymentProblem problem, DateTimeOffset now)
    {
        payment.Raise(problem);
        if (locked.Booking.State == BookingState.Held)
        {
            locked.Booking.HoldForDecision();
        }

        mail.TellCoordinator(payment, locked.Booking.Reference, now);
    }
}
