using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>What is played: an order by invoice, another by card or by invoice too, and what happens to them.</summary>
/// <param name="Places">Of the first order.</param>
/// <param name="ByCard">How many places the second has that wait for a card; 0 makes it one place by invoice.</param>
/// <param name="Steps"></param>
internal sealed record MoneyPlot(int Places, int ByCard, MoneyStep[] Steps)
{
    public override string ToString() => $"{Places} places, {(ByCard == 0 ? "1 more by invoice" : $"{ByCard} by card")}: {string.Join("; ", Steps.Select(step => step.ToString()))}";
}

/// <summary>
/// Plays steps on two orders and holds what the program says of their money to what each step has to do: a step that differs throws. At
/// the end Stripe tells of all that it has not told, what runs by itself runs, and the books are audited.
/// </summary>
internal sealed class MoneyGame(PayApp app, CancellationToken ct)
{
    public async Task PlayAsync(MoneyPlot plot)
    {
        // So near that half stays due of what is cancelled.
        var near = await app.World.RunAsync(20, TimeSpan.FromDays(11));
        var dearer = await app.World.RunAsync(20, TimeSpan.FromDays(60), feePence: MoneyTable.Dearer);
        var cheaper = await app.World.RunAsync(20, TimeSpan.FromDays(61), feePence: MoneyTable.Cheaper);
        var table = new MoneyTable(app, await app.ActorAsync(), ct);
        await InvoicedAsync(table, near, plot.Places);
        // So that the second order's places come second.
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        if (plot.ByCard > 0)
        {
            await table.SitAsync(await app.HeldAsync(near, plot.ByCard));
        }
        else
        {
            await InvoicedAsync(table, near, 1);
        }

        var office = new OfficeMoves(table, dearer, cheaper);
        var cards = new CardMoves(table);
        var bank = new BankMoves(table, office);
        var checks = new MoneyChecks(table, cards);
        await checks.CheckAsync();
        foreach (var step in plot.Steps)
        {
            await DoAsync(step, office, cards, bank);
            if (!step.IsLate)
            {
                await table.HearAsync(step.Which);
            }

            await checks.CheckAsync();
        }

        await SettleAsync(table, office, cards, checks);
    }

    private async Task InvoicedAsync(MoneyTable table, Guid run, int places)
    {
        var order = await table.SitAsync((await app.World.BookAsync(run, [.. Enumerable.Range(0, places).Select(_ => $"{Guid.NewGuid():N}@game.example")])).Id);
        order.MayBeCertain = true;
    }

    private Task DoAsync(MoneyStep step, OfficeMoves office, CardMoves cards, BankMoves bank) => step.Kind switch
    {
        MoneyStepKind.Cancel => office.CancelAsync(step),
        MoneyStepKind.Swap => office.SwapAsync(step),
        MoneyStepKind.MoveToDearer => office.MoveToDearerAsync(step),
        MoneyStepKind.MoveToCheaper => office.MoveToCheaperAsync(step),
        MoneyStepKind.Issue => office.IssueAsync(),
        MoneyStepKind.PayAll => office.PayAsync(step, open => open),
        MoneyStepKind.PayPart => office.PayAsync(step, open => Math.Max(1, open / 3)),
        MoneyStepKind.PayMore => office.PayAsync(step, open => open + 1234),
        MoneyStepKind.WriteOff => office.WriteOffAsync(step),
        MoneyStepKind.TakeBackWriteOff => office.TakeBackWriteOffAsync(step),
        MoneyStepKind.Reissue => office.ReissueAsync(step),
        MoneyStepKind.PayBack => office.PayBackAsync(),
        MoneyStepKind.OpenCheckout => cards.OpenCheckoutAsync(step),
        MoneyStepKind.PayByCard => cards.PayByCardAsync(step),
        MoneyStepKind.PayAtDesk => cards.PayAtDeskAsync(step),
        MoneyStepKind.SwitchToInvoice => cards.SwitchToInvoiceAsync(step),
        MoneyStepKind.Lapse => cards.LapseAsync(),
        MoneyStepKind.RefundLeftOver => cards.RefundLeftOverAsync(step),
        MoneyStepKind.KeepLeftOver => cards.KeepLeftOverAsync(step),
        MoneyStepKind.SendRefunds => cards.SendRefundsAsync(step),
        MoneyStepKind.RefundInDashboard => cards.RefundInDashboardAsync(step),
        MoneyStepKind.EndRefund => Now(() => cards.EndRefund(step)),
        MoneyStepKind.OpenDispute => Now(() => cards.OpenDispute(step)),
        MoneyStepKind.CloseDispute => Now(() => cards.CloseDispute(step)),
        MoneyStepKind.BankExact => bank.ExactAsync(step),
        MoneyStepKind.BankPart => bank.PartAsync(step),
        MoneyStepKind.BankSeveral => bank.SeveralAsync(step),
        MoneyStepKind.BankAgain => bank.AgainAsync(),
        MoneyStepKind.BankTakeBack => bank.TakeBackAsync(step),
        MoneyStepKind.Jobs => RunJobsAsync(),
        MoneyStepKind.NextDay => NextDayAsync(),
    };

    private static Task Now(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    private async Task RunJobsAsync()
    {
        await app.RunJobAsync(nameof(ReleaseUnpaidHolds));
        await app.RunJobAsync(nameof(RefundCancelledPlaces));
        await app.RunJobAsync(nameof(FlagCancelledPayments));
    }

    private Task NextDayAsync()
    {
        app.Clock.Advance(TimeSpan.FromDays(1));
        return RunJobsAsync();
    }

    private async Task SettleAsync(MoneyTable table, OfficeMoves office, CardMoves cards, MoneyChecks checks)
    {
        await table.HearAsync(0);
        cards.EndAllRefunds();
        await table.HearAsync(1);
        await cards.LapseAsync();
        for (var round = 0; round < 3; round++)
        {
            await RunJobsAsync();
            await app.RunJobAsync(nameof(SendRefunds));
            await table.HearAsync(0);
        }

        await office.IssueAsync();
        await checks.CheckAsync();
        await checks.CheckSettledAsync();
        await app.AuditAsync();
    }
}
