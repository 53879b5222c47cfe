using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>A mail server that refuses this site, not a recipient: emails wait, staff are told, and all go out once it takes them.</summary>
public sealed class MailStopTests(EmailBench bench) : IClassFixture<EmailBench>
{
    [Theory]
    [InlineData("RCPT", "550 5.7.1 Relaying denied")]
    [InlineData("RCPT", "550 5.7.1 Unable to relay")]
    [InlineData("RCPT", "550 5.7.64 TenantAttribution; Relay Access Denied")]
    [InlineData("RCPT", "554 5.7.1 <a@x.example>: Relay access denied")]
    [InlineData("RCPT", "554 relay access denied")]
    [InlineData("RCPT", "550 5.7.1 Client host blocked by policy")]
    [InlineData("RCPT", "553 5.7.1 Not today")]
    [InlineData("MAIL", "550 5.7.60 Client does not have permissions to send as this sender")]
    [InlineData("MAIL", "550 5.7.1 Access denied")]
    [InlineData("MAIL", "530 5.7.57 Client not authenticated to send mail")]
    [InlineData("AFTER DATA", "554 5.2.252 SendAsDenied; a@x.example not allowed to send as b@x.example")]
    [InlineData("AUTH", "550 5.7.30 Basic authentication is not supported for Client Submission")]
    [InlineData("AUTH", "535 5.7.139 Authentication unsuccessful, basic authentication is disabled")]
    public async Task Server_RefusesUsForTenMinutesThenAccepts_EachEmailIsSentOnce(string at, string answer)
    {
        await using var sink = await ServerAsync(line => line.StartsWith(at, StringComparison.Ordinal) ? answer : null);
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++)
        {
            ids.Add(await bench.AddAsync($"p{i}@x{i % 3}.example"));
        }

        for (var minute = 0; minute < 10; minute++)
        {
            await bench.Sender.SendAsync(Token);
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.DoesNotContain(await bench.RowsAsync(ids), row => row.State is EmailState.Failed or EmailState.Bounced);
        Assert.Equal(0, (await bench.RowsAsync(ids)).Max(row => row.AttemptCount));
        Assert.Contains(answer[4..15], (await StopAsync())!.Error, StringComparison.Ordinal);
        Assert.Empty(sink.Received);

        sink.Fault = _ => null;
        for (var minute = 0; minute < 7; minute++)
        {
            await bench.Sender.SendAsync(Token);
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.All(await bench.RowsAsync(ids), row => Assert.Equal(EmailState.Sent, row.State));
        Assert.Equal(12, sink.Received.Count);
        Assert.Null(await StopAsync());
    }

    // To a mailbox that has confirmed nothing few emails go; one that was refused again and again because of us is one.
    [Fact]
    public async Task Server_RefusesUsAgainAndAgain_TheEmailIsCountedOnceAndSent()
    {
        await using var sink = await ServerAsync(line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.7.1 Relaying denied" : null);
        var id = await bench.AddAsync($"{Guid.NewGuid():N}@alone.example");
        await bench.WithAsync((TrainingHubDb db) => db.ConfirmedAddresses.ExecuteDeleteAsync(Token));
        for (var minute = 0; minute < 10; minute++)
        {
            await bench.Sender.SendAsync(Token);
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(EmailState.Waiting, (await bench.RowAsync(id)).State);
        sink.Fault = _ => null;
        bench.Clock.Advance(TimeSpan.FromMinutes(6));
        await bench.Sender.SendAsync(Token);

        Assert.Equal(EmailState.Sent, (await bench.RowAsync(id)).State);
    }

    [Theory]
    [InlineData("550 5.1.1 No such user", nameof(EmailState.Bounced))]
    [InlineData("550 5.7.1 Recipient does not want this", nameof(EmailState.Failed))]
    public async Task Server_RefusesOneRecipient_ThatOneFailsAlone(string answer, string state)
    {
        await using var sink = await ServerAsync(line => line.Contains("bad@", StringComparison.Ordinal) ? answer : null);
        var (bad, good) = (await bench.AddAsync("bad@x.example"), await bench.AddAsync("good@x.example"));

        await bench.Sender.SendAsync(Token);

        Assert.Equal(state, (await bench.RowAsync(bad)).State.ToString());
        Assert.Equal(EmailState.Sent, (await bench.RowAsync(good)).State);
        Assert.Null(await StopAsync());
    }

    [Fact]
    public async Task Server_RefusesOneRecipientBeforeTheOthersCome_TheyGoOutAndItFailsAlone()
    {
        await using var sink = await ServerAsync(line => line.Contains("bad@", StringComparison.Ordinal) ? "550 5.7.1 Blocked" : null);
        var bad = await bench.AddAsync("bad@x.example");
        await bench.Sender.SendAsync(Token);
        Assert.NotNull(await StopAsync());

        bench.Clock.Advance(TimeSpan.FromMinutes(6));
        var good = await bench.AddAsync("good@x.example");
        await bench.Sender.SendAsync(Token);

        Assert.Equal((EmailState.Failed, EmailState.Sent), ((await bench.RowAsync(bad)).State, (await bench.RowAsync(good)).State));
        Assert.Null(await StopAsync());
    }

    [Fact]
    public async Task Server_OffersNoPassword_IsSaidEverywhereStaffLook()
    {
        await using var sink = await ServerAsync(line => line.StartsWith("EHLO", StringComparison.Ordinal) ? "250-sink\r\n250 AUTH XOAUTH2" : null);
        await bench.AddAsync("mia@x.example");
        var staff = await bench.BrowseAsStaffAsync();

        await bench.Sender.SendAsync(Token);

        const string words = "The mail server does not accept email from this site, since ";
        Assert.Contains(words, (await staff.GetAsync("/staff")).Main, StringComparison.Ordinal);
        Assert.Contains(words, (await staff.GetAsync("/staff/emails")).Main, StringComparison.Ordinal);
        Assert.Equal("ready, but emails wait: the mail server does not accept them", (await bench.Browse().GetAsync("/health/ready")).Text.Trim());
        var outcome = await bench.WithAsync((JobRunner jobs) => jobs.RunAsync(nameof(SendEmails), Token));
        Assert.StartsWith(words, outcome.Waits, StringComparison.Ordinal);
        bench.Mailbox.Clear();
        bench.Clock.Advance(TimeSpan.FromMinutes(6));
        await bench.Sender.SendAsync(Token);
        Assert.DoesNotContain(words, (await staff.GetAsync("/staff")).Main, StringComparison.Ordinal);
        Assert.Equal("ready", (await bench.Browse().GetAsync("/health/ready")).Text.Trim());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<MailStop?> StopAsync() => MailStop.ReadAsync(bench.Database, Token);

    /// <summary>A real mail server behind the real transport, with nothing waiting.</summary>
    private async Task<SmtpSink> ServerAsync(Func<string, string?> fault)
    {
        await bench.ClearAsync();
        await MailStop.EndAsync(bench.Database, Token);
        var sink = new SmtpSink { Fault = fault, OffersLogin = true };
        var smtp = new SmtpOptions { Host = "127.0.0.1", Port = sink.Port, Encryption = SmtpEncryption.None, User = "us", Password = "invented" };
        bench.Mailbox.Answer = async email =>
        {
            await using var transport = new SmtpEmailTransport(
                new EmailEnvelope(EmailSamples.Brand, new EmailOptions { From = "no-reply@training.example" }), new EmailOptions { Smtp = smtp }, tokens: null, mailsEverybody: true);
            return await transport.SendAsync(email, Token);
        };
        return sink;
    }
}
