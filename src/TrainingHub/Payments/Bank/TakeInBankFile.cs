using System.Security.Cryptography;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Payments;

/// <summary>What became of a file that staff brought: kept for its preview, or what is wrong with it.</summary>
internal sealed record TakenBankFile(Guid? Id, IReadOnlyList<FileError> Errors);

/// <summary>Keeps a bank's file for its preview, an hour at most. None of its lines is in the table yet; one that cannot be read is not kept.</summary>
internal sealed class TakeInBankFile(TrainingHubDb db, TimeProvider clock)
{
    private const string NothingCame = "No money came in by this file: it has only money that left, or days that are still to come.";

    /// <param name="content">At most <see cref="FileContent.MaxBytes"/>.</param>
    /// <param name="fileName">Without folders.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<TakenBankFile> RunAsync(byte[] content, string fileName, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var read = ReadBankFile.Read(content, London.DateOf(now));
        if (read.Errors.Count > 0)
        {
            return new(null, read.Errors);
        }

        if (read.Credits.Count == 0)
        {
            return new(null, [new FileError(0, "", NothingCame)]);
        }

        var file = BankFile.Of(read, content, SHA256.HashData(content), fileName, by, now);
        db.Add(file);
        await db.SaveChangesAsync(ct);
        return new(file.Id, []);
    }
}
