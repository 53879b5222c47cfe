using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>
/// The built program hands a waiting email to a mail server over TLS. In a process of its own, because which authorities
/// a machine trusts is read once, at the start (SSL_CERT_FILE).
/// </summary>
public sealed class EncryptedDeliveryTests(EmailBench bench) : IClassFixture<EmailBench>, IDisposable
{
    private const string Password = "walnut tractor";
    private readonly PassingAuthority authority = new();
    private readonly PassingAuthority stranger = new();

    [Theory]
    [InlineData(SmtpEncryption.StartTls)]
    [InlineData(SmtpEncryption.Implicit)]
    internal async Task Email_ToAServerThatTheMachineTrusts_GoesOutEncryptedAndSignedIn(SmtpEncryption encryption)
    {
        await using var sink = Sink(encryption);
        var id = await bench.AddAsync("mia@x.example");

        await SendAsync(sink, trusted: authority);

        var sunk = Assert.Single(sink.Received);
        Assert.True(sunk.Encrypted);
        Assert.Equal(["RCPT TO:<mia@x.example>"], sunk.To);
        string[] opening = encryption == SmtpEncryption.StartTls ? ["EHLO", "STARTTLS", "EHLO"] : ["EHLO"];
        Assert.Equal(
            [.. opening, "AUTH PLAIN AGh1YgB3YWxudXQgdHJhY3Rvcg==", "MAIL", "RCPT", "DATA", "QUIT"],
            sink.Commands.Select(line => line.StartsWith("AUTH", StringComparison.Ordinal) ? line : line.Split(' ')[0]));
        Assert.Equal(EmailState.Sent, (await bench.RowAsync(id)).State);
    }

    [Fact]
    public async Task Email_WithATokenForACertificate_GoesOutEncryptedAndSignedIn()
    {
        using var app = new AppCertificate();
        await using var endpoint = await TokenEndpoint.StartAsync(authority.Issue("localhost"));
        endpoint.Certificate = app.Public;
        await using var sink = new SmtpSink
        {
            Certificate = authority.Issue("localhost"),
            TakesToken = (user, token) => user == "hub@x.example" && endpoint.Gave(token),
        };
        var id = await bench.AddAsync("mia@x.example");

        await SendAsync(
            sink, trusted: authority, secret: app.Password,
            "Email__Smtp__User", "hub@x.example",
            "Email__Smtp__OAuth__Tenant", TokenEndpoint.Tenant,
            "Email__Smtp__OAuth__ClientId", TokenEndpoint.ClientId,
            "Email__Smtp__OAuth__CertificatePath", app.Path,
            "Email__Smtp__OAuth__CertificatePassword", app.Password,
            "Email__Smtp__OAuth__Authority", endpoint.Authority);

        Assert.True(Assert.Single(sink.Received).Encrypted);
        Assert.Equal(["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"], sink.Commands.Select(line => line.Split(' ')[0]));
        Assert.Equal(EmailState.Sent, (await bench.RowAsync(id)).State);
    }

    [Fact]
    public async Task Email_ToAServerThatNobodyTrusts_IsKeptAndGoesOutOnceItIsTrusted()
    {
        await using var sink = Sink(SmtpEncryption.StartTls);
        var id = await bench.AddAsync("kai@x.example");

        await SendAsync(sink, trusted: stranger);

        Assert.Empty(sink.Received);
        Assert.Equal(["EHLO", "STARTTLS"], sink.Commands.Select(line => line.Split(' ')[0]));
        var waiting = await bench.RowAsync(id);
        Assert.Equal((EmailState.Waiting, 1), (waiting.State, waiting.AttemptCount));
        Assert.Contains("certificate", waiting.LastError, StringComparison.Ordinal);
        Assert.True(waiting.DueAt > waiting.CreatedAt);

        await bench.ExecuteAsync("update outgoing_emails set due_at = created_at where id = @id", id);
        await SendAsync(sink, trusted: authority);

        Assert.True(Assert.Single(sink.Received).Encrypted);
        Assert.Equal(EmailState.Sent, (await bench.RowAsync(id)).State);
    }

    public void Dispose()
    {
        authority.Dispose();
        stranger.Dispose();
    }

    private SmtpSink Sink(SmtpEncryption encryption) =>
        new() { Certificate = authority.Issue("localhost"), Implicit = encryption == SmtpEncryption.Implicit, OffersLogin = true };

    private Task SendAsync(SmtpSink sink, PassingAuthority trusted) =>
        SendAsync(sink, trusted, Password, "Email__Smtp__User", "hub", "Email__Smtp__Password", Password);

    private async Task SendAsync(SmtpSink sink, PassingAuthority trusted, string secret, params string[] signIn)
    {
        var file = Path.Combine(bench.DataFolder, "trusted.pem");
        await File.WriteAllTextAsync(file, trusted.Pem, TestContext.Current.CancellationToken);
        var (code, output, errors) = await BuiltProgram.RunAsync(
            $"work --once {nameof(SendEmails)}",
            [
                "SSL_CERT_FILE", file,
                "ASPNETCORE_ENVIRONMENT", "Demo",
                "ConnectionStrings__TrainingHub", bench.ConnectionString,
                "TRAININGHUB_DATA", bench.DataFolder,
                "Email__Smtp__Host", "localhost",
                "Email__Smtp__Port", $"{sink.Port}",
                "Email__Smtp__Encryption", sink.Implicit ? "Implicit" : "StartTls",
                "Email__AllowedRecipients__0", "@x.example",
                .. signIn,
            ]);
        Assert.Equal((0, "SendEmails handled 1 rows."), (code, output.Trim().Split('\n')[^1]));
        Assert.DoesNotContain(secret, output + errors, StringComparison.Ordinal);
    }
}
