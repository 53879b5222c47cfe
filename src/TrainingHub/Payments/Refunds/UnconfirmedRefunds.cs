namespace TrainingHub.Payments;

/// <summary>
/// Refunds through Stripe that have waited for so long that a person should look: an hour for Stripe to take one, and a day for it to be made. A
/// card is refunded at once; a bank may take days, and staff are then asked about it.
/// </summary>
internal static class UnconfirmedRefunds
{
    public static readonly TimeSpan ToBeTaken = TimeSpan.FromHours(1);
    public static readonly TimeSpan ToBeMade = TimeSpan.FromHours(24);

    public static IQueryable<Refund> Of(TrainingHubDb db, DateTimeOffset now)
    {
        var (dueSince, pendingSince) = (now - ToBeTaken, now - ToBeMade);
        return UnderWay(db).Where(refund => (refund.State == RefundState.Due && (refund.HeldUntil ?? refund.CreatedAt) <= dueSince)
            || (refund.State == RefundState.Pending && refund.CreatedAt <= pendingSince));
    }

    /// <summary>Those that were asked for and of which nobody knows yet whether they are made.</summary>
    public static IQueryable<Refund> UnderWay(TrainingHubDb db) =>
        db.Refunds.Where(refund => refund.State == RefundState.Due || refund.State == RefundState.Pending);
}
