using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>
/// Undoes that a date was cancelled, before any of its money has gone back: <see cref="RefundCancelledDates"/> waits until the act is no
/// longer held, and takes the date's row, as this does.
/// </summary>
internal sealed class UndoCancelDate(TrainingHubDb db, RestoreDate date) : IUndo
{
    public string Brings(UndoableAct act)
    {
        var before = act.What<DateBefore>();
        var places = before.Bookings.Sum(one => one.Before.Places.Count);
        var waiting = before.Waiting.Count;
        return $"The date is on again{(places == 0 ? "" : places == 1 ? ", with its 1 place" : $", with its {places} places")}{(waiting == 0 ? "" : $" and {waiting} waiting")}.";
    }

    public Task LockAsync(UndoableAct act, CancellationToken ct) => DatePeople.LockAsync(db, act.SubjectId, ct);

    public async Task<UndoRefused?> WhyNotAsync(UndoableAct act, DateTimeOffset now, CancellationToken ct)
    {
        var before = act.What<DateBefore>();
        return await WhyMoneyAsync(db, act, before, now, ct) ?? await date.WhyNotAsync(act.SubjectId, before, act.At, now, ct);
    }

    /// <summary>Whether a refund for one of the places that ended was started.</summary>
    public static async Task<UndoRefused?> WhyMoneyAsync(TrainingHubDb db, UndoableAct act, DateBefore before, DateTimeOffset now, CancellationToken ct)
    {
        Guid[] places = [.. before.Bookings.SelectMany(one => one.Before.Places).Select(place => place.PlaceId)];
        var refund = await (
            from share in db.RefundShares
            join one in db.Refunds on share.RefundId equals one.Id
            where places.Contains(share.PlaceId) && one.CreatedAt >= act.At && !RefundStates.NothingLeaves.Contains(one.State)
            orderby one.CreatedAt
            select (DateTimeOffset?)one.CreatedAt).FirstOrDefaultAsync(ct);
        return refund is { } at ? new(UndoRefusal.MoneySent, $"Refunds for the date were started {UndoRefused.When(at, now)}.") : null;
    }

    public Task<UndoRefused?> RunAsync(UndoableAct act, Actor by, DateTimeOffset now, CancellationToken ct) =>
        date.RunAsync(act.SubjectId, act.What<DateBefore>(), act.At, now, ct);

    public Task<string?> AddressAsync(Guid subjectId, CancellationToken ct) => Task.FromResult<string?>(BookingUrls.StaffDate(subjectId));
}
