using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

internal enum WordsResult
{
    Saved,

    /// <summary>Somebody else saved the list since the page was opened.</summary>
    ChangedSince,
}

/// <summary>The list of words by which texts are read sooner, as a whole. History says which came and which went.</summary>
internal sealed class SaveWorryWords(TrainingHubDb db, TimeProvider clock)
{
    public static Guid RecordId { get; } = Guid.Parse("7b1f0c52-93e4-4d0e-8d5a-1c6f0e2b9a47");

    /// <summary>How often it was saved: what the form carries, to be compared.</summary>
    public static Task<int> VersionAsync(TrainingHubDb db, CancellationToken ct) => db.HistoryEntries.CountAsync(entry => entry.RecordId == RecordId, ct);

    /// <param name="phrases">Tidy, none twice.</param>
    /// <param name="version">As the page showed it.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<WordsResult> RunAsync(IReadOnlyCollection<string> phrases, int version, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('worry words'))", ct);
        if (await VersionAsync(db, ct) != version)
        {
            return WordsResult.ChangedSince;
        }

        var before = await db.WorryWords.Select(word => word.Phrase).ToListAsync(ct);
        List<string> gone = [.. before.Except(phrases).Order(StringComparer.Ordinal)], added = [.. phrases.Except(before).Order(StringComparer.Ordinal)];
        if (gone.Count + added.Count == 0)
        {
            return WordsResult.Saved;
        }

        await db.WorryWords.Where(word => gone.Contains(word.Phrase)).ExecuteDeleteAsync(ct);
        db.AddRange(added.Select(phrase => new WorryWord { Phrase = phrase }));
        HistoryEntry.Add<WorryWord>(
            db, RecordId, by, "Changed",
            [
                .. added.Count == 0 ? Array.Empty<HistoryChange>() : [new("Added", null, string.Join(", ", added))],
                .. gone.Count == 0 ? Array.Empty<HistoryChange>() : [new("Removed", string.Join(", ", gone), null)],
            ],
            clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return WordsResult.Saved;
    }
}
