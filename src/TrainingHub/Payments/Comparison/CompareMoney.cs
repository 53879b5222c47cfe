using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

/// <summary>What came of comparing one sum.</summary>
/// <param name="IsTakenIn">Stripe had it, and it was not recorded here, or otherwise.</param>
/// <param name="IsDifferent">It is a difference that was not known.</param>
internal sealed record Compared(bool IsTakenIn, bool IsDifferent);

/// <summary>
/// Compares one sum of Stripe's with what is recorded here. What is not recorded, or in another state, is taken in as if an event had told of
/// it; what differs then is kept for staff. Twice is once. Throws <see cref="StripeGatewayException"/>.
/// </summary>
internal sealed partial class CompareMoney(
    TrainingHubDb db, OurBooks our, TheirBooks their, TakeInStripeObject takeIn, KeepDifference keep, RaiseUnexplained unexplained, TimeProvider clock,
    ILogger<CompareMoney> logger)
{
    /// <summary>One of Stripe's list.</summary>
    /// <param name="step"></param>
    /// <param name="listed"></param>
    /// <param name="ours">As it was read with its page.</param>
    /// <param name="ct"></param>
    public async Task<Compared> RunAsync(CompareStep step, StripeListed<TheirMoney> listed, OurMoney? ours, CancellationToken ct)
    {
        if (step == CompareStep.Payments && ours is null && listed.Seen is not { Mark: not null, Sum: not null })
        {
            return new(IsTakenIn: false, IsDifferent: false);
        }

        if (listed.Seen is not { } theirs)
        {
            // Asked again, it is as unreadable, and that is told of as of any other.
            return ours is null ? new(IsTakenIn: false, IsDifferent: false) : await AloneAsync(step, listed.Id, ct);
        }

        var taken = TakeInResult.TakenIn;
        var isTakenIn = ours?.State != theirs.State;
        if (isTakenIn)
        {
            (taken, ours) = await TakeInAsync(step, theirs, ct);
        }

        if (ours is null && taken == TakeInResult.NotOurs && theirs.Mark is null)
        {
            return new(IsTakenIn: false, IsDifferent: false);
        }

        var paymentId = ours?.PaymentId ?? await db.Payments.Where(one => one.Id == theirs.Mark).Select(one => (Guid?)one.Id).FirstOrDefaultAsync(ct);
        var isDifferent = await KeepAsync(step, theirs.Id, paymentId, ours?.Sum, theirs.Sum, ct);
        return new(isTakenIn && ours?.State == theirs.State, isDifferent);
    }

    /// <summary>One of ours that no list named.</summary>
    public async Task<Compared> AloneAsync(CompareStep step, string id, CancellationToken ct)
    {
        var ours = (await our.FindAsync(step, [id], ct)).GetValueOrDefault(id);
        try
        {
            return await their.FindAsync(step, id, ct) is { } theirs
                ? await RunAsync(step, new(id, theirs), ours, ct)
                : new(IsTakenIn: false, await KeepAsync(step, id, ours?.PaymentId, ours?.Sum, theirs: null, ct));
        }
        catch (StripeGatewayException failure) when (!failure.IsSilence && !failure.IsKeyRefused && ours is not null)
        {
            await unexplained.RunAsync(ours.PaymentId, failure, ct);
            return new(IsTakenIn: false, IsDifferent: false);
        }
    }

    private async Task<(TakeInResult, OurMoney?)> TakeInAsync(CompareStep step, TheirMoney theirs, CancellationToken ct)
    {
        var taken = await takeIn.RunAsync(new(ObjectOf(step), theirs.Id, theirs.PaymentIntent), heard: null, ct);
        db.ChangeTracker.Clear();
        return (taken, (await our.FindAsync(step, [theirs.Id], ct)).GetValueOrDefault(theirs.Id));
    }

    private async Task<bool> KeepAsync(CompareStep step, string id, Guid? paymentId, MoneySum? ours, MoneySum? theirs, CancellationToken ct)
    {
        var isNew = await keep.RunAsync(KindOf(step), id, paymentId, ours, theirs, ct);
        await our.MarkAsync(step, id, clock.GetUtcNow(), ct);
        if (isNew)
        {
            LogDiffers(step, id, ours?.Amount, theirs?.Amount);
        }

        return isNew;
    }

    private static string ObjectOf(CompareStep step) => step switch
    {
        CompareStep.Payments => "checkout.session",
        CompareStep.Refunds => "refund",
        CompareStep.Disputes => "dispute",
    };

    private static DifferenceKind KindOf(CompareStep step) => step switch
    {
        CompareStep.Payments => DifferenceKind.Payment,
        CompareStep.Refunds => DifferenceKind.Refund,
        CompareStep.Disputes => DifferenceKind.Dispute,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Step} {StripeId} differ: {OurAmount} is recorded here, and {TheirAmount} in Stripe")]
    private partial void LogDiffers(CompareStep step, string stripeId, int? ourAmount, int? theirAmount);
}
