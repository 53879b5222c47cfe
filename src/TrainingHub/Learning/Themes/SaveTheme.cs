using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>Adds a theme or renames one. Two themes never have one name, in capitals or not.</summary>
internal sealed class SaveTheme(TrainingHubDb db, TimeProvider clock)
{
    public async Task<EditOutcome> AddAsync(Guid id, ThemeFacts facts, Actor by, CancellationToken ct) => await IsTakenAsync(id, facts.Name, ct)
        ? EditOutcome.NameTaken
        : await Edit.AddAsync(db, new LearningTheme { Id = id, Name = facts.Name }, by, facts.ChangesFrom(null), clock.GetUtcNow(), ct);

    public async Task<EditOutcome> ChangeAsync(Guid id, int version, ThemeFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.LearningThemes.SingleOrDefaultAsync(theme => theme.Id == id, ct) is not { } theme)
        {
            return EditOutcome.Unknown;
        }

        var changes = facts.ChangesFrom(theme.Name);
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        if (await IsTakenAsync(id, facts.Name, ct))
        {
            return EditOutcome.NameTaken;
        }

        db.Entry(theme).CurrentValues.SetValues(new { facts.Name });
        return await Edit.ChangeAsync(db, theme, version, by, "Renamed", changes, clock.GetUtcNow(), ct);
    }

    private Task<bool> IsTakenAsync(Guid id, string name, CancellationToken ct)
    {
        var pattern = Likeness.Whole(name);
        return db.LearningThemes.AnyAsync(theme => theme.Id != id && EF.Functions.ILike(theme.Name, pattern), ct);
    }
}
