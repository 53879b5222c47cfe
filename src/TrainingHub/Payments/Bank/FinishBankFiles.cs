using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

/// <summary>
/// Goes on with files whose booking took longer than a page waits, or whose process died; and removes files that nobody agreed to in
/// their hour. Line by line: if it dies half-way the next run goes on, and a second run at once books nothing twice.
/// </summary>
internal sealed class FinishBankFiles(TrainingHubDb db, BookBankFile book, ApplyRetention retention) : IJob
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        await retention.RunAsync(nameof(FinishBankFiles), ct);
        var open = await db.BankFiles.Where(file => file.AgreedAt != null && file.BookedAt == null).OrderBy(file => file.AgreedAt).Select(file => file.Id).ToListAsync(ct);
        var count = 0;
        foreach (var file in open)
        {
            count += await book.RunAsync(file, Patience, ct);
        }

        return count;
    }
}
