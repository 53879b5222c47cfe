using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>
/// What bookers and staff do about places and invoices. A step that differs from what it has to do throws: what is open of an invoice
/// has to change by exactly what happened to it.
/// </summary>
internal sealed class OfficeMoves(MoneyTable table, Guid dearer, Guid cheaper)
{
    private readonly PayApp app = table.App;
    private readonly CancellationToken ct = table.Ct;

    public async Task CancelAsync(MoneyStep step)
    {
        if (await table.PlaceAsync(step) is not var (order, place))
        {
            return;
        }

        var due = await app.WithAsync(async (TrainingHubDb db) => (await CancelSums.ReadAsync(
            db, await db.Bookings.SingleAsync(one => one.Id == order.Booking, ct), [await db.Places.SingleAsync(one => one.Id == place, ct)], app.Clock.Now, ct)).DuePence);
        var result = await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(order.Booking, place, ct, shownPence: due));
        if (result == CancelResult.RunStarted)
        {
            return;
        }

        Assert.Equal(CancelResult.Cancelled, result);
        order.Charged[place] = due;
    }

    public async Task SwapAsync(MoneyStep step)
    {
        if (await table.PlaceAsync(step) is var (order, place))
        {
            await app.WithAsync<SwapDelegate, DelegateChangeOutcome>(swap => swap.RunAsync(
                order.Booking, place, new("Somebody Else", $"{Guid.NewGuid():N}@game.example", null), ct, table.By with { Id = Guid.Empty }));
        }
    }

    public Task MoveToDearerAsync(MoneyStep step) => MoveAsync(step, dearer, MoneyTable.Dearer);

    public Task MoveToCheaperAsync(MoneyStep step) => MoveAsync(step, cheaper, MoneyTable.Cheaper);

    private async Task MoveAsync(MoneyStep step, Guid to, int pence)
    {
        if (await table.PlaceAsync(step) is var (order, place)
            && await app.WithAsync<MovePaidPlace, MovePlaceResult>(move => move.RunAsync(new(order.Booking, place, to, pence, null), table.By, ct)) == MovePlaceResult.Moved)
        {
            order.Charged[place] = pence;
        }
    }

    /// <summary>Invoices less credit notes then ask for what is charged, place by place.</summary>
    public async Task IssueAsync()
    {
        app.Clock.Advance(UndoableAct.Hold);
        await app.RunJobAsync(nameof(IssueInvoices));
        await app.RunJobAsync(nameof(IssueInvoices));
        foreach (var order in table.Orders)
        {
            var billed = await app.WithAsync((TrainingHubDb db) => db.BilledPlaces.Where(place => place.BookingId == order.Booking)
                .ToDictionaryAsync(place => place.PlaceId, place => place.BilledPence, ct));
            Assert.All(billed, place => Assert.Equal(order.Charged[place.Key], place.Value));
            Assert.Contains(billed.Count, (int[])[0, order.Charged.Count]);
        }
    }

    public async Task PayAsync(MoneyStep step, Func<int, int> sum)
    {
        if (await table.OpenAsync(step) is not { } invoice)
        {
            return;
        }

        var (before, wasBehind, pence) = (await table.AskedAsync(), table.IsBehind, sum(invoice.OpenPence));
        var taken = new DeskPayment(DeskWay.BankTransfer, pence, London.DateOf(app.Clock.Now), null);
        var result = await app.WithAsync<RecordInvoicePayment, RecordInvoicePaymentResult>(record => record.RunAsync(invoice.Id, invoice.OpenPence, taken, table.By, ct));
        if (wasBehind && result == RecordInvoicePaymentResult.Changed)
        {
            return;
        }

        Assert.Equal(RecordInvoicePaymentResult.Recorded, result);
        invoice.Order.ByHand += pence;
        if (!wasBehind)
        {
            await ExpectPaidAsync(before, invoice, pence);
        }
    }

    /// <summary>So much less is open of the invoice, and of no other unless more came than it asked for.</summary>
    public async Task ExpectPaidAsync(List<Asked> before, Asked invoice, int pence)
    {
        var after = (await table.AskedAsync()).ToDictionary(one => one.Id, one => one.OpenPence);
        Assert.Equal(Math.Max(0, invoice.OpenPence - pence), after[invoice.Id]);
        Assert.All(
            before.Where(one => one.Id != invoice.Id && (pence <= invoice.OpenPence || one.Order != invoice.Order)),
            one => Assert.Equal(one.OpenPence, after[one.Id]));
    }

    public async Task WriteOffAsync(MoneyStep step)
    {
        if (await table.OpenAsync(step) is { } invoice)
        {
            Assert.True(await app.WithAsync<WriteOffInvoice, bool>(write => write.RunAsync(invoice.Id, invoice.OpenPence, "Closed down", table.By, ct)));
            Assert.Equal(0, (await table.AskedAsync()).Single(one => one.Id == invoice.Id).OpenPence);
        }
    }

    public async Task TakeBackWriteOffAsync(MoneyStep step)
    {
        var invoices = (await table.AskedAsync()).ConvertAll(invoice => invoice.Id);
        var standing = await app.WithAsync((TrainingHubDb db) => db.WriteOffs
            .Where(one => invoices.Contains(one.InvoiceId) && one.ReversesId == null && !db.WriteOffs.Any(back => back.ReversesId == one.Id))
            .OrderBy(one => one.CreatedAt).ThenBy(one => one.Id).Select(one => one.Id).ToListAsync(ct));
        if (standing.Count > 0)
        {
            var one = MoneyTable.Pick(standing, step);
            Assert.True(await app.WithAsync<WriteOffInvoice, bool>(write => write.TakeBackAsync(one, table.By, ct)));
            Assert.False(await app.WithAsync<WriteOffInvoice, bool>(write => write.TakeBackAsync(one, table.By, ct)));
        }
    }

    public async Task ReissueAsync(MoneyStep step)
    {
        var before = await table.AskedAsync();
        if (MoneyTable.Pick(before, step) is not { } invoice)
        {
            return;
        }

        var left = await app.WithAsync((TrainingHubDb db) => db.InvoiceMoney.Where(money => money.InvoiceId == invoice.Id).Select(money => money.AmountPence - money.CreditedPence).SingleAsync(ct));
        var result = await app.WithAsync<ReissueInvoice, ReissueInvoiceResult>(
            reissue => reissue.RunAsync(invoice.Id, left, new("Accounts Payable", "1 High Street", "accounts@game.example", "000123"), table.By, ct));
        var after = await table.AskedAsync();
        if (result == ReissueInvoiceResult.Reissued)
        {
            Assert.True(after.Single(one => one.Id == invoice.Id).OpenPence <= 0, "What was credited in full is open.");
            Assert.Equal(before.Sum(one => one.OpenPence), after.Sum(one => one.OpenPence));
        }
        else
        {
            Assert.Equal(before, after);
        }
    }

    public async Task PayBackAsync()
    {
        foreach (var order in table.Orders)
        {
            var left = (await app.WithAsync((TrainingHubDb db) => PayBackByHand.LeftAsync(db, order.Booking, ct))).Sum(place => place.Pence);
            if (left > 0)
            {
                Assert.True(await app.WithAsync<PayBackByHand, bool>(back => back.RunAsync(order.Booking, left, table.By, ct)));
                order.ByHand -= left;
                Assert.False(await app.WithAsync<PayBackByHand, bool>(back => back.RunAsync(order.Booking, left, table.By, ct)));
            }
        }
    }
}
