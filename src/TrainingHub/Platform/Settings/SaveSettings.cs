using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Data;

namespace TrainingHub.Platform;

/// <summary>A page of settings: what is saved together, and has one history.</summary>
/// <param name="Id">Under which its history is kept; never changes.</param>
/// <param name="Name">As staff read it.</param>
internal sealed record SettingGroup(Guid Id, string Name)
{
    public static readonly SettingGroup Partnership = new(new("5e771195-0000-7000-8000-000000000001"), "Partnership and contacts");
    public static readonly SettingGroup Deadlines = new(new("5e771195-0000-7000-8000-000000000002"), "Deadlines and reminders");
    public static readonly SettingGroup Look = new(new("5e771195-0000-7000-8000-000000000003"), "Colours and logo");
    public static readonly SettingGroup Urgent = new(new("5e771195-0000-7000-8000-000000000004"), "Worried about a child: whom to call");
    public static readonly SettingGroup Accounts = new(new("5e771195-0000-7000-8000-000000000006"), "Accounting codes");
    public static readonly SettingGroup Notice = new(new("5e771195-0000-7000-8000-000000000005"), "Notice on all public pages");
}

/// <summary>One setting as a form gives it.</summary>
/// <param name="Name">One of <see cref="SettingName"/>.</param>
/// <param name="What">As history calls it.</param>
/// <param name="Before">The value in force, whether settled on screen or in the configuration.</param>
/// <param name="After">What it is to be.</param>
internal sealed record SettingChange(string Name, string What, string Before, string After)
{
    /// <summary>History says these in place of the value, which is no text.</summary>
    public (string? Before, string? After)? Words { get; init; }
}

/// <summary>
/// Saves what is different on one page of settings, with its entry of history, unless somebody else saved the page since it was
/// opened. To save a page as it is for the first time counts as having looked at it, and is an entry too. This node shows
/// the new values at once, the others when the database tells them.
/// </summary>
internal sealed class SaveSettings(TrainingHubDb db, StoredSettings stored, TimeProvider clock)
{
    /// <summary>How often a page was saved: what its form carries, to be compared.</summary>
    public static Task<int> VersionAsync(TrainingHubDb db, SettingGroup group, CancellationToken ct) =>
        db.HistoryEntries.CountAsync(entry => entry.RecordId == group.Id, ct);

    /// <returns>False when somebody else saved the page since. Nothing is saved then.</returns>
    public async Task<bool> RunAsync(SettingGroup group, int version, IReadOnlyCollection<SettingChange> values, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var changes = values.Where(value => value.Before != value.After).ToList();
        await using (var transaction = await JoinedTransaction.BeginAsync(db.Database, ct))
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('settings'))", ct);
            if (await VersionAsync(db, group, ct) != version)
            {
                return false;
            }

            if (changes.Count == 0 && version > 0)
            {
                return true;
            }

            foreach (var change in changes)
            {
                await db.Database.ExecuteSqlAsync(
                    $"""
                    insert into settings (name, value, changed_at)
                    values ({change.Name}, {change.After}, {now})
                    on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at
                    """,
                    ct);
            }

            HistoryEntry.Add<Setting>(db, group.Id, by, changes.Count == 0 ? "Checked" : "Changed", [.. changes.Select(Told)], now);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }

        await stored.LoadAsync(ct);
        return true;
    }

    private static HistoryChange Told(SettingChange change) =>
        change.Words is var (before, after) ? new(change.What, before, after) : new(change.What, change.Before, change.After);
}
