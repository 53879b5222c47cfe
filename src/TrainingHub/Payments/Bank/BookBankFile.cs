using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

/// <summary>
/// Books of an agreed file the lines whose number and sum agree, one after the other, each in a transaction of its own, in the name of
/// who brought the file. A line that asks for a person is left to one. If it dies half-way the rest is booked by the next run, and a
/// second run at once books nothing twice.
/// </summary>
internal sealed class BookBankFile(TrainingHubDb db, BookBankLine book, TimeProvider clock)
{
    /// <param name="fileId"></param>
    /// <param name="patience">When it is over, the rest is left to <see cref="FinishBankFiles"/>.</param>
    /// <param name="ct"></param>
    /// <returns>How many lines were booked.</returns>
    public async Task<int> RunAsync(Guid fileId, TimeSpan patience, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        if (await db.BankFiles.AsNoTracking().SingleOrDefaultAsync(one => one.Id == fileId, ct) is not { AgreedAt: not null, BookedAt: null } file)
        {
            return 0;
        }

        var lines = await BankLine.Waiting(db).AsNoTracking().Where(line => line.FileId == fileId && line.BookedPence == 0)
            .OrderBy(line => line.RowNumber).ThenBy(line => line.Id).ToListAsync(ct);
        var matching = await BankMatching.ReadAsync(db, lines.Select(line => line.Text), lines.Select(line => line.Payer), ct);
        var count = 0;
        foreach (var line in lines)
        {
            if (clock.GetElapsedTime(began) > patience)
            {
                return count;
            }

            if (matching.Match(line).Certain is { } certain && await book.RunAsync(line.Id, [certain], file.Uploader, ct) == BookBankLineResult.Booked)
            {
                matching.Invoices.Book(certain);
                count++;
            }
        }

        var now = clock.GetUtcNow();
        await db.BankFiles.Where(one => one.Id == fileId && one.BookedAt == null).ExecuteUpdateAsync(set => set.SetProperty(one => one.BookedAt, now), ct);
        return count;
    }
}
