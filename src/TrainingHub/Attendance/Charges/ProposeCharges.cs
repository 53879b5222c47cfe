using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Payments;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Attendance;

/// <summary>
/// Proposes a charge for each free place on which nobody came, once its register is done, by the policy that its booking accepted; and
/// withdraws what the register does not say any more. Nobody owes or hears of a proposal: staff raise or waive it. Each place is a
/// transaction of its own that asks again under the lock of its date, and a place has one charge at most, so a second run, or one that
/// died half-way, adds nothing twice.
/// </summary>
internal sealed class ProposeCharges(TrainingHubDb db, DecideCharge decide, TimeProvider clock) : IJob
{
    private const int BatchSize = 100;

    // Whoever puts an old register right does not send bills.
    private const int MonthsBack = 6;

    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    private sealed record Candidate(Guid PlaceId, Guid BookingId);

    public async Task<int> RunAsync(CancellationToken ct) =>
        await OneByOne.RunAsync(await GoneAsync(ct), one => WithdrawAsync(one, ct)) + await OneByOne.RunAsync(await DueAsync(ct), one => ProposeAsync(one, ct));

    private async Task<List<Candidate>> DueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var since = now.AddMonths(-MonthsBack);
        return await (
            from place in Chargeable()
            join run in DateLines.Delivered(db, now) on place.RunId equals run.Id
            where run.IsRegisterDone && run.EndsAt > since
            orderby place.Id
            select new Candidate(place.Id, place.BookingId)).Take(BatchSize).ToListAsync(ct);
    }

    // Absent, free, of a booking whose policy charges something, and not charged before.
    private IQueryable<Place> Chargeable() =>
        from place in db.Places
        join line in db.RegisterPlaces on place.Id equals line.PlaceId
        join booking in db.Bookings on place.BookingId equals booking.Id
        join policy in db.CancellationPolicies on booking.CancellationPolicyId equals policy.Id
        where line.Mark == Mark.Absent && booking.PaymentMethod == PaymentMethod.FreePlace && place.PricePence == 0
        where policy.AbsentHalfDayPence > 0 || policy.AbsentFullDayPence > 0
        where !db.PlaceCharges.Any(charge => charge.PlaceId == place.Id && charge.State != ChargeState.Withdrawn)
        select place;

    private Task<List<Candidate>> GoneAsync(CancellationToken ct) => (
        from charge in db.PlaceCharges
        where charge.Kind == ChargeKind.Absent && (charge.State == ChargeState.Proposed || charge.State == ChargeState.Raised)
        where !db.RegisterPlaces.Any(line => line.PlaceId == charge.PlaceId && line.Mark == Mark.Absent)
        orderby charge.Id
        select new Candidate(charge.PlaceId, charge.BookingId)).Take(BatchSize).ToListAsync(ct);

    private async Task<bool> ProposeAsync(Candidate candidate, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var locked = await BookingLock.TakeAsync(db, candidate.BookingId, ct);
        if (locked is null || !await Chargeable().AnyAsync(place => place.Id == candidate.PlaceId, ct))
        {
            return false;
        }

        var place = locked.Places.First(one => one.Id == candidate.PlaceId);
        var policy = await CancelSums.PolicyOfAsync(db, locked.Booking, ct);
        var length = await (
            from run in db.CourseRuns
            join course in db.Courses on run.CourseId equals course.Id
            where run.Id == place.RunId
            select course.Length).SingleAsync(ct);
        if (policy?.AbsentPence(length) is not (> 0 and var pence))
        {
            return false;
        }

        var now = clock.GetUtcNow();
        db.Add(new PlaceCharge
        {
            Id = Guid.CreateVersion7(now),
            PlaceId = place.Id,
            BookingId = place.BookingId,
            Kind = ChargeKind.Absent,
            PolicyId = policy.Id,
            PricePence = place.PricePence,
            Pence = pence,
            ProposedAt = now,
        });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private async Task<bool> WithdrawAsync(Candidate candidate, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await BookingLock.TakeAsync(db, candidate.BookingId, ct) is not { } locked)
        {
            return false;
        }

        var isGone = !await db.RegisterPlaces.AnyAsync(line => line.PlaceId == candidate.PlaceId && line.Mark == Mark.Absent, ct);
        var charge = await db.PlaceCharges.SingleOrDefaultAsync(
            one => one.PlaceId == candidate.PlaceId && one.Kind == ChargeKind.Absent && (one.State == ChargeState.Proposed || one.State == ChargeState.Raised), ct);
        if (!isGone || charge is null)
        {
            return false;
        }

        await decide.WithdrawAsync(charge, locked, clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
