using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>Undoes that a date was merged into another, before the money of places that ended with it has gone back.</summary>
internal sealed class UndoMergeDates(TrainingHubDb db, UnmergeDates dates) : IUndo
{
    public string Brings(UndoableAct act)
    {
        var before = act.What<MergedBefore>();
        var (places, waiting) = (before.MovedPlaces.Count + before.Ended.Bookings.Sum(one => one.Before.Places.Count), before.Ended.Waiting.Count);
        return $"The date is on again, with its {(places == 1 ? "1 place" : $"{places} places")}{(waiting == 0 ? "" : $" and {waiting} waiting")}. Nobody is moved.";
    }

    public Task LockAsync(UndoableAct act, CancellationToken ct) => MergeDates.LockAsync(db, act.SubjectId, act.What<MergedBefore>().ToId, ct);

    public async Task<UndoRefused?> WhyNotAsync(UndoableAct act, DateTimeOffset now, CancellationToken ct)
    {
        var before = act.What<MergedBefore>();
        return await UndoCancelDate.WhyMoneyAsync(db, act, before.Ended, now, ct) ?? await dates.WhyNotAsync(act.SubjectId, before, act.At, now, ct);
    }

    public Task<UndoRefused?> RunAsync(UndoableAct act, Actor by, DateTimeOffset now, CancellationToken ct) =>
        dates.RunAsync(act.SubjectId, act.What<MergedBefore>(), act.At, by, now, ct);

    public Task<string?> AddressAsync(Guid subjectId, CancellationToken ct) => Task.FromResult<string?>(BookingUrls.StaffDate(subjectId));
}
