using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>What staff decide about the money of what they cancel.</summary>
internal enum CancelMoney
{
    /// <summary>The payment comes before the coordinator.</summary>
    Later,

    /// <summary>Nothing stays due, whatever the policy says: all that was paid goes back.</summary>
    Refund,

    /// <summary>All that was paid is kept.</summary>
    Keep,

    /// <summary>As when the booker cancels: what the policy says stays due, and the rest goes back.</summary>
    Policy,
}

internal enum CancelPlacesResult
{
    Cancelled,

    /// <summary>Nothing was left to cancel: done before, lapsed, or not of this booking.</summary>
    NothingToCancel,

    /// <summary>Every course that was asked about has begun.</summary>
    RunStarted,

    /// <summary>Another sum, or other places, than were shown: look again.</summary>
    Changed,
}

/// <param name="BookingId"></param>
/// <param name="PlaceId">Null cancels all of it that has not begun.</param>
/// <param name="Money"></param>
/// <param name="Pence">What was shown as paid for what is cancelled.</param>
/// <param name="Reason">For the history, without names; needed unless the money waits.</param>
/// <param name="DuePence">What was shown as staying due by the policy.</param>
/// <param name="WaivedFor">The reason for which that is waived.</param>
internal sealed record CancelOrder(
    Guid BookingId, Guid? PlaceId, CancelMoney Money, int Pence, string? Reason, int DuePence = 0, string? WaivedFor = null);

/// <summary>What would be cancelled, and what has been paid for it.</summary>
/// <param name="Ending">In the order of booking; empty when there is nothing to cancel.</param>
/// <param name="Pence">Paid, and neither gone back nor kept before. Pounds only.</param>
/// <param name="IsByHand">None of it came through Stripe, so staff pay it back.</param>
/// <param name="IsDisputed">The payer's bank decides, so nothing may be given back.</param>
/// <param name="Sums">What the policy says.</param>
internal sealed record CancelPreview(LockedBooking Locked, IReadOnlyList<Place> Ending, int Pence, bool IsByHand, bool IsDisputed, CancelSums Sums)
{
    public int DuePence => Sums.DuePence;

    /// <summary>Of what was paid, what goes back by the policy.</summary>
    public int BackPence => Math.Max(0, Pence - DuePence);

    /// <summary>What came by hand is decided at once: no list waits for it.</summary>
    public bool Allows(CancelMoney money) => Pence == 0 || (money == CancelMoney.Later ? !IsByHand : !IsDisputed);
}

