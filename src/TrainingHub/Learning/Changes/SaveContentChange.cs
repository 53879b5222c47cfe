using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

internal enum PublishOutcome
{
    Done,
    ChangedSince,

    /// <summary>There are no words for the public page.</summary>
    NoWords,
    Unknown,
}

/// <summary>
/// Adds what an action changes in courses, changes it, publishes it and takes it off again. What public pages say follows in the same
/// transaction.
/// </summary>
internal sealed class SaveContentChange(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="id">The form's own: sent twice, it is added once.</param>
    /// <param name="action"></param>
    /// <param name="facts"></param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> AddAsync(Guid id, Guid action, ContentChangeFacts facts, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.LearningActions.FromSql($"select * from learning_actions where id = {action} for no key update").AsNoTracking().SingleOrDefaultAsync(ct) is null)
        {
            return EditOutcome.Unknown;
        }

        if (await db.ContentChanges.AnyAsync(one => one.Id == id, ct))
        {
            return EditOutcome.Saved;
        }

        var change = new ContentChange { Id = id, ActionId = action, What = facts.What, FromOn = facts.FromOn!.Value, CourseIds = facts.CourseIds, PublicWords = facts.PublicWords };
        var outcome = await Edit.AddAsync(db, change, by, facts.ChangesFrom(new ContentChangeFacts(), await LearningNames.ReadAsync(db, ct)), clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        return outcome;
    }

    /// <param name="id">The change.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not. Without public words it is published no more.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> ChangeAsync(Guid id, int version, ContentChangeFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.ContentChanges.SingleOrDefaultAsync(one => one.Id == id, ct) is not { } change)
        {
            return EditOutcome.Unknown;
        }

        var changes = facts.ChangesFrom(ContentChangeFacts.Of(change), await LearningNames.ReadAsync(db, ct));
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        db.Entry(change).CurrentValues.SetValues(new { facts.What, FromOn = facts.FromOn!.Value, facts.CourseIds, facts.PublicWords });
        if (change.PublicWords is null)
        {
            change.TakeOff();
        }

        await ShownChanges.SetAsync(db, change, ct);
        return await Edit.ChangeAsync(db, change, version, by, "Changed", changes, clock.GetUtcNow(), ct);
    }

    public async Task<PublishOutcome> PublishAsync(Guid id, int version, Actor by, CancellationToken ct)
    {
        if (await db.ContentChanges.SingleOrDefaultAsync(one => one.Id == id, ct) is not { } change)
        {
            return PublishOutcome.Unknown;
        }

        if (change.PublicWords is null)
        {
            return PublishOutcome.NoWords;
        }

        if (change.ArchivedAt is not null)
        {
            return PublishOutcome.ChangedSince;
        }

        var now = clock.GetUtcNow();
        change.Publish(now);
        return await ShowAsync(change, version, by, "Shown on the course pages", now, ct);
    }

    public async Task<PublishOutcome> TakeOffAsync(Guid id, int version, Actor by, CancellationToken ct)
    {
        if (await db.ContentChanges.SingleOrDefaultAsync(one => one.Id == id, ct) is not { } change)
        {
            return PublishOutcome.Unknown;
        }

        change.TakeOff();
        return await ShowAsync(change, version, by, "Taken off the course pages", clock.GetUtcNow(), ct);
    }

    private async Task<PublishOutcome> ShowAsync(ContentChange change, int version, Actor by, string act, DateTimeOffset now, CancellationToken ct)
    {
        await ShownChanges.SetAsync(db, change, ct);
        return await Edit.ChangeAsync(db, change, version, by, act, [], now, ct) switch
        {
            EditOutcome.Saved => PublishOutcome.Done,
            EditOutcome.ChangedSince => PublishOutcome.ChangedSince,
            EditOutcome.Unknown => PublishOutcome.Unknown,
            EditOutcome.NameTaken => throw new InvalidOperationException("A change has no name."),
        };
    }
}
