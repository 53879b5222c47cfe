using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform.Web;

/// <summary>
/// A logo that staff look at before they save it, for a browser does not send a chosen file twice. It stands beside the settings under a
/// name that has no effect; the form carries its mark, so that nobody saves what somebody else chose.
/// </summary>
internal static class LogoDraft
{
    public const string Name = "Draft:Logo";

    public static async Task<LogoPicture?> ReadAsync(TrainingHubDb db, CancellationToken ct) =>
        await db.Settings.Where(one => one.Name == Name).Select(one => one.Value).SingleOrDefaultAsync(ct) is { } stored ? LogoPicture.Of(stored) : null;

    public static Task KeepAsync(TrainingHubDb db, LogoPicture logo, DateTimeOffset now, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            insert into settings (name, value, changed_at)
            values ({Name}, {logo.Stored}, {now})
            on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at
            """,
            ct);

    public static Task DropAsync(TrainingHubDb db, CancellationToken ct) => db.Settings.Where(one => one.Name == Name).ExecuteDeleteAsync(ct);
}
