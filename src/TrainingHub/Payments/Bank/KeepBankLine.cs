using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>Says of the rest of a bank line that it is for no invoice, or takes that back. One line under lock; twice is once.</summary>
internal sealed class KeepBankLine(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="lineId"></param>
    /// <param name="leftPence">What was shown as left of it.</param>
    /// <param name="outcome"></param>
    /// <param name="note">Null when nothing is to be said.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    /// <returns>False when it does not wait any more, or with another sum.</returns>
    public Task<bool> SetAsideAsync(Guid lineId, int leftPence, BankLineOutcome outcome, string? note, Actor by, CancellationToken ct) => ChangeAsync(
        lineId,
        line => line.Waits && line.LeftPence == leftPence,
        (line, now) =>
        {
            line.SetAside(outcome, note, by.Id, now);
            HistoryEntry.Add<BankLine>(db, lineId, by, BankWords.Act(outcome), [new("Money", null, new Money(leftPence).ToString())], now, note);
        },
        ct);

    /// <returns>False when it is not set aside.</returns>
    public Task<bool> TakeUpAgainAsync(Guid lineId, Actor by, CancellationToken ct) => ChangeAsync(
        lineId,
        line => line.Outcome is not null,
        (line, now) =>
        {
            line.TakeUpAgain();
            HistoryEntry.Add<BankLine>(db, lineId, by, "Taken up again", [], now);
        },
        ct);

    private async Task<bool> ChangeAsync(Guid lineId, Func<BankLine, bool> isPossible, Action<BankLine, DateTimeOffset> change, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var line = await db.BankLines.FromSql($"select * from bank_lines where id = {lineId} for update").SingleOrDefaultAsync(ct);
        if (line is null || !isPossible(line))
        {
            return false;
        }

        change(line, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
