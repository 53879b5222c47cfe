using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments;

internal enum DecideChargeResult
{
    Done,

    /// <summary>There is no such charge, or it was decided or withdrawn meanwhile.</summary>
    NotOpen,

    /// <summary>Another sum than was shown.</summary>
    SumChanged,

    /// <summary>Nobody is known who could be told of it.</summary>
    NobodyToTell,
}

/// <summary>
/// Staff raise what was proposed, so that it is owed, or waive what was proposed or is owed, for one of the policy's reasons. Raised, it
/// is asked for by the booking's invoice, and whoever pays is told by email why, by which policy, and how to object. Waived after that,
/// they are told that it is gone, and what was paid for it by card goes back by itself. Under the lock of the dates; twice is once.
/// </summary>
internal sealed class DecideCharge(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <param name="id"></param>
    /// <param name="shownPence">What staff saw.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<DecideChargeResult> RaiseAsync(Guid id, int shownPence, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(id, ct) is not ({ State: ChargeState.Proposed } charge, { } locked))
        {
            return DecideChargeResult.NotOpen;
        }

        if (charge.Pence != shownPence)
        {
            return DecideChargeResult.SumChanged;
        }

        if (SendMoneyAgain.InvoiceAddress(locked.Booking) is not { } address)
        {
            return DecideChargeResult.NobodyToTell;
        }

        charge.Raise(by.Id, now);
        Note(charge, by, "Charge raised", reason: null, now);
        await TellRaisedAsync(charge, locked, address, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return DecideChargeResult.Done;
    }

    /// <param name="id"></param>
    /// <param name="reason">One of the policy's reasons.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<DecideChargeResult> WaiveAsync(Guid id, string reason, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(id, ct) is not ({ State: ChargeState.Proposed or ChargeState.Raised, Pence: > 0 } charge, { } locked))
        {
            return DecideChargeResult.NotOpen;
        }

        var wasDue = charge.State == ChargeState.Raised;
        charge.Waive(reason, by.Id, now);
        Note(charge, by, "Charge waived", reason, now);
        if (wasDue)
        {
            await TellGoneAsync(charge, locked, now, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return DecideChargeResult.Done;
    }

    /// <summary>
    /// What it was for turned out not to be so: the register was put right. Who was told that they owe it is told that they do not. Joins
    /// its caller's transaction, which holds the dates.
    /// </summary>
    public async Task WithdrawAsync(PlaceCharge charge, LockedBooking locked, DateTimeOffset now, CancellationToken ct)
    {
        var wasDue = charge.State == ChargeState.Raised;
        charge.Withdraw(now);
        if (wasDue)
        {
            await TellGoneAsync(charge, locked, now, ct);
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task<(PlaceCharge? Charge, LockedBooking? Locked)> LockAsync(Guid id, CancellationToken ct)
    {
        var bookingId = await db.PlaceCharges.Where(one => one.Id == id).Select(one => (Guid?)one.BookingId).SingleOrDefaultAsync(ct);
        if (bookingId is not { } known || await BookingLock.TakeAsync(db, known, ct) is not { } locked)
        {
            return (null, null);
        }

        return (await db.PlaceCharges.SingleAsync(one => one.Id == id, ct), locked);
    }

    private void Note(PlaceCharge charge, Actor by, string act, string? reason, DateTimeOffset now) =>
        HistoryEntry.Add<Booking>(db, charge.BookingId, by, act, [new(ChargeWords.Kind(charge.Kind), null, new Money(charge.Pence).ToString())], now, reason);

    private async Task TellRaisedAsync(PlaceCharge charge, LockedBooking locked, string address, DateTimeOffset now, CancellationToken ct)
    {
        var (place, summary) = await ReadAsync(charge, locked, ct);
        var policy = charge.PolicyId is { } id ? await db.CancellationPolicies.AsNoTracking().SingleAsync(one => one.Id == id, ct) : null;
        var message = new ChargeRaisedEmail(
            NameFor(address, locked.Booking), locked.Booking.Reference, summary.Run.CourseDate(), place.DelegateName ?? "", new Money(charge.Pence).ToString(),
            ChargeWords.Why(charge.Kind), policy is null ? [] : CancellationWords.Of(policy), policy?.WaiverReasons ?? [], site.Value.ContactEmail, site.Value.ContactPhone);
        db.Add(OutgoingEmail.To(address, message, now, locked.Booking.Reference));
    }

    private async Task TellGoneAsync(PlaceCharge charge, LockedBooking locked, DateTimeOffset now, CancellationToken ct)
    {
        if (SendMoneyAgain.InvoiceAddress(locked.Booking) is not { } address)
        {
            return;
        }

        var (place, summary) = await ReadAsync(charge, locked, ct);
        var message = new ChargeGoneEmail(
            NameFor(address, locked.Booking), locked.Booking.Reference, summary.Run.CourseDate(), place.DelegateName ?? "", new Money(charge.Pence).ToString(),
            IsPaidByCard: locked.Booking.PaymentMethod == PaymentMethod.Card);
        db.Add(OutgoingEmail.To(address, message, now, locked.Booking.Reference));
    }

    private async Task<(Place Place, BookingSummary Summary)> ReadAsync(PlaceCharge charge, LockedBooking locked, CancellationToken ct)
    {
        var place = locked.Places.First(one => one.Id == charge.PlaceId);
        return (place, await BookingSummaries.ReadAsync(db, locked.Booking, [place], ct));
    }

    private static string NameFor(string address, Booking booking) => address == booking.BookerEmail && booking.BookerName is { } name ? name : "colleague";
}
