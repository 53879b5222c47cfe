using Microsoft.Extensions.Options;

namespace TrainingHub.Payments;

/// <summary>
/// Settings under <c>Stripe</c>. Without a secret key cards are switched off and the site offers invoice and free places only.
/// </summary>
internal sealed class StripeOptions
{
    public static readonly Uri StripeApi = new("https://api.stripe.com/");

    /// <summary><c>sk_test_…</c>, <c>sk_live_…</c> or a restricted <c>rk_…</c> key.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary><c>whsec_…</c> of the webhook endpoint; required with a key.</summary>
    public string WebhookSecret { get; set; } = "";

    /// <summary>Where the API answers, with a closing slash; something else than Stripe only with a test key.</summary>
    public Uri ApiBase { get; set; } = StripeApi;

    /// <summary>The origin that the buyer is sent to, for the <c>form-action</c> of the site's content security policy.</summary>
    public Uri CheckoutOrigin { get; set; } = new("https://checkout.stripe.com");

    /// <summary>How long one try may take.</summary>
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one call may take with all its tries and pauses.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public bool CardsOffered => !string.IsNullOrWhiteSpace(SecretKey);

    /// <summary>True when real money moves. Objects whose <c>livemode</c> differs are not ours to act on.</summary>
    public bool IsLive => SecretKey.Contains("k_live_", StringComparison.Ordinal);
}

/// <summary>Refuses to start with settings that would take money wrongly or believe forged events. Never prints a secret.</summary>
internal sealed class StripeOptionsCheck : IValidateOptions<StripeOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly string[] KeyKinds = ["sk_test_", "sk_live_", "rk_test_", "rk_live_"];

    public ValidateOptionsResult Validate(string? name, StripeOptions options)
    {
        if (!options.CardsOffered)
        {
            return ValidateOptionsResult.Success;
        }

        var wrong = Faults(options).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Faults(StripeOptions options)
    {
        if (!KeyKinds.Any(kind => options.SecretKey.StartsWith(kind, StringComparison.Ordinal)))
        {
            yield return "Stripe:SecretKey must begin with sk_test_, sk_live_, rk_test_ or rk_live_.";
        }

        if (string.IsNullOrWhiteSpace(options.WebhookSecret))
        {
            yield return "Stripe:WebhookSecret must be set when Stripe:SecretKey is: events could not be told from forged ones.";
        }

        if (!IsSafe(options.ApiBase) || !options.ApiBase.AbsoluteUri.EndsWith('/'))
        {
            yield return "Stripe:ApiBase must be an https address (http only on this machine) that ends in a slash.";
        }

        if (options.IsLive && options.ApiBase != StripeOptions.StripeApi)
        {
            yield return "Stripe:ApiBase must be left out when Stripe:SecretKey is a live key.";
        }

        if (!IsSafe(options.CheckoutOrigin) || options.CheckoutOrigin.PathAndQuery != "/" || options.IsLive && options.CheckoutOrigin.Scheme != Uri.UriSchemeHttps)
        {
            yield return "Stripe:CheckoutOrigin must be an https origin without a path (http only on this machine with a test key).";
        }

        if (options.TryTimeout <= TimeSpan.Zero || options.CallTimeout < options.TryTimeout || options.CallTimeout > Longest)
        {
            yield return "Stripe:TryTimeout must be above nought and at most Stripe:CallTimeout, which is at most 10 seconds.";
        }
    }

    private static bool IsSafe(Uri uri) =>
        uri.IsAbsoluteUri && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);
}
