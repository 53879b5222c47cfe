using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>Adds training that somebody asks for, or changes what is said of it. What an organisation asked for waits for staff no more once it is saved.</summary>
internal sealed class SaveNeed(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="id">The form's own: sent twice, it is added once.</param>
    /// <param name="facts"></param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> AddAsync(Guid id, NeedFacts facts, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var need = new TrainingNeed
        {
            Id = id,
            What = facts.What,
            ThemeId = facts.ThemeId,
            CourseId = facts.CourseId,
            State = facts.State!.Value,
            Because = facts.Because,
            IsListed = facts.IsListed == true,
            PublicWords = facts.PublicWords,
            AddedAt = now,
        };
        return await Edit.AddAsync(db, need, by, facts.ChangesFrom(new NeedFacts(), await LearningNames.ReadAsync(db, ct), isNew: true), now, ct);
    }

    public async Task<EditOutcome> ChangeAsync(Guid id, int version, NeedFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.TrainingNeeds.SingleOrDefaultAsync(one => one.Id == id, ct) is not { } need)
        {
            return EditOutcome.Unknown;
        }

        var changes = facts.ChangesFrom(NeedFacts.Of(need), await LearningNames.ReadAsync(db, ct), isNew: false);
        if (changes.Count == 0 && !need.AwaitsStaff)
        {
            return EditOutcome.Saved;
        }

        db.Entry(need).CurrentValues.SetValues(
            new { facts.What, facts.ThemeId, facts.CourseId, State = facts.State!.Value, facts.Because, IsListed = facts.IsListed == true, facts.PublicWords, AwaitsStaff = false });
        return await Edit.ChangeAsync(db, need, version, by, changes.Count == 0 ? "Looked at" : "Changed", changes, clock.GetUtcNow(), ct);
    }
}
