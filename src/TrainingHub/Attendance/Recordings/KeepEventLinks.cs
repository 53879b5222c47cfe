using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <summary>
/// Adds a link to what was recorded or shown at an event, or withdraws one: from then on nobody sees it on our page. Whoever copied the
/// address elsewhere is not stopped by that. Nobody is told of either; a second delivery changes nothing.
/// </summary>
internal sealed class KeepEventLinks(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="runId">The date.</param>
    /// <param name="id">The form's own, so that a second click adds none.</param>
    /// <param name="title">What it is.</param>
    /// <param name="url">Beginning with https://.</param>
    /// <param name="untilOn">The last day; null is as long as the others.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task AddAsync(Guid runId, Guid id, string title, string url, DateOnly? untilOn, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var added = await db.Database.ExecuteSqlAsync(
            $"""
            insert into event_links (id, run_id, title, url, until_on, added_at)
            values ({id}, {runId}, {title}, {url}, {untilOn}, {now})
            on conflict (id) do nothing
            """,
            ct);
        if (added == 1)
        {
            HistoryEntry.Add<CourseRun>(db, runId, by, "Link to a recording added", [new("Link", null, $"{title}: {url}")], now);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <returns>False when there is no such link, or it was withdrawn before.</returns>
    public async Task<bool> WithdrawAsync(Guid runId, Guid id, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var title = await db.EventLinks.Where(link => link.Id == id && link.RunId == runId).Select(link => link.Title).SingleOrDefaultAsync(ct);
        if (title is null
            || await db.EventLinks.Where(link => link.Id == id && link.WithdrawnAt == null).ExecuteUpdateAsync(set => set.SetProperty(link => link.WithdrawnAt, now), ct) == 0)
        {
            return false;
        }

        HistoryEntry.Add<CourseRun>(db, runId, by, "Link to a recording withdrawn", [new("Link", title, null)], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
