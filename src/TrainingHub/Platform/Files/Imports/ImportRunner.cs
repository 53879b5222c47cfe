using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform.Files;

/// <summary>
/// Works on the files in line, one after the other: tries each out for its preview, and imports what was agreed to. The rows of a file
/// and the word that it is done are written in one transaction, so a process that dies half-way leaves nothing behind; its lease
/// lapses and the page says so. Any number of runners may work on one database.
/// </summary>
internal sealed partial class ImportRunner(
    IServiceScopeFactory scopes, IEnumerable<ImportEntry> imports, TimeProvider clock, ILogger<ImportRunner> logger)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    /// <summary>Works until nothing is in line. Returns how many files it tried.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var count = 0;
        while (await ClaimAsync(ct) is { } upload)
        {
            await WorkAsync(upload, ct);
            count++;
        }

        return count;
    }

    private async Task<ImportUpload?> ClaimAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TrainingHubDb>();
        var now = clock.GetUtcNow();
        await db.ImportUploads
            .Where(upload => (upload.State == ImportState.Checking || upload.State == ImportState.Importing) && upload.LeaseUntil <= now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(upload => upload.State, ImportState.Interrupted).SetProperty(upload => upload.LeaseUntil, (DateTimeOffset?)null), ct);
        var claimed = await db.ImportUploads.FromSql(
            $"""
            update import_uploads
            set lease_until = {now + Lease}
            where id = (
                select id
                from import_uploads
                where state in ('Checking', 'Importing')
                and lease_until is null
                order by uploaded_at, id
                limit 1
                for update skip locked
            )
            returning *
            """).AsNoTracking().ToListAsync(ct);
        return claimed.SingleOrDefault();
    }

    private async Task WorkAsync(ImportUpload upload, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var progress = new ImportProgress();
        var beats = BeatAsync(upload, progress, stop.Token);
        try
        {
            await TryAsync(upload, progress, async () =>
            {
                await stop.CancelAsync();
                await beats;
            }, ct);
        }
        catch (Exception fault)
        {
            await stop.CancelAsync();
            await beats;
            await EndAsync(upload, fault is OperationCanceledException ? ImportState.Interrupted : ImportState.Failed);
            if (fault is OperationCanceledException && ct.IsCancellationRequested)
            {
                throw;
            }

            LogFailed(fault, upload.Id, upload.Kind);
        }
    }

    /// <param name="stopBeats">Called before the row is written in the transaction, which a beat would wait for.</param>
    private async Task TryAsync(ImportUpload upload, ImportProgress progress, Func<Task> stopBeats, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TrainingHubDb>();
        var import = imports.Single(known => known.Kind.Name == upload.Kind);
        using var content = new MemoryStream(upload.Content, writable: false);
        var kind = await import.ReadKindAsync(scope.ServiceProvider, ct);
        var table = await scope.ServiceProvider.GetRequiredService<ReadImportFile>().RunAsync(kind, content, upload.IsLenient, progress, ct);
        var isReal = upload.State == ImportState.Importing;
        ImportReport report;
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            var outcome = await import.RunAsync(scope.ServiceProvider, table, new ImportRun(!isReal, progress, upload.Uploader, upload.FileName), ct);
            report = new ImportReport(table.Reading, outcome).ToShow();
            await stopBeats();
            if (isReal && !outcome.IsRefused)
            {
                await DoneAsync(db, upload, report.Done(), progress, ct);
                await transaction.CommitAsync(ct);
                return;
            }
        }

        await CheckedAsync(db, upload, report, progress, ct);
    }

    private async Task DoneAsync(TrainingHubDb db, ImportUpload upload, ImportReport report, ImportProgress progress, CancellationToken ct)
    {
        var (now, json) = (clock.GetUtcNow(), JsonSerializer.Serialize(report));
        var expires = now + ImportUpload.LifeWhenDone;
        var count = await Mine(db, upload).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, ImportState.Done)
                .SetProperty(row => row.Content, Array.Empty<byte>())
                .SetProperty(row => row.Report, json)
                .SetProperty(row => row.RowsRead, progress.Read)
                .SetProperty(row => row.RowsChecked, progress.Checked)
                .SetProperty(row => row.RowsWritten, progress.Written)
                .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
                .SetProperty(row => row.FinishedAt, now)
                .SetProperty(row => row.ExpiresAt, expires),
            ct);
        if (count == 0)
        {
            throw new InvalidOperationException("The lease lapsed; the import is taken back.");
        }
    }

    private static async Task CheckedAsync(TrainingHubDb db, ImportUpload upload, ImportReport report, ImportProgress progress, CancellationToken ct)
    {
        var json = JsonSerializer.Serialize(report);
        await Mine(db, upload).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, ImportState.Checked)
                .SetProperty(row => row.Report, json)
                .SetProperty(row => row.RowsRead, progress.Read)
                .SetProperty(row => row.RowsChecked, progress.Checked)
                .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
            ct);
    }

    // Without the caller's token: that it was cut off is recorded too.
    private async Task EndAsync(ImportUpload upload, ImportState state)
    {
        await using var scope = scopes.CreateAsyncScope();
        await Mine(scope.ServiceProvider.GetRequiredService<TrainingHubDb>(), upload).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, state).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null));
    }

    /// <summary>Says how far it has come and renews the lease, until told to stop.</summary>
    private async Task BeatAsync(ImportUpload upload, ImportProgress progress, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Beat, stop);
                await using var scope = scopes.CreateAsyncScope();
                var lease = clock.GetUtcNow() + Lease;
                await Mine(scope.ServiceProvider.GetRequiredService<TrainingHubDb>(), upload).ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.RowsRead, progress.Read)
                        .SetProperty(row => row.RowsChecked, progress.Checked)
                        .SetProperty(row => row.RowsWritten, progress.Written)
                        .SetProperty(row => row.LeaseUntil, lease),
                    stop);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
        catch (Exception fault)
        {
            // The page shows less; when the database is really gone, the work itself ends.
            LogNoBeat(fault, upload.Id);
        }
    }

    /// <summary>The row, as long as this claim on it holds.</summary>
    private static IQueryable<ImportUpload> Mine(TrainingHubDb db, ImportUpload upload) =>
        db.ImportUploads.Where(row => row.Id == upload.Id && row.State == upload.State && row.LeaseUntil != null);

    [LoggerMessage(Level = LogLevel.Error, Message = "Import {Id} ({Kind}) met an unexpected fault; nothing was written")]
    private partial void LogFailed(Exception fault, Guid id, string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Import {Id} cannot say how far it has come")]
    private partial void LogNoBeat(Exception fault, Guid id);
}
