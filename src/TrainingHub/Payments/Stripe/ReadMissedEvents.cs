using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

/// <summary>
/// Reads what Stripe says has happened since the last look, and acts on what its webhook never brought: a refund or a dispute that
/// nobody here asked for would otherwise never be found. The look's end is kept once all of it was acted on, so a run that dies half-way
/// is done again, and an event that was acted on is left out. It looks a day at a time, and no further back than Stripe lists.
/// </summary>
internal sealed partial class ReadMissedEvents(
    TrainingHubDb db, StripeGateway stripe, HandleStripeEvent handle, RaiseUnexplained unexplained, IOptions<StripeOptions> options,
    ILogger<ReadMissedEvents> logger) : IJob
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromDays(3);
    private static readonly TimeSpan LongestLook = TimeSpan.FromDays(1);
    private static readonly TimeSpan OldestListed = TimeSpan.FromDays(29);

    // Stripe lists an event a little after the time that it bears.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    public static TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (!options.Value.CardsOffered)
        {
            return 0;
        }

        var handled = 0;
        var now = StripeClock.Now;
        for (var from = await LookedUntilAsync(ct); from < now; from += LongestLook)
        {
            var until = from + LongestLook < now ? from + LongestLook : now;
            handled += await OneByOne.RunAsync(await MissedAsync(from - Overlap, until, ct), missed => ActAsync(missed, ct), "Stripe");
            await RememberAsync(until, ct);
        }

        return handled;
    }

    private async Task<IReadOnlyList<StripeEventBody>> MissedAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        try
        {
            var listed = await stripe.ListEventsAsync(HandleStripeEvent.Types, from, until, ct);
            var ids = listed.Select(one => one.Id).ToList();
            var known = await db.StripeEvents.Where(one => ids.Contains(one.Id)).Select(one => one.Id).ToHashSetAsync(ct);
            return [.. listed.Where(one => !known.Contains(one.Id)).Reverse()];
        }
        catch (StripeGatewayException refused) when (refused.IsKeyRefused)
        {
            throw StripeKeyRefused.Of(refused);
        }
        catch (StripeGatewayException failure) when (failure.IsSilence)
        {
            LogSilent(failure, "any");
            throw new JobWaitsException("Stripe did not answer. What it has to tell is asked for again at the next run; there is nothing to do.", handled: 0);
        }
    }

    private async Task<RowResult> ActAsync(StripeEventBody missed, CancellationToken ct)
    {
        try
        {
            var result = await handle.RunAsync(missed, ct);
            if (result == HandleEventResult.Handled)
            {
                LogMissed(missed.Id, missed.Type);
                return RowResult.Handled;
            }
        }
        catch (StripeGatewayException failure) when (failure.IsSilence || failure.IsKeyRefused)
        {
            LogSilent(failure, missed.Id);
            return RowResult.Unanswered;
        }
        catch (StripeGatewayException failure)
        {
            await RaiseAsync(missed, failure, ct);
        }

        return RowResult.NothingToDo;
    }

    private async Task RaiseAsync(StripeEventBody missed, StripeGatewayException failure, CancellationToken ct)
    {
        var about = missed.About;
        var ours = await db.Payments
            .Where(payment => about != null && (payment.CheckoutSessionId == about.Id || payment.PaymentIntentId == about.PaymentIntent))
            .Select(payment => payment.Id)
            .ToListAsync(ct);
        foreach (var payment in ours)
        {
            await unexplained.RunAsync(payment, failure, ct);
        }
    }

    private async Task<DateTimeOffset> LookedUntilAsync(CancellationToken ct)
    {
        var kept = await db.Database.SqlQuery<DateTimeOffset>($"""select looked_until as "Value" from stripe_looks""").ToListAsync(ct);
        var (since, oldest) = (kept is [var until] ? until : StripeClock.Now - FirstLook, StripeClock.Now - OldestListed);
        return since < oldest ? oldest : since;
    }

    private Task<int> RememberAsync(DateTimeOffset until, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        insert into stripe_looks (looked_until)
        values ({until})
        on conflict (only_row) do update
        set looked_until = greatest(stripe_looks.looked_until, excluded.looked_until)
        """,
        ct);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stripe event {EventId} {EventType} never came by webhook and was read from Stripe's list")]
    private partial void LogMissed(string eventId, string eventType);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stripe does not answer about event {EventId}; it is asked again")]
    private partial void LogSilent(Exception failure, string eventId);
}
