using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>
/// Plays steps on one order and holds what the program says of its money to what each step has to do: a step that differs throws. What a
/// place is charged, what came and what went back are counted here; what is open of an invoice has to change by exactly what happened to it.
/// </summary>
internal sealed class MoneyGame(PayApp app, CancellationToken ct)
{
    private const int Price = 5500;
    private const int Dearer = 7000;
    private const int Cheaper = 4000;

    private readonly Dictionary<Guid, int> charged = [];
    private readonly Dictionary<Guid, string> issued = [];
    private readonly List<Guid> writeOffs = [];
    private Guid booking;
    private int held;

    private static Actor By(Guid staff) => new(staff, "Ann Coordinator");

    /// <param name="places">On a date so near that half stays due of what is cancelled.</param>
    /// <param name="steps"></param>
    public async Task PlayAsync(int places, IReadOnlyList<MoneyStep> steps)
    {
        var near = await app.World.RunAsync(20, TimeSpan.FromDays(11));
        var dearer = await app.World.RunAsync(20, TimeSpan.FromDays(60), feePence: Dearer);
        var cheaper = await app.World.RunAsync(20, TimeSpan.FromDays(61), feePence: Cheaper);
        booking = (await app.World.BookAsync(near, [.. Enumerable.Range(0, places).Select(_ => $"{Guid.NewGuid():N}@game.example")])).Id;
        foreach (var place in await LivePlacesAsync())
        {
            charged[place] = Price;
        }

        var staff = await app.StaffAsync();
        foreach (var step in steps)
        {
            await (step.Kind switch
            {
                MoneyStepKind.Cancel => CancelAsync(step),
                MoneyStepKind.Swap => SwapAsync(step),
                MoneyStepKind.MoveToDearer => MoveAsync(step, dearer, Dearer, staff),
                MoneyStepKind.MoveToCheaper => MoveAsync(step, cheaper, Cheaper, staff),
                MoneyStepKind.Issue => IssueAsync(),
                MoneyStepKind.PayAll => PayAsync(step, staff, open => open),
                MoneyStepKind.PayPart => PayAsync(step, staff, open => Math.Max(1, open / 3)),
                MoneyStepKind.PayMore => PayAsync(step, staff, open => open + 1234),
                MoneyStepKind.WriteOff => WriteOffAsync(step, staff),
                MoneyStepKind.TakeBackWriteOff => TakeBackAsync(step, staff),
                MoneyStepKind.Reissue => ReissueAsync(step, staff),
                MoneyStepKind.PayBack => PayBackAsync(staff),
            });
            await CheckAsync();
        }

        await IssueAsync();
        await CheckAsync();
    }

