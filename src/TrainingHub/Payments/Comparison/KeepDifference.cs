using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>
/// Keeps what differs from Stripe: one row for each of Stripe's objects, whoever finds it and how often. What somebody has explained is open
/// again only with other sums.
/// </summary>
internal sealed class KeepDifference(TrainingHubDb db, TimeProvider clock)
{
    /// <summary>Opens it, or closes it when both say the same.</summary>
    /// <returns>True when it is a difference that was not known.</returns>
    public async Task<bool> RunAsync(DifferenceKind kind, string stripeId, Guid? paymentId, MoneySum? ours, MoneySum? theirs, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (ours == theirs)
        {
            await db.MoneyDifferences.Where(one => one.StripeId == stripeId && one.ClosedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.ClosedAt, now), ct);
            return false;
        }

        return await db.Database.ExecuteSqlAsync(
            $"""
            insert into money_differences as known (id, kind, stripe_id, payment_id, our_amount, our_currency, their_amount, their_currency, found_at)
            values ({Guid.CreateVersion7(now)}, {kind.ToString()}, {stripeId}, {paymentId}, {ours?.Amount}, {ours?.Currency}, {theirs?.Amount}, {theirs?.Currency}, {now})
            on conflict (stripe_id) do update
            set payment_id = excluded.payment_id, our_amount = excluded.our_amount, our_currency = excluded.our_currency,
                their_amount = excluded.their_amount, their_currency = excluded.their_currency,
                found_at = excluded.found_at, closed_at = null, closed_by_id = null
            where (known.our_amount, known.our_currency, known.their_amount, known.their_currency)
                is distinct from (excluded.our_amount, excluded.our_currency, excluded.their_amount, excluded.their_currency)
              or (known.closed_at is not null and known.closed_by_id is null)
            """,
            ct) == 1;
    }

    /// <summary>Staff know why, and say it; history keeps their words.</summary>
    /// <param name="id"></param>
    /// <param name="shown">Our sum and Stripe's as the page showed them.</param>
    /// <param name="note"></param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    /// <returns>False when it was closed before, or has other sums by now.</returns>
    public async Task<bool> ExplainAsync(Guid id, (MoneySum? Ours, MoneySum? Theirs) shown, string note, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ((ourAmount, ourCurrency), (theirAmount, theirCurrency)) = (PartsOf(shown.Ours), PartsOf(shown.Theirs));
        var closed = await db.MoneyDifferences
            .Where(one => one.Id == id && one.ClosedAt == null && one.OurAmount == ourAmount && one.OurCurrency == ourCurrency
                && one.TheirAmount == theirAmount && one.TheirCurrency == theirCurrency)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.ClosedAt, now).SetProperty(one => one.ClosedById, by.Id), ct);
        if (closed == 0)
        {
            return false;
        }

        HistoryEntry.Add<MoneyDifference>(db, id, by, "Explained", [new("Recorded here and in Stripe", DifferenceWords.Sum(shown.Ours), DifferenceWords.Sum(shown.Theirs))], now, note);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static (int?, string?) PartsOf(MoneySum? sum) => (sum?.Amount, sum?.Currency);
}
