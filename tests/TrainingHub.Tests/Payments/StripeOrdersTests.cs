using Microsoft.EntityFrameworkCore;
using TrainingHub.Payments;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>
/// Five events of one payment in each of their 120 orders, each delivered one to five times over up to three days: the end is the same, our
/// ledger is Stripe's, and the booker has one receipt. A usual run takes every tenth order; TRAININGHUB_ALL_ORDERS=1 takes all.
/// </summary>
public sealed class StripeOrdersTests(PayApp app) : IClassFixture<PayApp>
{
    private static readonly int Step = Environment.GetEnvironmentVariable("TRAININGHUB_ALL_ORDERS") == "1" ? 1 : 10;

    private static readonly TimeSpan Late = TimeSpan.FromDays(3);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Scenarios => ["part refund, dispute won", "part refund, dispute lost", "refund sent back, dispute lost"];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task FiveEvents_InAnyOrderAndNumber_EndTheSame(string scenario)
    {
        var ends = new Dictionary<string, string>();
        var orders = Orders([0, 1, 2, 3, 4]).Where((_, number) => number % Step == 0).ToList();
        foreach (var (number, order) in orders.Index())
        {
            var (booking, events) = await HappenAsync(scenario);
            var random = new Random(number);
            var deliveries = Deliveries(order, random);
            foreach (var happened in deliveries.Select(which => events[which]))
            {
                // Stripe tries for three days.
                app.Clock.Advance(Late * random.NextDouble() / deliveries.Count);
                await app.Stripe.Webhooks.SendAsync(happened, Ct);
            }

            ends.TryAdd(await EndAsync(booking), string.Join(' ', order));
        }

        Assert.Equal(120 / Step, orders.Count);
        var end = Assert.Single(ends).Key;
        Assert.Contains("receipts 1", end, StringComparison.Ordinal);
        await app.CheckAsync();
    }

    /// <summary>Each event in its turn, and up to four times more at any time after.</summary>
    private static List<int> Deliveries(IReadOnlyList<int> order, Random random)
    {
        var deliveries = order.ToList();
        foreach (var again in order.SelectMany(one => Enumerable.Repeat(one, random.Next(5))))
        {
            deliveries.Insert(random.Next(deliveries.IndexOf(again) + 1, deliveries.Count + 1), again);
        }

        return deliveries;
    }

    private static IEnumerable<IReadOnlyList<int>> Orders(IReadOnlyList<int> left) =>
        left.Count == 0 ? [[]] : left.SelectMany(first => Orders([.. left.Where(one => one != first)]).Select(rest => (IReadOnlyList<int>)[first, .. rest]));

    /// <summary>All that the scenario says, at Stripe alone, and the five events of it.</summary>
    private async Task<(Guid Booking, IReadOnlyList<string> Events)> HappenAsync(string scenario)
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        var intent = (string)app.Stripe.All("checkout.session").Single(one => (string?)one["id"] == checkout)["payment_intent"]!;
        app.Stripe.KeepRefundsPending();
        var refund = app.Stripe.RefundInDashboard(intent, 3000);
        app.Stripe.KeepRefundsPending(pending: false);
        app.Stripe.SettleRefund(refund, succeeds: scenario != "refund sent back, dispute lost");
        var dispute = app.Stripe.Dispute(intent);
        app.Stripe.CloseDispute(dispute, isWon: scenario == "part refund, dispute won");
        IReadOnlyList<string> events = [.. app.EventsOf(checkout), .. app.EventsOf(refund), .. app.EventsOf(dispute)];
        Assert.Equal(5, events.Count);
        return (booking, events);
    }

    /// <summary>What is left of it here, in words that do not name the booking.</summary>
    private async Task<string> EndAsync(Guid booking)
    {
        var payment = await app.PaymentAsync(booking);
        var refunds = string.Join(' ', (await app.RefundsAsync(booking)).Select(refund => $"{refund.State} {refund.AmountPence}"));
        var disputes = await app.WithAsync((TrainingHubDb db) => db.Disputes.AsNoTracking().Where(one => one.PaymentId == payment.Id).ToListAsync(Ct));
        var ledger = await app.WithAsync((TrainingHubDb db) => db.LedgerEntries
            .Where(entry => entry.BookingId == booking && LedgerKinds.MoneyMoved.Contains(entry.Kind))
            .Select(entry => new { entry.Kind, entry.AmountPence }).ToListAsync(Ct));
        var sums = ledger.GroupBy(entry => entry.Kind).OrderBy(kind => kind.Key).Select(kind => $"{kind.Key} {kind.Sum(entry => entry.AmountPence)}");
        var emails = (await app.EmailsAsync(booking)).ConvertAll(email => email.Split(' ')[0]);
        return $"{(await app.BookingAsync(booking)).State}, {payment.State} {payment.Problem} {payment.NeedsAttention}, refunds {refunds}, disputes {string.Join(' ', disputes.Select(one => $"{one.State} {one.AmountPence}"))}, "
            + $"ledger {string.Join(' ', sums)}, receipts {emails.Count(email => email == "payment-received")}, "
            + $"emails {string.Join(' ', emails.Order(StringComparer.Ordinal))}";
    }
}
