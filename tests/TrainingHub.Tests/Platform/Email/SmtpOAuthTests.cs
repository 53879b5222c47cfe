using TrainingHub.Platform.Email;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>Email through a mail server that takes tokens only, from an endpoint that gives them.</summary>
public sealed class SmtpOAuthTests(EmailBench bench) : IClassFixture<EmailBench>, IAsyncLifetime
{
    private const string User = "training@partnership.example";
    private const string Secret = "made for this test";
    private readonly PassingAuthority authority = new();
    private readonly AppCertificate app = new();
    private TrustingWeb web = null!;
    private TokenEndpoint endpoint = null!;
    private SmtpSink sink = null!;
    private SmtpTokens? tokens;

    public async ValueTask InitializeAsync()
    {
        web = new TrustingWeb(authority);
        await bench.ClearAsync();
        await MailStop.EndAsync(bench.Database, Token);
        endpoint = await TokenEndpoint.StartAsync(authority.Issue("localhost"));
        endpoint.Secret = Secret;
        sink = new SmtpSink { TakesToken = (user, token) => user == User && endpoint.Gave(token) };
    }

    public async ValueTask DisposeAsync()
    {
        tokens?.Dispose();
        await sink.DisposeAsync();
        await endpoint.DisposeAsync();
        web.Dispose();
        app.Dispose();
        authority.Dispose();
    }

    [Fact]
    public async Task Emails_WithASecret_ArriveWithOneToken()
    {
        Use(WithSecret());
        var ids = await AddAsync(12);

        await bench.Sender.SendAsync(Token);
        ids.AddRange(await AddAsync(3));
        await bench.Sender.SendAsync(Token);

        Assert.All(await bench.RowsAsync(ids), row => Assert.Equal(EmailState.Sent, row.State));
        Assert.Equal((15, 1), (sink.Received.Count, endpoint.Asked));
    }

    [Fact]
    public async Task Email_WithACertificate_Arrives()
    {
        endpoint.Certificate = app.Public;
        Use(WithCertificate());
        await AddAsync(1);

        await bench.Sender.SendAsync(Token);

        Assert.Single(sink.Received);
        Assert.Null(await StopAsync());
    }

    [Fact]
    public async Task Email_WithAnotherCertificateThanTheApps_Waits()
    {
        using var other = new AppCertificate();
        endpoint.Certificate = other.Public;
        Use(WithCertificate());
        await AddAsync(1);

        await bench.Sender.SendAsync(Token);

        Assert.Empty(sink.Received);
        Assert.Contains("the certificate with which it signs in has expired or is not the app’s", (await StopAsync())!.Words, StringComparison.Ordinal);
    }

    // The token's end is kept by the library, by the machine's clock: five minutes before it, a new one is asked for.
    [Theory]
    [InlineData(290, 2)]
    [InlineData(310, 1)]
    public async Task Token_ShortlyBeforeItsEnd_IsRenewed(int seconds, int asked)
    {
        endpoint.LifetimeSeconds = seconds;
        Use(WithSecret());
        await AddAsync(1);
        await bench.Sender.SendAsync(Token);
        await AddAsync(1);

        await bench.Sender.SendAsync(Token);

        Assert.Equal((2, asked), (sink.Received.Count, endpoint.Asked));
    }