    private async Task CancelAsync(MoneyStep step)
    {
        if (Pick(await LivePlacesAsync(), step) is not { } place)
        {
            return;
        }

        var due = await app.WithAsync(async (TrainingHubDb db) => (await CancelSums.ReadAsync(
            db, await db.Bookings.SingleAsync(one => one.Id == booking, ct), [await db.Places.SingleAsync(one => one.Id == place, ct)], app.Clock.Now, ct)).DuePence);
        Assert.Equal(CancelResult.Cancelled, await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booking, place, ct, shownPence: due)));
        charged[place] = due;
    }

    private async Task SwapAsync(MoneyStep step)
    {
        if (Pick(await LivePlacesAsync(), step) is { } place)
        {
            await app.WithAsync<SwapDelegate, DelegateChangeOutcome>(swap => swap.RunAsync(booking, place, new("Somebody Else", $"{Guid.NewGuid():N}@game.example", null), ct, By(Guid.Empty)));
        }
    }

    private async Task MoveAsync(MoneyStep step, Guid to, int pence, Guid staff)
    {
        if (Pick(await LivePlacesAsync(), step) is { } place
            && await app.WithAsync<MovePaidPlace, MovePlaceResult>(move => move.RunAsync(new(booking, place, to, pence, null), By(staff), ct)) == MovePlaceResult.Moved)
        {
            charged[place] = pence;
        }
    }

    private async Task IssueAsync()
    {
        app.Clock.Advance(UndoableAct.Hold);
        await app.RunJobAsync(nameof(IssueInvoices));
        await app.RunJobAsync(nameof(IssueInvoices));
        var billed = await app.WithAsync((TrainingHubDb db) => db.BilledPlaces.Where(place => place.BookingId == booking).ToDictionaryAsync(place => place.PlaceId, place => place.BilledPence, ct));
        Assert.Equal(charged.OrderBy(place => place.Key), billed.OrderBy(place => place.Key));
    }

    private async Task PayAsync(MoneyStep step, Guid staff, Func<int, int> sum)
    {
        var before = await OpenAsync();
        if (Pick([.. before.Where(invoice => invoice.Value > 0).Select(invoice => invoice.Key)], step) is not { } invoice)
        {
            return;
        }

        var pence = sum(before[invoice]);
        var taken = new DeskPayment(DeskWay.BankTransfer, pence, London.DateOf(app.Clock.Now), null);
        Assert.Equal(RecordInvoicePaymentResult.Recorded, await app.WithAsync<RecordInvoicePayment, RecordInvoicePaymentResult>(record => record.RunAsync(invoice, before[invoice], taken, By(staff), ct)));
        held += pence;
        var after = await OpenAsync();
        Assert.Equal(Math.Max(0, before[invoice] - pence), after[invoice]);
        if (pence <= before[invoice])
        {
            Assert.Equal(before.Where(one => one.Key != invoice).OrderBy(one => one.Key), after.Where(one => one.Key != invoice).OrderBy(one => one.Key));
        }
    }

    private async Task WriteOffAsync(MoneyStep step, Guid staff)
    {
        var open = await OpenAsync();
        if (Pick([.. open.Where(invoice => invoice.Value > 0).Select(invoice => invoice.Key)], step) is { } invoice)
        {
            Assert.True(await app.WithAsync<WriteOffInvoice, bool>(write => write.RunAsync(invoice, open[invoice], "Closed down", By(staff), ct)));
            writeOffs.Add(await app.WithAsync((TrainingHubDb db) => db.WriteOffs.Where(one => one.InvoiceId == invoice && one.ReversesId == null).OrderByDescending(one => one.Id).Select(one => one.Id).FirstAsync(ct)));
            Assert.Equal(0, (await OpenAsync())[invoice]);
        }
    }

    private async Task TakeBackAsync(MoneyStep step, Guid staff)
    {
        if (Pick(writeOffs, step) is { } one)
        {
            Assert.True(await app.WithAsync<WriteOffInvoice, bool>(write => write.TakeBackAsync(one, By(staff), ct)));
            Assert.False(await app.WithAsync<WriteOffInvoice, bool>(write => write.TakeBackAsync(one, By(staff), ct)));
            writeOffs.Remove(one);
        }
    }

    private async Task ReissueAsync(MoneyStep step, Guid staff)
    {
        var before = await OpenAsync();
        if (Pick([.. before.Keys], step) is not { } invoice)
        {
            return;
        }

        var left = await app.WithAsync((TrainingHubDb db) => db.InvoiceMoney.Where(money => money.InvoiceId == invoice).Select(money => money.AmountPence - money.CreditedPence).SingleAsync(ct));
        var result = await app.WithAsync<ReissueInvoice, ReissueInvoiceResult>(
            reissue => reissue.RunAsync(invoice, left, new("Accounts Payable", "1 High Street", "accounts@game.example", "000123"), By(staff), ct));
        var after = await OpenAsync();
        if (result == ReissueInvoiceResult.Reissued)
        {
            Assert.True(after[invoice] <= 0, "What was credited in full is open.");
            Assert.Equal(before.Values.Sum(), after.Values.Sum());
        }
        else
        {
            Assert.Equal(before.OrderBy(one => one.Key), after.OrderBy(one => one.Key));
        }
    }

    private async Task PayBackAsync(Guid staff)
    {
        var left = (await app.WithAsync((TrainingHubDb db) => PayBackByHand.LeftAsync(db, booking, ct))).Sum(place => place.Pence);
        if (left > 0)
        {
            Assert.True(await app.WithAsync<PayBackByHand, bool>(back => back.RunAsync(booking, left, By(staff), ct)));
            held -= left;
        }
    }

    /// <summary>What holds after every step.</summary>
    private async Task CheckAsync()
    {
        await app.WithAsync(async (TrainingHubDb db) =>
        {
            var ledger = await db.LedgerEntries.AsNoTracking().Where(entry => entry.BookingId == booking).ToListAsync(ct);
            foreach (var (place, pence) in charged)
            {
                Assert.Equal(pence, Sum(ledger.Where(entry => entry.PlaceId == place), LedgerKind.Charge, LedgerKind.ChargeReversed));
            }

            Assert.Equal(held, Sum(ledger, LedgerKind.Payment, LedgerKind.Refund));
            var invoices = await db.Invoices.AsNoTracking().Where(invoice => invoice.BookingId == booking).ToListAsync(ct);
            var money = await db.InvoiceMoney.AsNoTracking().Where(one => one.BookingId == booking).ToDictionaryAsync(one => one.InvoiceId, ct);
            Assert.All(invoices, invoice => Assert.Equal(money[invoice.Id].OpenPence, invoice.OpenPence));

            // All of a place's money is used as far as its lines ask for something, and no line has more than it asks for.
            var lines = await db.InvoiceLineMoney.AsNoTracking().Where(line => line.BookingId == booking).ToListAsync(ct);
            Assert.All(lines, line => Assert.InRange(line.PaidPence, 0, Math.Max(0, line.NetPence - line.WrittenOffPence)));
            foreach (var place in lines.GroupBy(line => line.PlaceId))
            {
                var has = Sum(ledger.Where(entry => entry.PlaceId == place.Key), LedgerKind.Payment, LedgerKind.Refund);
                Assert.Equal(Math.Min(has, place.Sum(line => Math.Max(0, line.NetPence - line.WrittenOffPence))), place.Sum(line => line.PaidPence));
            }

            // What was issued reads as it did on its day.
            foreach (var paper in await InvoicePaper.OfBookingAsync(db, booking, ct))
            {
                var words = $"{paper.Invoice.NumberWords} {paper.Invoice.BillingName} {paper.Invoice.AmountPence}: {string.Join("; ", paper.Lines)}";
                Assert.Equal(issued.GetValueOrDefault(paper.Invoice.Id, words), words);
                issued[paper.Invoice.Id] = words;
            }
        });
    }

    private static int Sum(IEnumerable<LedgerEntry> entries, LedgerKind more, LedgerKind less) =>
        entries.Sum(entry => entry.Kind == more ? entry.AmountPence : entry.Kind == less ? -entry.AmountPence : 0);

    private Task<Dictionary<Guid, int>> OpenAsync() => app.WithAsync((TrainingHubDb db) =>
        db.Invoices.Where(invoice => invoice.BookingId == booking).OrderBy(invoice => invoice.Number).ToDictionaryAsync(invoice => invoice.Id, invoice => invoice.OpenPence, ct));

    private Task<List<Guid>> LivePlacesAsync() => app.WithAsync((TrainingHubDb db) =>
        db.LivePlaces.Where(place => place.BookingId == booking).OrderBy(place => place.Id).Select(place => place.Id).ToListAsync(ct));

    private static Guid? Pick(List<Guid> from, MoneyStep step) => from.Count == 0 ? null : from[step.Which % from.Count];
}
