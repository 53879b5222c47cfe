using Stripe;
using Stripe.Checkout;

namespace TrainingHub.Payments;

/// <summary>One of a page of Stripe's list; <c>Seen</c> is null when it says what this program does not know.</summary>
internal sealed record StripeListed<T>(string Id, T? Seen)
    where T : class;

/// <summary>Newest first. The next page begins after the last of this one.</summary>
internal sealed record StripePage<T>(IReadOnlyList<StripeListed<T>> Items, bool HasMore)
    where T : class;

/// <summary>What Stripe made between the two instants, ends included, by its own clock.</summary>
internal sealed record StripeSpan(DateTimeOffset From, DateTimeOffset Until)
{
    public DateRangeOptions Created => new() { GreaterThanOrEqual = From.UtcDateTime, LessThanOrEqual = Until.UtcDateTime };
}

/// <summary>Lists, a page for each call, so that whoever reads them can stop between two and go on later.</summary>
internal sealed partial class StripeGateway
{
    private const int PageSize = 100;

    /// <param name="span"></param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="ct"></param>
    public Task<StripePage<StripeSession>> ListCheckoutSessionsAsync(StripeSpan span, string? after, CancellationToken ct) => AskAsync(
        "GET checkout/sessions list",
        (stripe, stop) => new SessionService(stripe).ListAsync(
            new SessionListOptions { Created = span.Created, Limit = PageSize, StartingAfter = after }, cancellationToken: stop),
        page => PageOf(page, session => session.Id, StripeSession.Of), ct);

    /// <inheritdoc cref="ListCheckoutSessionsAsync"/>
    public Task<StripePage<StripeRefund>> ListRefundsAsync(StripeSpan span, string? after, CancellationToken ct) => AskAsync(
        "GET refunds list",
        (stripe, stop) => new RefundService(stripe).ListAsync(
            new RefundListOptions { Created = span.Created, Limit = PageSize, StartingAfter = after }, cancellationToken: stop),
        page => PageOf(page, refund => refund.Id, StripeRefund.Of), ct);

    /// <inheritdoc cref="ListCheckoutSessionsAsync"/>
    public Task<StripePage<StripeDispute>> ListDisputesAsync(StripeSpan span, string? after, CancellationToken ct) => AskAsync(
        "GET disputes list",
        (stripe, stop) => new DisputeService(stripe).ListAsync(
            new DisputeListOptions { Created = span.Created, Limit = PageSize, StartingAfter = after }, cancellationToken: stop),
        page => PageOf(page, dispute => dispute.Id, StripeDispute.Of), ct);

    private static StripePage<T> PageOf<TEntity, T>(StripeList<TEntity> page, Func<TEntity, string> idOf, Func<TEntity, T> read)
        where T : class =>
        new([.. page.Data.Select(one => new StripeListed<T>(Checked(idOf(one)), ReadOrNull(one, read)))], page is { HasMore: true, Data.Count: > 0 });

    /// <summary>One that cannot be read holds up none of the others of its page.</summary>
    private static T? ReadOrNull<TEntity, T>(TEntity one, Func<TEntity, T> read)
        where T : class
    {
        try
        {
            return read(one);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }
}