    // A permission that is given later stands in new tokens only.
    [Fact]
    public async Task Token_RefusedByTheMailServer_IsNotUsedAgain()
    {
        Use(WithSecret());
        await AddAsync(1);
        await bench.Sender.SendAsync(Token);
        endpoint.TakeBack("token-1");
        var ids = await AddAsync(2);
        await bench.Sender.SendAsync(Token);
        Assert.Contains("It refused the token: 535: 5.7.3 Authentication unsuccessful", (await StopAsync())!.Words, StringComparison.Ordinal);
        Assert.Contains("SMTP.SendAsApp", (await StopAsync())!.Words, StringComparison.Ordinal);

        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        await bench.Sender.SendAsync(Token);

        Assert.All(await bench.RowsAsync(ids), row => Assert.Equal(EmailState.Sent, row.State));
        Assert.Equal((3, 2), (sink.Received.Count, endpoint.Asked));
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "secret", "AADSTS7000215" },
        { "app", "AADSTS700016" },
        { "tenant", "AADSTS90002" },
        { "expired", "AADSTS7000222" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task Token_Refused_EmailsWaitStaffAreToldAndEachIsSentOnceAfterwards(string what, string number)
    {
        Use(With(
            tenant: what == "tenant" ? "elsewhere.example" : TokenEndpoint.Tenant,
            client: what == "app" ? "another" : TokenEndpoint.ClientId,
            secret: what == "secret" ? "mistyped" : Secret));
        endpoint.Fault = what == "expired"
            ? (401, """{"error":"invalid_client","error_description":"AADSTS7000222: The provided client secret keys for app 'x' are expired. Trace ID: 1f"}""")
            : null;
        var ids = await AddAsync(12);
        var staff = await bench.BrowseAsStaffAsync();
        var began = bench.Clock.Now;

        for (var minute = 0; minute < 10; minute++)
        {
            await bench.Sender.SendAsync(Token);
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.All(await bench.RowsAsync(ids), row => Assert.Equal(0, row.AttemptCount));
        Assert.Equal(0, sink.Connections);
        var stop = (await StopAsync())!;
        Assert.Equal(began, stop.Since);
        Assert.StartsWith($"localhost: {number}: ", stop.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Trace ID", stop.Error, StringComparison.Ordinal);
        foreach (var path in new[] { "/staff", "/staff/emails" })
        {
            Assert.Equal(2, (await staff.GetAsync(path)).Main.Split(stop.Words).Length);
        }

        // Another setting is a restart, with tokens of its own.
        endpoint.Fault = null;
        Use(WithSecret());
        for (var minute = 0; minute < 7; minute++)
        {
            await bench.Sender.SendAsync(Token);
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.All(await bench.RowsAsync(ids), row => Assert.Equal(EmailState.Sent, row.State));
        Assert.Equal(12, sink.Received.SelectMany(email => email.To).Distinct().Count());
        Assert.Equal(12, sink.Received.Count);
        Assert.Null(await StopAsync());
        Assert.DoesNotContain("The mail server does not accept", (await staff.GetAsync("/staff")).Main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, "busy")]
    [InlineData(429, "{}")]
    [InlineData(200, "<html>a proxy's page</html>")]
    public async Task Token_NotToBeHadForNow_IsTriedAgainLater(int status, string body)
    {
        endpoint.Fault = (status, body);
        Use(WithSecret());
        var id = (await AddAsync(1))[0];

        await bench.Sender.SendAsync(Token);

        var row = await bench.RowAsync(id);
        Assert.Equal((EmailState.Waiting, 1), (row.State, row.AttemptCount));
        Assert.StartsWith("localhost: ", row.LastError, StringComparison.Ordinal);
        Assert.Null(await StopAsync());
        endpoint.Fault = null;
        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        await bench.Sender.SendAsync(Token);
        Assert.Single(sink.Received);
    }

    [Fact]
    public async Task Token_EndpointSaysNothing_GivesUpInTime()
    {
        endpoint.Takes = TimeSpan.FromSeconds(20);
        Use(WithSecret(), timeoutSeconds: 1);
        var id = (await AddAsync(1))[0];

        await bench.Sender.SendAsync(Token);

        Assert.Equal("localhost: no answer in time.", (await bench.RowAsync(id)).LastError);
    }

    [Fact]
    public async Task Password_AtAServerThatTakesTokensOnly_IsSaidInWords()
    {
        Use(new SmtpOAuthOptions(), password: "invented");
        await AddAsync(1);
        var staff = await bench.BrowseAsStaffAsync();

        await bench.Sender.SendAsync(Token);

        Assert.DoesNotContain(sink.Commands, line => line.StartsWith("AUTH", StringComparison.Ordinal));
        var words = (await staff.GetAsync("/staff/emails")).Main;
        Assert.Contains(": it no longer takes a password for sending.", words, StringComparison.Ordinal);
        Assert.Contains("set Email:Smtp:OAuth in place of Email:Smtp:Password", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_AtAServerThatTakesPasswordsOnly_IsSaidInWords()
    {
        await using var old = new SmtpSink { OffersLogin = true };
        Use(WithSecret(), at: old);
        await AddAsync(1);

        await bench.Sender.SendAsync(Token);

        Assert.DoesNotContain(old.Commands, line => line.StartsWith("AUTH", StringComparison.Ordinal));
        Assert.Contains(": it does not offer the sign-in that is set.", (await StopAsync())!.Words, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<MailStop?> StopAsync() => MailStop.ReadAsync(bench.Database, Token);

    private async Task<List<Guid>> AddAsync(int count)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await bench.AddAsync($"{Guid.NewGuid():N}@x.example"));
        }

        return ids;
    }

    private SmtpOAuthOptions WithSecret() => With(TokenEndpoint.Tenant, TokenEndpoint.ClientId, Secret);

    private SmtpOAuthOptions With(string tenant, string client, string secret) =>
        new() { Tenant = tenant, ClientId = client, ClientSecret = secret, Authority = endpoint.Authority };

    private SmtpOAuthOptions WithCertificate() => new()
    {
        Tenant = TokenEndpoint.Tenant,
        ClientId = TokenEndpoint.ClientId,
        CertificatePath = app.Path,
        CertificatePassword = app.Password,
        Authority = endpoint.Authority,
    };

    /// <summary>The real transport behind the sender, with tokens that last as long as the process would.</summary>
    private void Use(SmtpOAuthOptions oauth, string password = "", int timeoutSeconds = 20, SmtpSink? at = null)
    {
        var options = new EmailOptions
        {
            From = User,
            Smtp = new SmtpOptions
            {
                Host = "127.0.0.1",
                Port = (at ?? sink).Port,
                Encryption = SmtpEncryption.None,
                User = User,
                Password = password,
                OAuth = oauth,
                TimeoutSeconds = timeoutSeconds,
            },
        };
        tokens?.Dispose();
        tokens = oauth.IsSet ? new SmtpTokens(oauth, web) : null;
        bench.Mailbox.Answer = async email =>
        {
            await using var transport = new SmtpEmailTransport(new EmailEnvelope(EmailSamples.Brand, options), options, tokens, mailsEverybody: true);
            return await transport.SendAsync(email, Token);
        };
    }
}
