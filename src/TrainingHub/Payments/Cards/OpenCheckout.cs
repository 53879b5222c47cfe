namespace TrainingHub.Payments;

/// <summary>An attempt that is stored, and what is asked of Stripe for it.</summary>
/// <param name="Payment"></param>
/// <param name="Wanted"></param>
/// <param name="IsRight">Whether it is still for what is to be paid now; one that is not is closed.</param>
internal sealed record CheckoutAttempt(Payment Payment, NewCheckoutSession Wanted, bool IsRight);

/// <summary>
/// Opens the checkout of an attempt, or finds the open one again. The attempt is committed before Stripe is asked, with everything that
/// makes a repeat equal; nobody is sent to a checkout that is not stored. Throws <see cref="StripeGatewayException"/>. Never call it inside
/// a transaction.
/// </summary>
internal sealed class OpenCheckout(TrainingHubDb db, StripeGateway stripe, Checkouts checkouts, RecordPayment record)
{
    /// <returns>Where to pay; null when this attempt is over and what is to be paid has to be looked at again.</returns>
    public async Task<Uri?> RunAsync(CheckoutAttempt attempt, CancellationToken ct)
    {
        var (payment, wanted, isRight) = attempt;
        if (payment.CheckoutSessionId is null)
        {
            return isRight ? await OpenAsync(payment, wanted, ct) : await DropAsync(payment, ct);
        }

        var seen = isRight
            ? await checkouts.SeeAsync(payment.CheckoutSessionId, ct)
            : await checkouts.CloseAsync(payment, payment.CheckoutSessionId, ct);
        if (seen.IsOpen)
        {
            return seen.Session.Url;
        }

        await record.RunAsync(seen, heard: null, ct);
        return null;
    }

    private async Task<Uri?> OpenAsync(Payment payment, NewCheckoutSession wanted, CancellationToken ct)
    {
        if (payment.CheckoutExpiresAt <= StripeClock.Now)
        {
            return await DropAsync(payment, ct);
        }

        try
        {
            var session = await CreateAsync(wanted, payment.IdempotencyKey, ct);
            return await PaymentRows.StoreCheckoutAsync(db, payment.Id, session, ct) ? session.Url : null;
        }
        catch (StripeGatewayException stale) when (stale.Param == "expires_at" || stale.Type == "idempotency_error")
        {
            // Too late to repeat it, or the course was renamed meanwhile: nobody was sent to what the first call may have opened.
            return await DropAsync(payment, ct);
        }
    }

    /// <summary>An address that Stripe does not take costs the buyer only that Stripe asks for one.</summary>
    private async Task<StripeSession> CreateAsync(NewCheckoutSession wanted, string key, CancellationToken ct)
    {
        try
        {
            return await stripe.CreateCheckoutSessionAsync(wanted, key, ct);
        }
        catch (StripeGatewayException refused) when (refused.Param == "customer_email" && wanted.CustomerEmail is not null)
        {
            return await stripe.CreateCheckoutSessionAsync(wanted with { CustomerEmail = null }, key + "-no-address", ct);
        }
    }

    private async Task<Uri?> DropAsync(Payment payment, CancellationToken ct)
    {
        await PaymentRows.DropUnopenedAsync(db, payment.Id, ct);
        return null;
    }
}
