using Microsoft.Extensions.Options;

namespace TrainingHub.Payments;

internal static class PaymentsFeature
{
    public static void AddPayments(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<StripeOptions>, StripeOptionsCheck>();
        services.AddOptions<StripeOptions>().Bind(configuration.GetSection("Stripe")).ValidateOnStart();
        services.AddHttpClient<StripeConnection>(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(StripeConnection.NewHandler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddTransient<StripeClient>();
    }
}
