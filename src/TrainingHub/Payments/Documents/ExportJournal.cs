using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Payments;

internal enum ExportRefusal
{
    /// <summary>The month is not over.</summary>
    NotOver,

    /// <summary>All of it has left before.</summary>
    NothingNew,

    /// <summary>Something was entered since it was shown.</summary>
    Changed,
}

/// <summary>
/// Marks as exported what was entered up to the end of a month and has not left yet: what comes late for an earlier month goes with it.
/// Each entry leaves once: two who export at the same time take turns, and the table of sources is the last word.
/// About the hash that was shown, so that nobody marks what they have not seen.
/// </summary>
internal sealed class ExportJournal(TrainingHubDb db, IOptions<AccountCodes> codes, TimeProvider clock)
{
    /// <summary>As history calls it.</summary>
    public const string Act = "Exported";

    /// <param name="month">Any day of it.</param>
    /// <param name="seenHash">Of what was shown.</param>
    /// <param name="by">Who exports.</param>
    /// <param name="ct">To stop.</param>
    public async Task<(JournalExport? Made, ExportRefusal? Refusal)> RunAsync(DateOnly month, string seenHash, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var first = new DateOnly(month.Year, month.Month, 1);
        if (first.AddMonths(1) > London.DateOf(now))
        {
            return (null, ExportRefusal.NotOver);
        }

        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('journal_exports'))", ct);
        var journal = await Journal.UpToAsync(db, first.AddMonths(1).AddDays(-1), ct);
        if (journal.Sources.Count == 0)
        {
            return (null, ExportRefusal.NothingNew);
        }

        var hash = journal.Hash(codes.Value);
        if (hash != seenHash)
        {
            return (null, ExportRefusal.Changed);
        }

        var export = new JournalExport
        {
            Id = Guid.CreateVersion7(now),
            Number = await db.JournalExports.Select(one => (int?)one.Number).MaxAsync(ct) + 1 ?? 1,
            Month = first,
            Entries = journal.Entries.Count,
            TotalPence = journal.TotalPence,
            Hash = hash,
            ExportedAt = now,
        };
        db.Add(export);
        HistoryEntry.Add<JournalExport>(db, export.Id, by, Act, [], now);
        await db.SaveChangesAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into journal_sources (source_id, export_id)
            select source, {export.Id}
            from unnest({journal.Sources.ToArray()}) as source
            """,
            ct);
        await transaction.CommitAsync(ct);
        return (export, null);
    }
}
