using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <summary>Lets the trainer mark again, for a reason that stays in the date's history. The same again changes nothing.</summary>
internal sealed class ReopenRegister(TrainingHubDb db, TimeProvider clock)
{
    public async Task RunAsync(Sitting sitting, string reason, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await RegisterClosing.Of(db, sitting).ExecuteDeleteAsync(ct) == 1)
        {
            HistoryEntry.Add<AttendanceMark>(
                db, sitting.RunId, by, sitting.Meeting is { } meeting ? $"Register of meeting {meeting} opened again" : "Register opened again", [], clock.GetUtcNow(), reason);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }
}
