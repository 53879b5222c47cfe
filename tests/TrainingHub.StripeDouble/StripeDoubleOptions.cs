using System.Security.Cryptography;

namespace TrainingHub.StripeDouble;

/// <summary>What one double needs to know. Keys are test keys only; the double refuses a live one.</summary>
internal sealed class StripeDoubleOptions
{
    /// <summary>The API version that the schema describes; requests that name another, or none, are refused.</summary>
    public const string ApiVersion = "2026-10-28.endive";

    public required string SecretKey { get; init; }

    public required string WebhookSecret { get; init; }

    /// <summary>TCP port on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>Where events go; null sends none until <see cref="WebhookSender.SendTo"/> is called.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>Keeps everything over a restart when set.</summary>
    public string? StateFile { get; init; }

    /// <summary>How long a bank payment is under way before it succeeds or fails by itself.</summary>
    public TimeSpan BankDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Pauses before the second, third, … try to deliver an event; the last one repeats for three days.</summary>
    public IReadOnlyList<TimeSpan> WebhookRetryPauses { get; init; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60)];

    /// <summary>Real time unless a test says otherwise; never the demo's shifted clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>A double on a free port with keys of its own that nobody else knows.</summary>
    public static StripeDoubleOptions WithNewKeys() => new()
    {
        SecretKey = "sk_test_" + RandomNumberGenerator.GetHexString(24, lowercase: true),
        WebhookSecret = "whsec_" + RandomNumberGenerator.GetHexString(32, lowercase: true),
        WebhookRetryPauses = [TimeSpan.FromMilliseconds(50)],
    };

    public void Validate()
    {
        if (!SecretKey.StartsWith("sk_test_", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The double takes only a key that begins with sk_test_.");
        }

        if (string.IsNullOrWhiteSpace(WebhookSecret))
        {
            throw new InvalidOperationException("The double needs a webhook secret.");
        }
    }
}
