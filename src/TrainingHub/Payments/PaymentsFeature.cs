using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Payments.Pages;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

internal static class PaymentsFeature
{
    public static void AddPayments(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStripe(configuration);
        services.AddOptions<InvoiceOptions>().Bind(configuration.GetSection(InvoiceOptions.Section));
        services.AddOptions<CardPaymentOptions>().Configure<IOptions<StripeOptions>>((cards, stripe) => cards.AreOffered = stripe.Value.CardsOffered);
        services.AddScoped<Checkouts>().AddScoped<PaymentMail>().AddScoped<CloseTrouble>().AddScoped<SettlePayment>();
        services.AddScoped<StartPayment>().AddScoped<SwitchToInvoice>().AddScoped<CloseCheckouts>().AddScoped<RecordPayment>().AddScoped<RecordRefund>().AddScoped<DecidePayment>();
        services.AddScoped<HandleStripeEvent>().AddScoped<StripeWebhook>().AddScoped<PrivateBooking>();
        services.AddJob<ReconcilePayments>();
        services.AddJob<ReleaseUnpaidHolds>();
        services.AddJob<SendRefunds>();
        services.AddJob<FlagCancelledPayments>();
        services.AddJob<IssueInvoices>();
    }

    public static void MapPayments(this WebApplication app) =>
        app.MapPost(PaymentUrls.Webhook, StripeWebhook.HandleAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();

    /// <summary>The way to Stripe alone, with its settings checked at start.</summary>
    public static void AddStripe(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<StripeOptions>, StripeOptionsCheck>();
        services.AddOptions<StripeOptions>().Bind(configuration.GetSection("Stripe")).ValidateOnStart();
        services.AddHttpClient<StripeConnection>(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(StripeConnection.NewHandler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddTransient<StripeClient>();
    }
}
