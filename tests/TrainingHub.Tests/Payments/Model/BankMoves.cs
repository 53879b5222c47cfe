using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Payments;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>What a bank's file brings, what books itself of it, and what staff book and take back. A step that differs throws.</summary>
internal sealed class BankMoves(MoneyTable table, OfficeMoves office)
{
    private readonly PayApp app = table.App;
    private readonly CancellationToken ct = table.Ct;
    private string? last;

    public async Task ExactAsync(MoneyStep step)
    {
        if (await table.OpenAsync(step) is { } invoice)
        {
            await BringAsync([invoice], invoice.OpenPence);
        }
    }

    public async Task PartAsync(MoneyStep step)
    {
        if (await table.OpenAsync(step) is { } invoice)
        {
            await BringAsync([invoice], Math.Max(1, invoice.OpenPence / 3));
        }
    }

    /// <summary>One payment for up to three invoices, of both orders, and sometimes more than they ask for.</summary>
    public async Task SeveralAsync(MoneyStep step)
    {
        var open = (await table.AskedAsync()).FindAll(invoice => invoice.OpenPence > 0);
        if (open.Count > 1)
        {
            var paid = open.Skip(step.Which % (open.Count - 1)).Take(3).ToList();
            await BringAsync(paid, paid.Sum(invoice => invoice.OpenPence) + (step.Which == 5 ? 777 : 0));
        }
    }

    public async Task AgainAsync()
    {
        if (last is null)
        {
            return;
        }

        var (lines, payments) = (await LinesAsync(), await PaymentsAsync());
        await ReadAsync(last);
        Assert.Equal(lines, await LinesAsync());
        Assert.Equal(payments, await PaymentsAsync());
    }

    public async Task TakeBackAsync(MoneyStep step)
    {
        var bookings = table.Orders.ConvertAll(order => order.Booking);
        var booked = await app.WithAsync((TrainingHubDb db) => db.Payments.AsNoTracking()
            .Where(payment => bookings.Contains(payment.BookingId) && payment.BankLineId != null
                && !db.Refunds.Any(refund => refund.PaymentId == payment.Id && refund.Reason == RefundReason.BookedWrongly))
            .OrderBy(payment => payment.CreatedAt).ThenBy(payment => payment.Id).ToListAsync(ct));
        if (MoneyTable.Pick(booked, step) is not { BankLineId: { } line } payment)
        {
            return;
        }

        var before = await LineAsync(line);
        var result = await app.WithAsync<TakeBackBankPayment, TakeBackBankPaymentResult>(back => back.RunAsync(payment.Id, table.By, ct));
        if (result == TakeBackBankPaymentResult.PartIsDecided)
        {
            return;
        }

        Assert.Equal(TakeBackBankPaymentResult.TakenBack, result);
        table.Of(payment.BookingId).ByHand -= payment.AmountPence;
        Assert.Equal(before.BookedPence - payment.AmountPence, (await LineAsync(line)).BookedPence);
    }

    private async Task BringAsync(List<Asked> invoices, int pence)
    {
        var (before, wasBehind) = (await table.AskedAsync(), table.IsBehind);
        // Letters alone, so that nothing but the numbers can be taken for one; no two lines are alike.
        var mark = string.Concat(Guid.NewGuid().ToString("N").Take(12).Select(digit => (char)('A' + Convert.ToInt32($"{digit}", 16))));
        var amount = (pence / 100m).ToString("0.00", CultureInfo.InvariantCulture);
        var day = London.DateOf(app.Clock.Now).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        last = $"{day},\"{mark} {string.Join(" ", invoices.Select(invoice => Invoice.WordsOf(invoice.Number)))}\",{amount}";
        var line = await ReadAsync(last) ?? throw new InvalidOperationException("The line is not new.");
        if (!wasBehind)
        {
            Assert.Equal(invoices.Count == 1 && invoices[0].OpenPence == pence, !line.Waits);
        }

        if (line.Waits)
        {
            await BookAsync(line, wasBehind);
        }

        var booked = await app.WithAsync((TrainingHubDb db) => db.Payments.AsNoTracking().Where(payment => payment.BankLineId == line.Id)
            .Select(payment => new { payment.BookingId, payment.AmountPence }).ToListAsync(ct));
        booked.ForEach(payment => table.Of(payment.BookingId).ByHand += payment.AmountPence);
        Assert.Equal(booked.Sum(payment => payment.AmountPence), (await LineAsync(line.Id)).BookedPence);
        if (wasBehind)
        {
            return;
        }

        Assert.Equal(pence, booked.Sum(payment => payment.AmountPence));
        if (invoices.Count == 1)
        {
            await office.ExpectPaidAsync(before, invoices[0], pence);
        }
        else
        {
            var after = await table.AskedAsync();
            Assert.All(invoices, invoice => Assert.Equal(0, after.Single(one => one.Id == invoice.Id).OpenPence));
        }
    }

    /// <summary>Staff agree to what is proposed first.</summary>
    private async Task BookAsync(BankLine line, bool wasBehind)
    {
        var match = await app.WithAsync(async (TrainingHubDb db) => (await BankMatching.ReadAsync(db, [line.Text], [line.Payer], ct)).Match(line));
        var result = await app.WithAsync<BookBankLine, BookBankLineResult>(book => book.RunAsync(line.Id, match.Proposals[0].Parts, table.By, ct));
        if (!wasBehind)
        {
            Assert.Equal(BookBankLineResult.Booked, result);
        }
    }

    /// <returns>The line that was new, as it is once all that books itself is booked.</returns>
    private async Task<BankLine?> ReadAsync(string text)
    {
        var taken = await app.WithAsync<TakeInBankFile, TakenBankFile>(take => take.RunAsync(Encoding.UTF8.GetBytes(text), "game.csv", table.By, ct));
        var file = taken.Id ?? throw new InvalidOperationException(string.Join(' ', taken.Errors));
        Assert.True(await app.WithAsync<AgreeBankFile, bool>(agree => agree.RunAsync(file, ct)));
        await app.WithAsync<BookBankFile, int>(book => book.RunAsync(file, TimeSpan.FromMinutes(1), ct));
        return await app.WithAsync((TrainingHubDb db) => db.BankLines.AsNoTracking().SingleOrDefaultAsync(line => line.FileId == file, ct));
    }

    private Task<BankLine> LineAsync(Guid id) => app.WithAsync((TrainingHubDb db) => db.BankLines.AsNoTracking().SingleAsync(line => line.Id == id, ct));

    private Task<int> LinesAsync() => app.WithAsync((TrainingHubDb db) => db.BankLines.CountAsync(ct));

    private Task<int> PaymentsAsync() => app.WithAsync((TrainingHubDb db) => db.Payments.CountAsync(ct));
}
