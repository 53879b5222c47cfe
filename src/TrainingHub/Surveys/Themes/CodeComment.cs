using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

internal enum CodeResult
{
    Saved,

    /// <summary>Two others have coded it.</summary>
    TwoReaders,

    /// <summary>A theme was archived since.</summary>
    ThemeGone,

    /// <summary>It is no longer there, or raised a concern.</summary>
    Gone,
}

/// <summary>
/// The themes that one reader gives to a text: the first, or a second one beside them. Under the text's lock, so that two who begin at once are
/// the first and the second. Saved again, a reader's codes replace their own.
/// </summary>
internal sealed class CodeComment(TrainingHubDb db, TimeProvider clock)
{
    public async Task<CodeResult> RunAsync(Guid commentId, IReadOnlyCollection<Guid> themes, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await CommentLock.FindAsync(db, commentId, ct) is not { State: not CommentState.Concern })
        {
            return CodeResult.Gone;
        }

        var readings = await db.CommentReadings.AsNoTracking().Where(reading => reading.CommentId == commentId).ToListAsync(ct);
        var own = readings.Find(reading => reading.ReaderId == by.Id);
        if (own is null && readings.Count == CommentReading.Second)
        {
            return CodeResult.TwoReaders;
        }

        var reader = own?.Reader ?? (readings.Exists(reading => reading.Reader == CommentReading.First) ? CommentReading.Second : CommentReading.First);
        var before = await db.CommentCodes.AsNoTracking().Where(code => code.CommentId == commentId && code.Reader == reader).Select(code => code.ThemeId).ToListAsync(ct);
        var added = themes.Except(before).ToList();
        // What it was coded with before may have been archived since, and stays.
        if (await db.CommentThemes.CountAsync(theme => added.Contains(theme.Id) && theme.ArchivedAt == null, ct) != added.Count)
        {
            return CodeResult.ThemeGone;
        }

        if (own is null)
        {
            db.Add(new CommentReading { CommentId = commentId, Reader = reader, ReaderId = by.Id });
            HistoryEntry.Add<SurveyComment>(db, ReviewComment.RecordId, by, "Comment given themes", [], clock.GetUtcNow());
        }

        var gone = before.Except(themes).ToList();
        await db.CommentCodes.Where(code => code.CommentId == commentId && code.Reader == reader && gone.Contains(code.ThemeId)).ExecuteDeleteAsync(ct);
        db.AddRange(added.Select(theme => new CommentCode { CommentId = commentId, Reader = reader, ThemeId = theme }));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return CodeResult.Saved;
    }
}
