namespace TrainingHub.Payments;

/// <summary>What Stripe has, as it is compared. Throws <see cref="StripeGatewayException"/>.</summary>
internal sealed class TheirBooks(StripeGateway stripe)
{
    /// <summary>A page of what Stripe made since the comparison's beginning, newest first, after the one that it has come to.</summary>
    public async Task<StripePage<TheirMoney>> PageAsync(StripeComparison comparison, CompareStep step, string? after, CancellationToken ct) => step switch
    {
        CompareStep.Payments => Of(await stripe.ListCheckoutSessionsAsync(new(comparison.PaymentsFrom, comparison.Until), after, ct), TheirMoney.Of),
        CompareStep.Refunds => Of(await stripe.ListRefundsAsync(new(comparison.OthersFrom, comparison.Until), after, ct), TheirMoney.Of),
        CompareStep.Disputes => Of(await stripe.ListDisputesAsync(new(comparison.OthersFrom, comparison.Until), after, ct), TheirMoney.Of),
    };

    /// <returns>Null when Stripe knows of no such thing.</returns>
    public async Task<TheirMoney?> FindAsync(CompareStep step, string id, CancellationToken ct)
    {
        try
        {
            return step switch
            {
                CompareStep.Payments => TheirMoney.Of(await stripe.GetCheckoutSessionAsync(id, ct)),
                CompareStep.Refunds => TheirMoney.Of(await stripe.GetRefundAsync(id, ct)),
                CompareStep.Disputes => TheirMoney.Of(await stripe.GetDisputeAsync(id, ct)),
            };
        }
        catch (StripeGatewayException failure) when (failure.IsMissing)
        {
            return null;
        }
    }

    private static StripePage<TheirMoney> Of<T>(StripePage<T> page, Func<T, TheirMoney> read)
        where T : class =>
        new([.. page.Items.Select(one => new StripeListed<TheirMoney>(one.Id, one.Seen is { } seen ? read(seen) : null))], page.HasMore);
}
