using System.Text;
using Stripe;

namespace TrainingHub.Payments;

/// <summary>
/// The clock that Stripe goes by: real time, also where the demo's or a test's clock has been moved. Used for webhook signatures
/// and for <c>expires_at</c>, which Stripe compares with its own time; never for the site's own rules.
/// </summary>
internal static class StripeClock
{
    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();
}

/// <summary>Tells Stripe's webhooks from forged ones, by Stripe's library (docs.stripe.com/webhooks/signature, 2026-11).</summary>
internal static class StripeSignature
{
    /// <summary>The name of the header.</summary>
    public const string Header = "Stripe-Signature";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// True when one of the header's <c>v1</c> values is the HMAC-SHA256 of time and body under the secret, and the time is at most
    /// 300 seconds from <paramref name="realNow"/>. Pass <see cref="StripeClock.Now"/>, not the application's clock. A copy sent again
    /// within the tolerance is genuine too: the event's id makes it harmless.
    /// </summary>
    /// <param name="body">The raw bytes as received, before any binding.</param>
    /// <param name="header">The whole header; null or malformed is not genuine.</param>
    /// <param name="secret">The endpoint's secret; throws when blank, because then everybody could sign.</param>
    /// <param name="realNow">Real time.</param>
    public static bool IsGenuine(ReadOnlySpan<byte> body, string? header, string secret, DateTimeOffset realNow)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        if (header is null || header.Length > 4096)
        {
            return false;
        }

        try
        {
            EventUtility.ValidateSignature(Strict.GetString(body), header, secret, EventUtility.DefaultTimeTolerance, realNow.ToUnixTimeSeconds());
            return true;
        }
        catch (Exception e) when (e is StripeException or FormatException or OverflowException or DecoderFallbackException)
        {
            return false;
        }
    }
}
