using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

/// <summary>
/// Once a night compares what Stripe has of the last days with what is recorded here, to the penny: checkouts, refunds and disputes. How far it
/// has come is kept after each page, so what dies or gets no answer half-way goes on from there at the next run, and a second run of the night
/// finds it done. See decision 118 for what it does not compare.
/// </summary>
internal sealed partial class CompareWithStripe(
    TrainingHubDb db, OurBooks our, TheirBooks their, CompareMoney compare, RaiseUnexplained unexplained, IOptions<StripeOptions> options, TimeProvider clock,
    ILogger<CompareWithStripe> logger) : IJob
{
    /// <summary>In London. Cards are paid by day, and what banks do in the evening is in Stripe by then.</summary>
    private const int FromHour = 2;

    private static readonly TimeSpan PaymentsBack = TimeSpan.FromDays(3);

    /// <summary>A bank may send a refund back for 30 days (docs.stripe.com/refunds, 2026-11).</summary>
    private static readonly TimeSpan OthersBack = TimeSpan.FromDays(35);

    /// <summary>A checkout is open for a day at most.</summary>
    private static readonly TimeSpan LongestCheckout = TimeSpan.FromDays(1);

    private readonly RowFailures failures = new();
    private readonly HashSet<string> failed = [];
    private int tried, takenIn, takenInKept, different;

    public static TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (!options.Value.CardsOffered || await DueAsync(ct) is not { } comparison)
        {
            return 0;
        }

        try
        {
            foreach (var step in Enum.GetValues<CompareStep>().Where(step => step >= comparison.Step))
            {
                await ListsAsync(comparison, step, step == comparison.Step ? comparison.After : null, ct);
                await OursAsync(comparison, step, ct);
            }
        }
        catch (StripeGatewayException refused) when (refused.IsKeyRefused)
        {
            throw StripeKeyRefused.Of(refused);
        }
        catch (StripeGatewayException failure) when (failure.IsSilence)
        {
            LogSilent(failure);
            await KeepTakenInAsync(comparison, ct);
            throw new JobWaitsException("Stripe did not answer. The comparison goes on from where it stopped at the next run; there is nothing to do.", takenIn + different);
        }

        await FinishAsync(comparison, ct);
        failures.ThrowIfAny(tried);
        return takenIn + different;
    }

    /// <summary>The one that was not finished, or this night's.</summary>
    private async Task<StripeComparison?> DueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = London.DateOf(now);
        var all = db.StripeComparisons.AsNoTracking();
        if (await all.Where(one => one.FinishedAt == null).OrderBy(one => one.Day).FirstOrDefaultAsync(ct) is { } unfinished)
        {
            return unfinished;
        }

        var last = await all.OrderByDescending(one => one.Day).FirstOrDefaultAsync(ct);
        if (London.At(now).Hour < FromHour || last?.Day >= today)
        {
            return null;
        }

        var until = StripeClock.Now;
        var (paymentsBack, othersBack) = (until - PaymentsBack, until - OthersBack);
        var since = (last?.Until ?? othersBack) - LongestCheckout;
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into stripe_comparisons (day, payments_from, others_from, until, step, started_at)
            values ({today}, {(since < paymentsBack ? since : paymentsBack)}, {(since < othersBack ? since : othersBack)}, {until}, {nameof(CompareStep.Payments)}, {now})
            on conflict do nothing
            """,
            ct);
        return await all.SingleAsync(one => one.Day == today, ct);
    }

    private async Task ListsAsync(StripeComparison comparison, CompareStep step, string? after, CancellationToken ct)
    {
        var hasMore = true;
        while (hasMore)
        {
            var page = await their.PageAsync(comparison, step, after, ct);
            var ours = await our.FindAsync(step, [.. page.Items.Select(one => one.Id)], ct);
            foreach (var one in page.Items)
            {
                await TryAsync(one.Id, ours.GetValueOrDefault(one.Id)?.PaymentId, () => compare.RunAsync(step, one, ours.GetValueOrDefault(one.Id), ct), ct);
            }

            (after, hasMore) = (page.Items is [.., var last] ? last.Id : after, page.HasMore);
            await RememberAsync(comparison, step, after, ct);
        }
    }

    private async Task OursAsync(StripeComparison comparison, CompareStep step, CancellationToken ct)
    {
        while (await our.NotComparedAsync(comparison, step, failed, ct) is { Count: > 0 } left)
        {
            foreach (var id in left)
            {
                await TryAsync(id, paymentId: null, () => compare.AloneAsync(step, id, ct), ct);
                // Whatever came of it, it was looked at; one that Stripe cannot explain is before staff.
                await our.MarkAsync(step, id, clock.GetUtcNow(), ct);
            }

            await KeepTakenInAsync(comparison, ct);
        }
    }

    /// <summary>One that fails holds up none of the others; without an answer of Stripe's all wait.</summary>
    private async Task TryAsync(string id, Guid? paymentId, Func<Task<Compared>> act, CancellationToken ct)
    {
        tried++;
        try
        {
            var compared = await act();
            takenIn += compared.IsTakenIn ? 1 : 0;
            different += compared.IsDifferent ? 1 : 0;
        }
        catch (StripeGatewayException failure) when (!failure.IsSilence && !failure.IsKeyRefused)
        {
            LogUnexplained(failure, id);
            if (paymentId is { } payment)
            {
                await unexplained.RunAsync(payment, failure, ct);
            }
        }
        catch (Exception failure) when (failure is not StripeGatewayException && RowFailures.IsOfOneRow(failure))
        {
            db.ChangeTracker.Clear();
            failures.Add(failure);
            failed.Add(id);
        }
    }

    private async Task RememberAsync(StripeComparison comparison, CompareStep step, string? after, CancellationToken ct)
    {
        await db.StripeComparisons.Where(one => one.Day == comparison.Day && one.FinishedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Step, step).SetProperty(one => one.After, after), ct);
        await KeepTakenInAsync(comparison, ct);
    }

    private async Task KeepTakenInAsync(StripeComparison comparison, CancellationToken ct)
    {
        var more = takenIn - takenInKept;
        await db.StripeComparisons.Where(one => one.Day == comparison.Day)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.TakenIn, one => one.TakenIn + more), ct);
        takenInKept = takenIn;
    }

    /// <summary>Counts what was looked at since the beginning; money of other currencies is compared, and in no sum.</summary>
    private async Task FinishAsync(StripeComparison comparison, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var since = comparison.StartedAt;
        var payments = db.Payments.Where(one => one.Provider == PaymentProvider.Stripe && one.State == PaymentState.Paid && one.CheckedAt >= since && one.CheckoutSessionId != null);
        var refunds = db.Refunds.Where(one => one.StripeRefundId != null && one.CheckedAt >= since);
        var inPounds = db.Payments.Where(one => one.ReceivedCurrency == "gbp");
        var (count, received) = (await payments.CountAsync(ct), await payments.Where(one => one.ReceivedCurrency == "gbp").SumAsync(one => (long)(one.ReceivedAmount ?? 0), ct));
        var (back, refunded) = (
            await refunds.CountAsync(ct),
            await refunds.Where(one => !RefundStates.NothingLeaves.Contains(one.State) && inPounds.Any(payment => payment.Id == one.PaymentId)).SumAsync(one => (long)one.AmountPence, ct));
        var disputes = await db.Disputes.CountAsync(one => one.CheckedAt >= since, ct);
        await db.StripeComparisons.Where(one => one.Day == comparison.Day && one.FinishedAt == null).ExecuteUpdateAsync(
            set => set
                .SetProperty(one => one.Payments, count).SetProperty(one => one.ReceivedPence, received)
                .SetProperty(one => one.Refunds, back).SetProperty(one => one.RefundedPence, refunded)
                .SetProperty(one => one.Disputes, disputes).SetProperty(one => one.FinishedAt, now),
            ct);
        LogCompared(count, back, disputes, takenIn, different);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Compared with Stripe: {Payments} payments, {Refunds} refunds and {Disputes} disputes; {TakenIn} taken in, {Different} differ")]
    private partial void LogCompared(int payments, int refunds, int disputes, int takenIn, int different);

    [LoggerMessage(Level = LogLevel.Error, Message = "Stripe cannot explain {StripeId}, which it listed")]
    private partial void LogUnexplained(Exception failure, string stripeId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stripe does not answer; the comparison goes on later")]
    private partial void LogSilent(Exception failure);
}
