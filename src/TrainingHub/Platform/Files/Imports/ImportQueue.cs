using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TrainingHub.Platform.Files;

/// <summary>Puts files in line for the background: to be checked, and once agreed to, to be imported. Its database notifies those who wait.</summary>
internal sealed class ImportQueue(TrainingHubDb db, TimeProvider clock)
{
    public const string Channel = "import_uploads";

    public async Task<Guid> AddAsync(string kind, string fileName, byte[] content, Actor uploader, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var upload = new ImportUpload
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            FileName = fileName.Length <= ImportUpload.FileNameLength ? fileName : fileName[^ImportUpload.FileNameLength..],
            Content = content,
            ContentHash = SHA256.HashData(content),
            UploadedBy = uploader.Id,
            UploaderName = uploader.Name,
            UploadedAt = now,
            ExpiresAt = now + ImportUpload.Life,
        };
        db.Add(upload);
        await db.SaveChangesAsync(ct);
        await NotifyAsync(ct);
        return upload.Id;
    }

    /// <summary>Checks again: after a mapping, as another kind, or leaving out what nobody asked for. False when it is not waiting for a person.</summary>
    public async Task<bool> CheckAgainAsync(Guid id, string kind, bool isLenient, CancellationToken ct)
    {
        var count = await db.ImportUploads
            .Where(upload => upload.Id == id
                && (upload.State == ImportState.Checked || upload.State == ImportState.Interrupted || upload.State == ImportState.Failed))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(upload => upload.State, ImportState.Checking)
                    .SetProperty(upload => upload.Kind, kind)
                    .SetProperty(upload => upload.IsLenient, isLenient)
                    .SetProperty(upload => upload.Report, (string?)null)
                    .SetProperty(upload => upload.LeaseUntil, (DateTimeOffset?)null),
                ct);
        await NotifyAsync(ct);
        return count > 0;
    }

    /// <summary>Agrees to the preview. False when the same file is being imported at this moment; a second click changes nothing.</summary>
    public async Task<bool> AgreeAsync(Guid id, CancellationToken ct)
    {
        try
        {
            await db.ImportUploads.Where(upload => upload.Id == id && upload.State == ImportState.Checked).ExecuteUpdateAsync(
                set => set
                    .SetProperty(upload => upload.State, ImportState.Importing)
                    .SetProperty(upload => upload.RowsRead, 0)
                    .SetProperty(upload => upload.RowsChecked, 0)
                    .SetProperty(upload => upload.RowsWritten, 0),
                ct);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }

        await NotifyAsync(ct);
        return true;
    }

    private Task<int> NotifyAsync(CancellationToken ct) => db.Database.ExecuteSqlAsync($"select pg_notify({Channel}, '')", ct);
}
