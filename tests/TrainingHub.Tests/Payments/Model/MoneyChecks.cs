using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>What holds after every step, and once all is settled.</summary>
internal sealed class MoneyChecks(MoneyTable table, CardMoves cards)
{
    private readonly Dictionary<Guid, string> issued = [];
    private readonly PayApp app = table.App;
    private readonly CancellationToken ct = table.Ct;

    public async Task CheckAsync()
    {
        var isBehind = table.IsBehind;
        foreach (var order in table.Orders)
        {
            await app.WithAsync((TrainingHubDb db) => CheckAsync(db, order, isBehind));
        }
    }

    private async Task CheckAsync(TrainingHubDb db, MoneyOrder order, bool isBehind)
    {
        var booking = await db.Bookings.AsNoTracking().SingleAsync(one => one.Id == order.Booking, ct);
        await BeCertainAsync(db, order, booking, isBehind);
        var ledger = await db.LedgerEntries.AsNoTracking().Where(entry => entry.BookingId == order.Booking).ToListAsync(ct);
        foreach (var (place, pence) in order.Charged)
        {
            var entries = ledger.FindAll(entry => entry.PlaceId == place);
            Assert.Equal(pence, entries.Sum(entry => entry.Kind == LedgerKind.Charge ? entry.AmountPence : entry.Kind == LedgerKind.ChargeReversed ? -entry.AmountPence : 0));
            Assert.True(Held(entries) >= 0, $"A place has {Held(entries)} pence.");
        }

        var byHand = await db.Payments.Where(payment => payment.BookingId == order.Booking && payment.Provider == PaymentProvider.Desk)
            .Select(payment => payment.Id).ToListAsync(ct);
        var refunds = await db.Refunds.AsNoTracking().Where(refund => byHand.Contains(refund.PaymentId)).Select(refund => refund.Id).ToListAsync(ct);
        bool IsByHand(LedgerEntry entry) => (entry.PaymentId is { } payment && byHand.Contains(payment)) || (entry.RefundId is { } refund && refunds.Contains(refund));
        Assert.Equal(order.ByHand, Held(ledger.FindAll(IsByHand)));
        if (!isBehind)
        {
            Assert.Equal(cards.HeldAtStripe(order), Held(ledger.FindAll(entry => !IsByHand(entry))));
        }

        await CheckPlacesAsync(db, order, ledger);
        await CheckInvoicesAsync(db, order, ledger);
    }

    /// <summary>What everybody reads of a place is what the ledger has, and what is on its way back.</summary>
    private async Task CheckPlacesAsync(TrainingHubDb db, MoneyOrder order, List<LedgerEntry> ledger)
    {
        var money = await db.PlaceMoney.AsNoTracking().Where(one => one.BookingId == order.Booking).ToListAsync(ct);
        var leaving = await (
            from share in db.RefundShares
            join refund in db.Refunds on share.RefundId equals refund.Id
            where (refund.State == RefundState.Due || refund.State == RefundState.Pending) && order.Charged.Keys.Contains(share.PlaceId)
            select new { share.PlaceId, share.AmountPence }).ToListAsync(ct);
        foreach (var place in money)
        {
            int Sum(LedgerKind more, LedgerKind? less = null) => ledger.Where(entry => entry.PlaceId == place.PlaceId)
                .Sum(entry => entry.Kind == more ? entry.AmountPence : entry.Kind == less ? -entry.AmountPence : 0);
            Assert.Equal(
                (order.Charged[place.PlaceId], Sum(LedgerKind.Payment), Sum(LedgerKind.Refund, LedgerKind.RefundReturned), Sum(LedgerKind.Disputed, LedgerKind.DisputeWon), Sum(LedgerKind.WriteOff, LedgerKind.WriteOffReversed)),
                (place.ChargedPence, place.PaidPence, place.RefundedPence, place.DisputedPence, place.WrittenOffPence));
            Assert.Equal(leaving.Where(share => share.PlaceId == place.PlaceId).Sum(share => share.AmountPence), place.LeavingPence);
        }

        var withBanks = await db.TakenByBanks.Where(taken => db.Payments.Any(payment => payment.Id == taken.PaymentId && payment.BookingId == order.Booking)).SumAsync(taken => taken.AmountPence, ct);
        Assert.Equal(money.Sum(place => place.DisputedPence), withBanks);
    }