/// <summary>
/// Staff cancel one place of a booking or all of it, and decide in the same act what becomes of the money: one transaction locks the
/// payments, runs <see cref="CancelBooking"/>, and makes the refund due, keeps the sum, or leaves it to be decided. The sum is the one
/// that was shown. Twice is once. <see cref="UndoCancelPlaces"/> takes it back while its emails and its refund wait.
/// </summary>
internal sealed class CancelPlaces(TrainingHubDb db, CancelBooking cancel, GiveBack give, TimeProvider clock)
{
    public async Task<CancelPlacesResult> RunAsync(CancelOrder order, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var payments = await PaymentRows.LockOfBookingAsync(db, order.BookingId, ct);
        if (await PreviewAsync(order.BookingId, order.PlaceId, payments, now, ct) is not { } preview)
        {
            return CancelPlacesResult.NothingToCancel;
        }

        if (preview.Ending.Count > 0 && (preview.Pence != order.Pence || preview.DuePence != order.DuePence || !preview.Allows(order.Money)))
        {
            return CancelPlacesResult.Changed;
        }

        var (words, decision) = Words(preview, order.Money);
        var undo = KeepUndo.Begin(db, now);
        var result = await cancel.ByStaffAsync(order.BookingId, order.PlaceId, new(by, words, decision, order.Reason, undo, ChargeOf(order.Money), order.WaivedFor), ct);
        if (result != CancelResult.Cancelled)
        {
            return result == CancelResult.RunStarted ? CancelPlacesResult.RunStarted : CancelPlacesResult.NothingToCancel;
        }

        var pence = order.Money == CancelMoney.Policy ? preview.BackPence : preview.Pence;
        if (pence > 0)
        {
            var sum = new SpareSum(payments, [.. preview.Ending.Select(place => place.Id)], pence);
            await DecideAsync(sum, order, by, undo, now, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return CancelPlacesResult.Cancelled;
    }

    /// <summary>What it would do now. Needs a transaction, and locks the dates of the booking.</summary>
    /// <returns>Null when there is no such booking.</returns>
    public async Task<CancelPreview?> PreviewAsync(
        Guid bookingId, Guid? placeId, IReadOnlyList<Payment> payments, DateTimeOffset now, CancellationToken ct)
    {
        if (await BookingLock.TakeAsync(db, bookingId, ct) is not { } locked)
        {
            return null;
        }

        var ending = locked.LivePlaces.Where(place => (placeId is null || place.Id == placeId) && !locked.HasBegun(place, now)).ToList();
        var money = await CardMoney.ReadAsync(db, locked, ct);
        var pence = money.Places
            .Where(place => ending.Exists(one => one.Id == place.PlaceId))
            .Sum(place => Math.Max(0, place.HeldPence - place.KeptPence));
        var paid = payments.Where(payment => payment is { State: PaymentState.Paid, IsInPounds: true }).ToList();
        var sums = await CancelSums.ReadAsync(db, locked.Booking, ending, now, ct);
        return new(
            locked, ending, pence,
            IsByHand: paid.TrueForAll(payment => !payment.IsByStripe),
            IsDisputed: paid.Exists(payment => payment is { IsDisputed: true, NeedsAttention: true }),
            sums);
    }

    private Task DecideAsync(SpareSum sum, CancelOrder order, Actor by, KeepUndo undo, DateTimeOffset now, CancellationToken ct) => order.Money switch
    {
        CancelMoney.Later => Task.CompletedTask,
        CancelMoney.Refund or CancelMoney.Policy => give.RefundAsync(sum, RefundReason.BookingCancelled, by, now, ct, undo),
        CancelMoney.Keep => give.KeepAsync(sum, order.Reason ?? "", by, now, ct, undo),
    };

    private static StaffCharge ChargeOf(CancelMoney money) => money switch
    {
        CancelMoney.Policy => StaffCharge.Raise,
        CancelMoney.Refund => StaffCharge.Waive,
        CancelMoney.Keep or CancelMoney.Later => StaffCharge.None,
    };

    /// <summary>To the booker, where the policy does not say it already, and for the history.</summary>
    private static (string? ToBooker, string? Decision) Words(CancelPreview preview, CancelMoney decided)
    {
        var sum = new Money(preview.Pence);
        var due = preview.DuePence == 0 ? "" : $"{new Money(preview.DuePence)} stays due";
        return (preview.Pence, decided) switch
        {
            (0, CancelMoney.Refund) when due.Length > 0 => ("You owe nothing for what is cancelled.", $"{new Money(preview.DuePence)} waived"),
            (0, CancelMoney.Policy) when due.Length > 0 => (null, due),
            (0, _) => (null, null),
            (_, CancelMoney.Policy) when preview.BackPence == 0 => (null, due),
            (_, CancelMoney.Policy) => (null, $"{new Money(preview.BackPence)} {(preview.IsByHand ? "paid back by hand" : "refunded")}{(due.Length == 0 ? "" : $", {due}")}"),
            (_, CancelMoney.Later) => ($"{sum} was paid for what is cancelled. What comes back is not decided yet. Reply to this email if you have a question.", $"{sum} to be decided"),
            (_, CancelMoney.Keep) => ($"{sum} was paid for what is cancelled. It is not paid back.", $"{sum} kept"),
            (_, CancelMoney.Refund) when preview.IsByHand => ($"The training team pays {sum} back to you.", $"{sum} paid back by hand"),
            (_, CancelMoney.Refund) => ($"{sum} goes back to the card or account that paid. We email you when it is on its way.", $"{sum} refunded"),
        };
    }
}
