using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform.Web;

namespace TrainingHub.Tests.Payments;

/// <summary>Commands of this room without their guard, for the tests that show what the guard is for.</summary>
internal static class Unguarded
{
    public static Checkouts Checkouts(IServiceProvider services) => services.GetRequiredService<Checkouts>();

    public static RecordPayment RecordPayment(IServiceProvider services) => new(
        services.GetRequiredService<TrainingHubDb>(),
        services.GetRequiredService<SettlePayment>(),
        services.GetRequiredService<ReleaseHold>(),
        services.GetRequiredService<TimeProvider>())
    {
        LockStatement = PaymentRows.LockBySession.Replace(" for update", "", StringComparison.Ordinal),
    };

    public static SwitchToInvoice SwitchToInvoice(IServiceProvider services) => new(
        services.GetRequiredService<TrainingHubDb>(),
        services.GetRequiredService<CloseCheckouts>(),
        services.GetRequiredService<ConfirmPlaces>(),
        services.GetRequiredService<TimeProvider>(),
        NullLogger<SwitchToInvoice>.Instance)
    {
        OpenAttempts = _ => _ => false,
    };

    public static IssueInvoices IssueInvoices(IServiceProvider services, string numberStatement) => new(
        services.GetRequiredService<TrainingHubDb>(),
        services.GetRequiredService<IOptions<SiteOptions>>(),
        services.GetRequiredService<TimeProvider>())
    {
        NumberStatement = numberStatement,
    };
}
