using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace TrainingHub.Platform.Data;

/// <summary>
/// The transaction of a command that may be called by another: begun here when there is none, else the caller's, which the caller
/// alone commits. Disposed uncommitted, its own is rolled back.
/// </summary>
internal sealed class JoinedTransaction : IAsyncDisposable
{
    private readonly IDbContextTransaction? own;

    private JoinedTransaction(IDbContextTransaction? own) => this.own = own;

    public static async Task<JoinedTransaction> BeginAsync(DatabaseFacade database, CancellationToken ct) =>
        new(database.CurrentTransaction is null ? await database.BeginTransactionAsync(ct) : null);

    public Task CommitAsync(CancellationToken ct) => own?.CommitAsync(ct) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