    /// <summary>From the step on that made the places certain, they are charged for.</summary>
    private async Task BeCertainAsync(TrainingHubDb db, MoneyOrder order, Booking booking, bool isBehind)
    {
        if (!order.IsCertain && booking.State == BookingState.Confirmed)
        {
            Assert.True(order.MayBeCertain, "Nobody paid for these places.");
            order.IsCertain = true;
            foreach (var place in await db.LivePlaces.Where(place => place.BookingId == order.Booking).Select(place => place.Id).ToListAsync(ct))
            {
                order.Charged[place] = MoneyTable.Price;
            }
        }

        Assert.True(isBehind || order.IsCertain || !order.MayBeCertain || booking.State == BookingState.Cancelled, $"What was paid for is {booking.State}.");
    }

    private async Task CheckInvoicesAsync(TrainingHubDb db, MoneyOrder order, List<LedgerEntry> ledger)
    {
        var invoices = await db.Invoices.AsNoTracking().Where(invoice => invoice.BookingId == order.Booking).ToListAsync(ct);
        if (invoices.Count == 0)
        {
            return;
        }

        var money = await db.InvoiceMoney.AsNoTracking().Where(one => one.BookingId == order.Booking).ToDictionaryAsync(one => one.InvoiceId, ct);
        Assert.All(invoices, invoice => Assert.Equal(money[invoice.Id].OpenPence, invoice.OpenPence));

        // All of a place's money is used as far as its lines ask for something, and no line has more than it asks for.
        var lines = await db.InvoiceLineMoney.AsNoTracking().Where(line => line.BookingId == order.Booking).ToListAsync(ct);
        Assert.All(lines, line => Assert.InRange(line.PaidPence, 0, Math.Max(0, line.NetPence - line.WrittenOffPence)));
        foreach (var place in lines.GroupBy(line => line.PlaceId))
        {
            var has = Held(ledger.FindAll(entry => entry.PlaceId == place.Key));
            Assert.Equal(Math.Min(has, place.Sum(line => Math.Max(0, line.NetPence - line.WrittenOffPence))), place.Sum(line => line.PaidPence));
        }

        // What was issued reads as it did on its day.
        foreach (var paper in await InvoicePaper.OfBookingAsync(db, order.Booking, ct))
        {
            var words = $"{paper.Invoice.NumberWords} {paper.Invoice.BillingName} {paper.Invoice.AmountPence}: {string.Join("; ", paper.Lines)}";
            Assert.Equal(issued.GetValueOrDefault(paper.Invoice.Id, words), words);
            issued[paper.Invoice.Id] = words;
        }
    }

    /// <summary>
    /// Nothing waits at Stripe any more: every payment was receipted or told to be on its way back, once, and what an order has beyond
    /// what it owes is before a person.
    /// </summary>
    public async Task CheckSettledAsync()
    {
        foreach (var order in table.Orders)
        {
            var payments = (await app.PaymentsAsync(order.Booking)).FindAll(payment => payment.State == PaymentState.Paid);
            var told = (await app.EmailsAsync(order.Booking)).Count(email => email.Split(' ')[0] is "payment-received" or "payment-returned");
            Assert.Equal(payments.Count, told);
            var lines = await app.WithAsync((TrainingHubDb db) => db.InvoiceLineMoney.AsNoTracking().Where(line => line.BookingId == order.Booking).ToListAsync(ct));
            Assert.All(lines, line => Assert.InRange(line.WrittenOffPence, 0, line.NetPence));
            var places = await app.WithAsync((TrainingHubDb db) => db.PlaceMoney.AsNoTracking().Where(money => money.BookingId == order.Booking).ToListAsync(ct));
            var spare = places.Sum(money =>
                money.PaidPence - money.RefundedPence - money.LeavingPence - money.KeptPence - money.DisputedPence - Math.Max(0, money.OwedPence - money.WrittenOffPence));
            var left = (await app.WithAsync((TrainingHubDb db) => PayBackByHand.LeftAsync(db, order.Booking, ct))).Sum(place => place.Pence);
            Assert.True(spare <= left || payments.Exists(payment => payment.NeedsAttention), $"{spare} pence are left over, and nobody is asked about {spare - left} of them.");
        }
    }

    private static int Held(List<LedgerEntry> entries) =>
        entries.Where(entry => LedgerKinds.MoneyMoved.Contains(entry.Kind)).Sum(entry => LedgerKinds.MoneyLeft.Contains(entry.Kind) ? -entry.AmountPence : entry.AmountPence);
}
