using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

/// <summary>
/// Puts the lines of a file into the table, those that no file had before, in one transaction. Twice is once; two files that overlap, sent
/// at the same moment, bring each line once, for the second waits for the first at the unique key. Booking comes after:
/// <see cref="BookBankFile"/>.
/// </summary>
internal sealed class AgreeBankFile(TrainingHubDb db, TimeProvider clock)
{
    /// <returns>False when the file is gone.</returns>
    public async Task<bool> RunAsync(Guid fileId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.BankFiles.FromSql($"select * from bank_files where id = {fileId} for update").SingleOrDefaultAsync(ct) is not { } file)
        {
            return false;
        }

        if (file.AgreedAt is not null)
        {
            return true;
        }

        var credits = PreviewBankFile.CreditsOf(file);
        file.Agree(await AddAsync(file, credits, BankLineKeys.Of(credits), now, ct), now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <returns>How many were new. In the order of their keys, so that two files that overlap do not wait for each other in a circle.</returns>
    private async Task<int> AddAsync(BankFile file, IReadOnlyList<CreditLine> lines, IReadOnlyList<string> keys, DateTimeOffset now, CancellationToken ct)
    {
        Guid[] ids = [.. lines.Select(_ => Guid.CreateVersion7(now))];
        int[] rows = [.. lines.Select(line => line.Row)], pence = [.. lines.Select(line => line.Pence)];
        int?[] balances = [.. lines.Select(line => line.BalancePence)];
        DateOnly[] days = [.. lines.Select(line => line.PaidOn)];
        string[] payers = [.. lines.Select(line => Cut(line.Payer, BankLine.PayerLength))], texts = [.. lines.Select(line => Cut(line.Text, BankLine.TextLength))], all = [.. keys];
        return await db.Database.ExecuteSqlAsync(
            $"""
            insert into bank_lines (id, file_id, row_number, key, paid_on, amount_pence, payer, text, balance_pence)
            select id, {file.Id}, row_number, key, paid_on, amount_pence, payer, text, balance_pence
            from unnest({ids}, {rows}, {all}, {days}, {pence}, {payers}, {texts}, {balances})
                as line (id, row_number, key, paid_on, amount_pence, payer, text, balance_pence)
            order by key
            on conflict do nothing
            """,
            ct);
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
