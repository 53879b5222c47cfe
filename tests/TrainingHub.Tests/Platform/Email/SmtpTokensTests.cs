using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

public sealed class SmtpTokensTests
{
    [Fact]
    public async Task Token_AskedForByManyAtOnce_IsAskedForOnce()
    {
        using var authority = new PassingAuthority();
        using var web = new TrustingWeb(authority);
        await using var endpoint = await TokenEndpoint.StartAsync(authority.Issue("localhost"));
        (endpoint.Secret, endpoint.Takes) = ("invented", TimeSpan.FromMilliseconds(100));
        using var tokens = new SmtpTokens(
            new() { Tenant = TokenEndpoint.Tenant, ClientId = TokenEndpoint.ClientId, ClientSecret = "invented", Authority = endpoint.Authority }, web);

        var got = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => tokens.GetAsync(TestContext.Current.CancellationToken))));

        Assert.Equal(["token-1"], got.Distinct());
        Assert.Equal(1, endpoint.Asked);
    }
}
