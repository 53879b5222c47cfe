using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TrainingHub.Payments;

/// <summary>
/// The clock that Stripe goes by: real time, also where the demo's or a test's clock has been moved. Used for webhook signatures
/// and for <c>expires_at</c>, which Stripe compares with its own time; never for the site's own rules.
/// </summary>
internal static class StripeClock
{
    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();
}

/// <summary>Tells Stripe's webhooks from forged ones (docs.stripe.com/webhooks/signature, 2026-11).</summary>
internal static class StripeSignature
{
    /// <summary>The name of the header.</summary>
    public const string Header = "Stripe-Signature";

    private const long ToleranceSeconds = 300;

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
            return false;
        var parts = header.Split(',').Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToLookup(part => part[0].Trim(), part => part[1].Trim());
        if (!long.TryParse(parts["t"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var sent))
            return false;
        var now = realNow.ToUnixTimeSeconds();
        if (sent < now - ToleranceSeconds || sent > now + ToleranceSeconds)
            return false;

        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{parts["t"].First()}.")));
        mac.AppendData(body);
        var expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(mac.GetHashAndReset()));
        return parts["v1"].Any(given => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), expected));
    }
}
