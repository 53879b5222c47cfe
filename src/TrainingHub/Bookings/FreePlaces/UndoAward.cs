using Microsoft.EntityFrameworkCore;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>Undoes the decision of an application that came without a booking, before its email has gone: it waits again, and an award that came with it goes.</summary>
internal sealed class UndoAward(TrainingHubDb db) : IUndo
{
    public const string Kind = "decide-award";

    public string Brings(UndoableAct act) => "The application waits for a decision again.";

    public Task LockAsync(UndoableAct act, CancellationToken ct) => DecideAlone.LockAsync(db, act.SubjectId, ct);

    public async Task<UndoRefused?> WhyNotAsync(UndoableAct act, DateTimeOffset now, CancellationToken ct)
    {
        var before = act.What<DecidedBefore>();
        if (!await db.FreePlaceApplications.AnyAsync(one => one.Id == act.SubjectId && one.State == before.Decided && one.DecidedAt == act.At, ct))
        {
            return UndoRefused.Changed("The application");
        }

        return before.NewAwardId is { } award && await db.Places.AnyAsync(place => place.FreePlaceAwardId == award, ct)
            ? new(UndoRefusal.ChangedSince, "Places have been booked under the award since.")
            : null;
    }

    public async Task<UndoRefused?> RunAsync(UndoableAct act, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        var application = await DecideAlone.LockAsync(db, act.SubjectId, ct) ?? throw new InvalidOperationException($"There is no application {act.SubjectId}.");
        application.Reopen();
        await db.SaveChangesAsync(ct);
        await GiveAward.TakeBackAsync(db, act.What<DecidedBefore>().NewAwardId, ct);
        return null;
    }

    public Task<string?> AddressAsync(Guid subjectId, CancellationToken ct) => Task.FromResult<string?>(FreePlaceUrls.StaffApplication(subjectId));
}
