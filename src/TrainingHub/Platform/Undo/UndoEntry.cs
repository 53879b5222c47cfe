namespace TrainingHub.Platform;

/// <summary>How acts of one kind are undone. Each method joins the caller's transaction, if there is one.</summary>
internal interface IUndo
{
    /// <summary>What it brings back, as a sentence: "The venue is offered for new dates again."</summary>
    string Brings(UndoableAct act);

    /// <summary>Locks what the act changed, in the order in which everything else does.</summary>
    Task LockAsync(UndoableAct act, CancellationToken ct);

    /// <summary>Whether all is still as the act left it. True until the commit when called under the locks; for pages also without.</summary>
    /// <returns>Null when it can be undone, as far as can be seen.</returns>
    Task<UndoRefused?> WhyNotAsync(UndoableAct act, DateTimeOffset now, CancellationToken ct);

    /// <summary>Brings it back, under the locks and after <see cref="WhyNotAsync"/> has allowed it.</summary>
    /// <returns>Null when it is done; otherwise the caller rolls back.</returns>
    Task<UndoRefused?> RunAsync(UndoableAct act, Actor by, DateTimeOffset now, CancellationToken ct);

    /// <summary>The page of the record; null when it is gone.</summary>
    Task<string?> AddressAsync(Guid subjectId, CancellationToken ct);
}

/// <summary>A kind of act that can be undone.</summary>
/// <param name="Kind">As it is stored.</param>
/// <param name="Right">Whoever may do the act may undo it, also that of a colleague.</param>
/// <param name="List">Where several of them were done together.</param>
/// <param name="Find">What undoes it.</param>
/// <param name="IsOfOneRecord">False when history has acts on many records under one, so that a later one says nothing.</param>
internal sealed record UndoEntry(string Kind, StaffRight Right, string List, Func<IServiceProvider, IUndo> Find, bool IsOfOneRecord = true);

internal static class UndoRegistration
{
    public static IServiceCollection AddUndo<T>(this IServiceCollection services, string kind, StaffRight right, string list, bool isOfOneRecord = true)
        where T : class, IUndo =>
        services.AddScoped<T>().AddSingleton(new UndoEntry(kind, right, list, provider => provider.GetRequiredService<T>(), isOfOneRecord));
}
