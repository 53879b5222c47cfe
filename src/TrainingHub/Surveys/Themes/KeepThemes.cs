using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

internal enum ThemeResult
{
    Saved,
    NameTaken,

    /// <summary>Somebody else changed it since the page was opened.</summary>
    ChangedSince,
}

/// <summary>Adds, changes, archives and restores the themes of the code frame, each with its line in history.</summary>
internal sealed class KeepThemes(TrainingHubDb db, TimeProvider clock)
{
    public async Task<ThemeResult> SaveAsync(Guid id, int version, string name, string description, Actor by, CancellationToken ct)
    {
        var known = await db.CommentThemes.SingleOrDefaultAsync(theme => theme.Id == id, ct);
        if (known is not null && known.Version != version)
        {
            return ThemeResult.ChangedSince;
        }

        List<HistoryChange> changes = [];
        if (known is null)
        {
            db.Add(new CommentTheme { Id = id, Name = name, Description = description });
            changes = [new("Name", null, name), new("Description", null, description)];
        }
        else
        {
            changes.AddRange(known.Name == name ? [] : [new("Name", known.Name, name)]);
            changes.AddRange(known.Description == description ? [] : [new("Description", known.Description, description)]);
            (known.Name, known.Description) = (name, description);
            known.Next();
        }

        if (changes.Count > 0)
        {
            HistoryEntry.Add<CommentTheme>(db, id, by, known is null ? "Added" : "Changed", changes, clock.GetUtcNow());
        }

        try
        {
            await db.SaveChangesAsync(ct);
            return ThemeResult.Saved;
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { ConstraintName: "ux_comment_themes_name" })
        {
            return ThemeResult.NameTaken;
        }
        catch (DbUpdateConcurrencyException)
        {
            return ThemeResult.ChangedSince;
        }
    }

    /// <returns>False when it is so already, or there is no such theme.</returns>
    public async Task<bool> ArchiveAsync(Guid id, bool isArchived, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await db.CommentThemes.SingleOrDefaultAsync(theme => theme.Id == id, ct) is not { } theme || (theme.ArchivedAt is not null) == isArchived)
        {
            return false;
        }

        theme.ArchivedAt = isArchived ? now : null;
        theme.Next();
        HistoryEntry.Add<CommentTheme>(db, id, by, isArchived ? "Archived" : "Restored", [], now);
        await db.SaveChangesAsync(ct);
        return true;
    }
}
