using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <param name="Refusal"></param>
/// <param name="IsClosed">False where more people have no mark than whoever closes has been shown.</param>
internal sealed record ClosedRegister(RegisterRefusal? Refusal, bool IsClosed);

/// <summary>
/// Closes a register for its trainer, who has seen how many people have no mark: if there are more by now, it stays open. Holds all places and
/// the date, so that no mark and no walk-in of a trainer comes after it. The same again changes nothing.
/// </summary>
internal sealed class CloseRegister(TrainingHubDb db, TrainersRegister register, TimeProvider clock)
{
    /// <param name="sitting"></param>
    /// <param name="seen">How many without a mark were shown.</param>
    /// <param name="by">The trainer.</param>
    /// <param name="ct"></param>
    public async Task<ClosedRegister> RunAsync(Sitting sitting, int seen, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // A mark holds its place when it changes the date, so places come first.
        await TrainersRegister.HoldAsync(db, sitting.RunId, places: null, ct);
        await HoldDateAsync(db, sitting.RunId, ct);
        if (await register.WhyNotAsync(sitting, ct) is { } refusal)
        {
            return refusal == RegisterRefusal.ClosedForTrainers ? new(null, IsClosed: true) : new(refusal, IsClosed: false);
        }

        if (await UnmarkedAsync(sitting, ct) > seen)
        {
            return new(null, IsClosed: false);
        }

        var now = clock.GetUtcNow();
        db.Add(new RegisterClosing { RunId = sitting.RunId, Meeting = sitting.Meeting ?? 0, ClosedAt = now, ClosedById = by.Id });
        await RegisterHistory.AddAsync(db, sitting, "closed", new Dictionary<Guid, (string?, string?)>(), by, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new(null, IsClosed: true);
    }

    /// <summary>Whoever gives a place on the date waits.</summary>
    public static Task<int> HoldDateAsync(TrainingHubDb db, Guid run, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select id from course_runs where id = {run} for no key update", ct);

    private Task<int> UnmarkedAsync(Sitting sitting, CancellationToken ct)
    {
        var run = sitting.RunId;
        var lines = db.RegisterPlaces.Where(line => line.RunId == run);
        return sitting.Meeting is { } meeting
            ? lines.CountAsync(line => !db.MeetingMarks.Any(mark => mark.PlaceId == line.PlaceId && mark.Meeting == meeting), ct)
            : lines.CountAsync(line => line.Mark == null, ct);
    }
}
