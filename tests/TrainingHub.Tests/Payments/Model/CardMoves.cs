using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>What payers, their banks and staff do with cards. A step that differs from what it has to do throws.</summary>
internal sealed class CardMoves(MoneyTable table)
{
    private readonly PayApp app = table.App;
    private readonly CancellationToken ct = table.Ct;

    private MoneyOrder? Held(MoneyStep step) => MoneyTable.Pick(table.Orders.FindAll(order => !order.IsCertain), step);

    /// <summary>A checkout of a held order, or over all that is open of an invoice.</summary>
    public async Task OpenCheckoutAsync(MoneyStep step)
    {
        if (step.Which % 2 == 0 && Held(step) is { } order)
        {
            await app.StartAsync(order.Booking);
            return;
        }

        if (await table.OpenAsync(step) is not { } invoice)
        {
            return;
        }

        var wasBehind = table.IsBehind;
        var outcome = await app.WithAsync<StartInvoicePayment, StartPaymentOutcome>(start => start.RunAsync(invoice.Id, ct));
        if (!wasBehind)
        {
            Assert.Equal(StartPaymentResult.Pay, outcome.Result);
            Assert.Equal(invoice.OpenPence, Pence(Checkouts(invoice.Order).Single(one => (string?)one["id"] == outcome.Url!.Segments[^1]), "amount_total"));
        }
    }

    /// <summary>Somebody pays at Stripe's page, that is open or that they open for it.</summary>
    public async Task PayByCardAsync(MoneyStep step)
    {
        if (!table.Orders.Exists(order => Checkouts(order).Exists(IsOpen)))
        {
            await OpenCheckoutAsync(step);
        }

        if (MoneyTable.Pick(table.Orders.FindAll(order => Checkouts(order).Exists(IsOpen)), step) is { } order)
        {
            Assert.Single(Checkouts(order), IsOpen);
            app.Stripe.Pay((string)Checkouts(order).Single(IsOpen)["id"]!);
            order.MayBeCertain = true;
        }
    }

    public async Task PayAtDeskAsync(MoneyStep step)
    {
        if (Held(step) is not { } order)
        {
            return;
        }

        var due = MoneyTable.Price * await app.WithAsync((TrainingHubDb db) => db.LivePlaces.CountAsync(place => place.BookingId == order.Booking, ct));
        var taken = new DeskPayment(DeskWay.Cash, due, London.DateOf(app.Clock.Now), null);
        if (await app.WithAsync<RecordDeskPayment, RecordDeskPaymentResult>(record => record.RunAsync(order.Booking, taken, table.By, ct)) == RecordDeskPaymentResult.Recorded)
        {
            order.MayBeCertain = true;
            order.ByHand += due;
        }
    }

    public async Task SwitchToInvoiceAsync(MoneyStep step)
    {
        if (Held(step) is { } order
            && await app.WithAsync<SwitchToInvoice, SwitchToInvoiceResult>(to => to.RunAsync(order.Booking, "finance@game.example", null, ct)) == SwitchToInvoiceResult.Switched)
        {
            order.MayBeCertain = true;
        }
    }

    public async Task LapseAsync()
    {
        app.Clock.Advance(TimeSpan.FromMinutes(40));
        await app.RunJobAsync(nameof(ReleaseUnpaidHolds));
    }

    public async Task RefundLeftOverAsync(MoneyStep step)
    {
        if (await LeftOverAsync(step) is not var (payment, pence))
        {
            return;
        }

        var isWithBank = await app.WithAsync((TrainingHubDb db) => db.TakenByBanks.AnyAsync(taken => taken.PaymentId == payment, ct));
        var result = await app.WithAsync<DecidePayment, DecidePaymentResult>(decide => decide.RefundAsync(payment, pence, table.By, ct));
        Assert.Equal(isWithBank ? DecidePaymentResult.Disputed : DecidePaymentResult.Done, result);
        Assert.Equal(isWithBank, await LeftOfAsync(payment) == pence);
    }

    public async Task KeepLeftOverAsync(MoneyStep step)
    {
        if (await LeftOverAsync(step) is var (payment, pence))
        {
            Assert.Equal(DecidePaymentResult.Done, await app.WithAsync<DecidePayment, DecidePaymentResult>(
                decide => decide.KeepAsync(payment, pence, "Agreed with the school", table.By, ct)));
            Assert.Equal(0, await LeftOfAsync(payment));
        }
    }

    public Task SendRefundsAsync(MoneyStep step) => WithBankAsync(step, () => app.RunJobAsync(nameof(SendRefunds)));

    public Task RefundInDashboardAsync(MoneyStep step) => WithBankAsync(step, () =>
    {
        if (MoneyTable.Pick(Refundable(), step) is { } charge)
        {
            app.Stripe.RefundInDashboard((string)charge["payment_intent"]!, step.Which % 2 == 0 ? Left(charge) : Math.Max(1, Left(charge) / 3));
        }

        return Task.CompletedTask;
    });

