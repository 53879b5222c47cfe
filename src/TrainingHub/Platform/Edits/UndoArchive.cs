using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform;

/// <summary>Since when the record was archived before the act, null when it was in use; and its version after it.</summary>
internal sealed record ArchivedBefore(DateTimeOffset? ArchivedAt, int Version);

/// <summary>Undoes <see cref="ArchiveRecord"/>: archived is in use again, and the other way about. Nobody is told of either.</summary>
internal sealed class UndoArchive<T>(TrainingHubDb db, ArchivedAddress<T> page) : IUndo
    where T : class, IEdited
{
    /// <summary>As the kind is stored.</summary>
    public static string Kind => $"archive-{typeof(T).Name}";

    public string Brings(UndoableAct act) => act.What<ArchivedBefore>().ArchivedAt is null ? "It is in use again." : "It is archived again.";

    public Task LockAsync(UndoableAct act, CancellationToken ct) => Task.CompletedTask;

    public async Task<UndoRefused?> WhyNotAsync(UndoableAct act, DateTimeOffset now, CancellationToken ct)
    {
        var version = act.What<ArchivedBefore>().Version;
        return await db.Set<T>().AnyAsync(record => record.Id == act.SubjectId && record.Version == version, ct) ? null : UndoRefused.Changed("It");
    }

    // The version is the lock: of two that change it, the second changes nothing.
    public async Task<UndoRefused?> RunAsync(UndoableAct act, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        var (archivedAt, version) = act.What<ArchivedBefore>();
        var changed = await db.Set<T>().Where(record => record.Id == act.SubjectId && record.Version == version).ExecuteUpdateAsync(
            row => row
                .SetProperty(record => record.ArchivedAt, archivedAt)
                .SetProperty(record => record.Version, version + 1),
            ct);
        return changed == 1 ? null : UndoRefused.Changed("It");
    }

    public Task<string?> AddressAsync(Guid subjectId, CancellationToken ct) => page.FindAsync(db, subjectId, ct);
}

/// <summary>Where a record is shown.</summary>
internal sealed record ArchivedAddress<T>(Func<TrainingHubDb, Guid, CancellationToken, Task<string?>> FindAsync);

internal static class UndoArchiveRegistration
{
    /// <summary>Records of this type are archived and taken into use again by <see cref="ArchiveRecord"/>, which can be undone.</summary>
    public static IServiceCollection AddArchiveUndo<T>(this IServiceCollection services, StaffRight right, string list, Func<Guid, string> page)
        where T : class, IEdited =>
        services.AddArchiveUndo<T>(right, list, (_, id, _) => Task.FromResult<string?>(page(id)));

    /// <summary>The same where the page is to be looked up.</summary>
    public static IServiceCollection AddArchiveUndo<T>(
        this IServiceCollection services, StaffRight right, string list, Func<TrainingHubDb, Guid, CancellationToken, Task<string?>> find)
        where T : class, IEdited =>
        services.AddSingleton(new ArchivedAddress<T>(find)).AddUndo<UndoArchive<T>>(UndoArchive<T>.Kind, right, list);
}
