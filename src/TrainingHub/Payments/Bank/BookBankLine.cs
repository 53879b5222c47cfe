using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

internal enum BookBankLineResult
{
    Booked,

    /// <summary>The line or an invoice has changed since it was shown: look again. What was booked before stays booked; a second click finds it so.</summary>
    Changed,

    /// <summary>A card payment of an invoice is open, and Stripe cannot close it just now.</summary>
    Unavailable,
}

/// <summary>
/// Pays invoices with what is left of a bank line, each by <see cref="RecordInvoicePayment"/> in a transaction of its own: if one cannot be
/// paid, those before it are, and the rest of the line waits on. The table counts what is booked of the line and refuses more than it
/// was, so that two at once, or twice, cannot book it twice.
/// </summary>
internal sealed class BookBankLine(TrainingHubDb db, RecordInvoicePayment record, TimeProvider clock)
{
    private static readonly string[] Guards = ["ck_bank_lines_booked", "ck_bank_lines_waits"];

    /// <param name="lineId"></param>
    /// <param name="parts">Each with the open sum that was shown; together no more than is left of the line.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<BookBankLineResult> RunAsync(Guid lineId, IReadOnlyList<BankPart> parts, Actor by, CancellationToken ct)
    {
        var line = await db.BankLines.AsNoTracking().SingleOrDefaultAsync(one => one.Id == lineId, ct);
        if (line is not { Waits: true } || parts.Count == 0 || parts.Any(part => part.Pence <= 0) || parts.Sum(part => (long)part.Pence) > line.LeftPence)
        {
            return BookBankLineResult.Changed;
        }

        foreach (var part in parts)
        {
            if (await BookAsync(line, part, by, ct) is not BookBankLineResult.Booked and var failed)
            {
                return failed;
            }

            await BankPayer.RememberAsync(db, line.Payer, part.Invoice.BookingId, London.DateOf(clock.GetUtcNow()), ct);
        }

        return BookBankLineResult.Booked;
    }

    private async Task<BookBankLineResult> BookAsync(BankLine line, BankPart part, Actor by, CancellationToken ct)
    {
        var said = line.Text.Length <= Payment.DeskReferenceLength ? line.Text : line.Text[..Payment.DeskReferenceLength].TrimEnd();
        var taken = new DeskPayment(DeskWay.BankTransfer, part.Pence, line.PaidOn, said) { BankLineId = line.Id };
        try
        {
            return await record.RunAsync(part.Invoice.Id, part.Invoice.OpenPence, taken, by, ct) switch
            {
                RecordInvoicePaymentResult.Recorded => BookBankLineResult.Booked,
                RecordInvoicePaymentResult.Changed => BookBankLineResult.Changed,
                RecordInvoicePaymentResult.Unavailable => BookBankLineResult.Unavailable,
            };
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { ConstraintName: { } guard } && Guards.Contains(guard))
        {
            return BookBankLineResult.Changed;
        }
    }
}
