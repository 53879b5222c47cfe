using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrainingHub.Payments;
using Xunit;

namespace TrainingHub.Tests.Payments;

public sealed class StripeOptionsTests
{
    private static StripeOptions Bound(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(one => "Stripe:" + one.Name, one => (string?)one.Value)).Build();
        var services = new ServiceCollection();
        services.AddPayments(configuration);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<StripeOptions>>().Value;
    }

    [Fact]
    public void StripeOptions_NothingSet_StartsWithoutCards() => Assert.False(Bound().CardsOffered);

    [Fact]
    public void StripeOptions_BlankKeyAndWebhookSecret_StartsWithoutCards() =>
        Assert.False(Bound(("SecretKey", "  "), ("WebhookSecret", "whsec_1")).CardsOffered);

    [Fact]
    public void StripeOptions_LiveKeyOnStripe_OffersCards()
    {
        var options = Bound(("SecretKey", "sk_live_1"), ("WebhookSecret", "whsec_1"));

        Assert.True(options is { CardsOffered: true, IsLive: true } && options.ApiBase == StripeOptions.StripeApi);
    }

    [Fact]
    public void StripeOptions_TestKeyOnThisMachine_OffersCards()
    {
        var options = Bound(("SecretKey", "sk_test_1"), ("WebhookSecret", "whsec_1"), ("ApiBase", "http://127.0.0.1:5081/"), ("CheckoutOrigin", "http://127.0.0.1:5081"));

        Assert.True(options is { CardsOffered: true, IsLive: false });
    }

    [Theory]
    [InlineData("pk_test_1", "whsec_1", "https://api.stripe.com/", "https://checkout.stripe.com", "SecretKey")]
    [InlineData("sk_test_1", "", "https://api.stripe.com/", "https://checkout.stripe.com", "WebhookSecret")]
    [InlineData("sk_test_1", "  ", "https://api.stripe.com/", "https://checkout.stripe.com", "WebhookSecret")]
    [InlineData("sk_live_1", "whsec_1", "http://127.0.0.1:5081/", "https://checkout.stripe.com", "ApiBase")]
    [InlineData("rk_live_1", "whsec_1", "https://stripe.example/", "https://checkout.stripe.com", "ApiBase")]
    [InlineData("sk_test_1", "whsec_1", "http://stripe.example/", "https://checkout.stripe.com", "ApiBase")]
    [InlineData("sk_test_1", "whsec_1", "http://127.0.0.1:5081/base", "https://checkout.stripe.com", "ApiBase")]
    [InlineData("sk_test_1", "whsec_1", "https://api.stripe.com/", "https://checkout.stripe.com/pay", "CheckoutOrigin")]
    [InlineData("sk_live_1", "whsec_1", "https://api.stripe.com/", "http://127.0.0.1:5081", "CheckoutOrigin")]
    public void StripeOptions_UnsafeSettings_RefuseToStartNamingTheSetting(string key, string secret, string apiBase, string origin, string named)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() =>
            Bound(("SecretKey", key), ("WebhookSecret", secret), ("ApiBase", apiBase), ("CheckoutOrigin", origin)));

        var fault = Assert.Single(refusal.Failures);
        Assert.StartsWith("Stripe:" + named, fault, StringComparison.Ordinal);
        Assert.DoesNotContain(key, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void StripeOptions_CallLongerThanTenSeconds_RefusesToStart() =>
        Assert.Throws<OptionsValidationException>(() => Bound(("SecretKey", "sk_test_1"), ("WebhookSecret", "whsec_1"), ("CallTimeout", "00:00:11")));
}
