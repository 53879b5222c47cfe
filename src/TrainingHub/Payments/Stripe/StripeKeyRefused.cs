using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

/// <summary>What staff read when Stripe does not take the site's key: it meets every question alike, so a job ends there.</summary>
internal static class StripeKeyRefused
{
    public static JobFailedException Of(StripeGatewayException refused) => new(
        "Stripe does not accept the site’s secret key. Until it is put right nobody can pay by card, and payments and refunds are not followed up. "
        + "Ask whoever looks after this site to check the setting Stripe:SecretKey. Nothing is lost: the job goes on by itself afterwards.",
        refused);
}