    public void EndRefund(MoneyStep step)
    {
        if (MoneyTable.Pick(Pending(), step) is { } refund)
        {
            app.Stripe.SettleRefund((string)refund["id"]!, succeeds: step.Which % 3 != 0);
        }
    }

    public void EndAllRefunds() => Pending().ForEach(refund => app.Stripe.SettleRefund((string)refund["id"]!, succeeds: true));

    public void OpenDispute(MoneyStep step)
    {
        var disputed = Disputes().Where(IsUndecided).Select(dispute => (string)dispute["charge"]!).ToList();
        if (MoneyTable.Pick(Refundable().FindAll(charge => !disputed.Contains((string)charge["id"]!)), step) is { } charge)
        {
            app.Stripe.Dispute((string)charge["payment_intent"]!, isInquiry: step.Which % 3 == 2);
        }
    }

    /// <summary>Won, lost, or an enquiry that becomes a dispute.</summary>
    public void CloseDispute(MoneyStep step)
    {
        if (MoneyTable.Pick([.. Disputes().Where(IsUndecided)], step) is not { } dispute)
        {
            return;
        }

        if (step.Which % 3 == 1 && IsInquiry(dispute))
        {
            app.Stripe.EscalateInquiry((string)dispute["id"]!);
        }
        else
        {
            app.Stripe.CloseDispute((string)dispute["id"]!, isWon: step.Which % 2 == 0);
        }
    }

    /// <summary>What came by card by Stripe's own books, where a refund that its bank has not ended is still here. Pence.</summary>
    public int HeldAtStripe(MoneyOrder order)
    {
        var intents = Checkouts(order).Select(one => (string?)one["payment_intent"]).OfType<string>().ToList();
        return (int)app.Stripe.Ledger.Where(entry => entry.Reference == order.Reference).Sum(entry => entry.AmountPence)
            + Pending().Where(refund => intents.Contains((string)refund["payment_intent"]!)).Sum(refund => Pence(refund, "amount"));
    }

    public bool HasOpenCheckout(MoneyOrder order) => Checkouts(order).Exists(IsOpen);

    private async Task<(Guid Payment, int Pence)?> LeftOverAsync(MoneyStep step)
    {
        foreach (var payment in (await table.CardPaymentsAsync()).OrderBy(payment => (payment.Attempt + step.Which) % 5))
        {
            if (await LeftOfAsync(payment.Id) is var pence and > 0)
            {
                return (payment.Id, pence);
            }
        }

        return null;
    }

    private async Task<int> LeftOfAsync(Guid payment)
    {
        await using var scope = app.Scope();
        var db = scope.ServiceProvider.GetRequiredService<TrainingHubDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        return await scope.ServiceProvider.GetRequiredService<ResolvePaymentProblem>().LeftOverAsync(await db.Payments.SingleAsync(one => one.Id == payment, ct), ct);
    }

    /// <summary>The payer's bank says at once that it took a refund, or later.</summary>
    private async Task WithBankAsync(MoneyStep step, Func<Task> act)
    {
        app.Stripe.KeepRefundsPending(step.IsLate);
        await act();
        app.Stripe.KeepRefundsPending(pending: false);
    }

    private List<JsonObject> Checkouts(MoneyOrder order) =>
        [.. app.Stripe.All("checkout.session", one => (string?)one["client_reference_id"] == order.Reference)];

    private List<JsonObject> OfOrders(string kind)
    {
        var intents = table.Orders.SelectMany(Checkouts).Select(one => (string?)one["payment_intent"]).OfType<string>().ToHashSet();
        return [.. app.Stripe.All(kind, one => intents.Contains((string)one["payment_intent"]!))];
    }

    private List<JsonObject> Refundable() => OfOrders("charge").FindAll(charge => Left(charge) > 0 && !(bool)charge["disputed"]!);

    private List<JsonObject> Pending() => OfOrders("refund").FindAll(refund => (string?)refund["status"] == "pending");

    private List<JsonObject> Disputes() => OfOrders("dispute");

    private static int Left(JsonObject charge) => Pence(charge, "amount") - Pence(charge, "amount_refunded");

    private static int Pence(JsonObject of, string field) => int.Parse(of[field]!.ToJsonString(), CultureInfo.InvariantCulture);

    private static bool IsOpen(JsonObject checkout) => (string?)checkout["status"] == "open";

    private static bool IsInquiry(JsonObject dispute) => ((string)dispute["status"]!).StartsWith("warning_", StringComparison.Ordinal);

    private static bool IsUndecided(JsonObject dispute) => (string)dispute["status"]! is not ("won" or "lost" or "warning_closed");
}
