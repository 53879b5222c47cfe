using System.Diagnostics;
using System.Net.Sockets;
using System.Net;
using System.Text;
using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

public sealed class EmailTransportTests
{
    private static readonly RenderedEmail Email = new(
        Guid.Parse("01890000-0000-7000-8000-000000000001"), "place-for-you", new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero),
        "mia@allowed.example", "You have a place: Siân’s “L2” – " + new string('x', 90),
        "<!DOCTYPE html><p>Siân = 100% 👩‍👧\n.leading dot</p>", "Siân = 100% 👩‍👧\n.leading dot\n" + new string('.', 300) + "\nend=\n", null);

    [Fact]
    public async Task Smtp_Message_ArrivesAsWritten()
    {
        await using var sink = new SmtpSink();
        var stop = "https://training.example/stop/" + new string('a', 120);

        var delivery = await SendAsync(sink, Email with { UnsubscribeUrl = stop });

        Assert.Equal(Delivery.Sent, delivery);
        var sunk = Assert.Single(sink.Received);
        var read = await ReadAsync(sunk.Data);
        Assert.All(sunk.Data.Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
        Assert.All(sunk.Data, letter => Assert.InRange(letter, '\0', '\x7f'));
        Assert.Equal(["RCPT TO:<mia@allowed.example>"], sunk.To);
        Assert.Equal(Email.Subject, read["Subject"]);
        Assert.Equal(Email.Text, read.Text);
        Assert.Equal(Email.Html, read.Html);
        Assert.Equal("Exampleshire Safeguarding Partnership <no-reply@training.example>", read["From"]);
        Assert.Equal("training@partnership.example", read["Reply-To"]);
        Assert.Equal("<01890000000070008000000000000001@training.example>", read["Message-ID"]);
        Assert.Equal("auto-generated", read["Auto-Submitted"]);
        Assert.Equal($"<{stop}>", read["List-Unsubscribe"]);
        Assert.Contains($"<{stop}>", sunk.Data, StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", read["List-Unsubscribe-Post"]);
    }

    [Fact]
    public async Task Smtp_MessageThatCannotBeStopped_HasNoUnsubscribeHeader()
    {
        await using var sink = new SmtpSink();

        await SendAsync(sink, Email);

        var read = await ReadAsync(Assert.Single(sink.Received).Data);
        Assert.DoesNotContain(read.Headers, header => header.Key.StartsWith("List-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Smtp_SeveralMessages_UseOneConnection()
    {
        await using var sink = new SmtpSink();
        await using var transport = Transport(sink);

        for (var i = 0; i < 3; i++)
        {
            await transport.SendAsync(Email, TestContext.Current.CancellationToken);
        }

        Assert.Equal(3, sink.Received.Count);
        Assert.Equal(1, sink.Connections);
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 no such user", nameof(DeliveryOutcome.Bounced))]
    [InlineData("RCPT", "553 5.1.3 bad mailbox", nameof(DeliveryOutcome.Bounced))]
    [InlineData("RCPT", "550 5.7.1 relaying denied", nameof(DeliveryOutcome.RefusesUs))]
    [InlineData("RCPT", "550 5.7.1 not for you", nameof(DeliveryOutcome.RefusesUsOrThem))]
    [InlineData("MAIL", "552 5.3.4 message too large", nameof(DeliveryOutcome.Refused))]
    [InlineData("RCPT", "552 5.2.2 mailbox full", nameof(DeliveryOutcome.Refused))]
    [InlineData("RCPT", "450 4.2.1 greylisted", nameof(DeliveryOutcome.Deferred))]
    [InlineData("RCPT", "451 4.3.0 local error", nameof(DeliveryOutcome.Deferred))]
    [InlineData("DATA", "554 5.7.1 looks like spam", nameof(DeliveryOutcome.Refused))]
    [InlineData("AFTER DATA", "550 5.7.1 looks like spam", nameof(DeliveryOutcome.Refused))]
    [InlineData("AFTER DATA", "554 5.2.252 SendAsDenied; a@x.example not allowed to send as b@x.example", nameof(DeliveryOutcome.RefusesUs))]
    [InlineData("AFTER DATA", "452 4.3.1 out of storage", nameof(DeliveryOutcome.Deferred))]
    [InlineData("MAIL", "421 4.7.0 closing down", nameof(DeliveryOutcome.Unreachable))]
    [InlineData("MAIL", "530 5.7.0 sign in first", nameof(DeliveryOutcome.RefusesUs))]
    [InlineData("EHLO", "", nameof(DeliveryOutcome.Unreachable))]
    [InlineData("DATA", "", nameof(DeliveryOutcome.Unreachable))]
    public async Task Smtp_Refusal_MeansWhatItSays(string at, string answer, string outcome)
    {
        await using var sink = new SmtpSink { Fault = line => line.StartsWith(at, StringComparison.Ordinal) ? answer : null };

        var delivery = await SendAsync(sink, Email);

        Assert.Equal(outcome, delivery.Outcome.ToString());
        Assert.NotEmpty(delivery.Error!);
    }

    [Fact]
    public async Task Smtp_NobodyListens_IsUnreachable()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var port = ((IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();
        await using var transport = Transport(new SmtpOptions { Host = "127.0.0.1", Port = port, Encryption = SmtpEncryption.None });

        var delivery = await transport.SendAsync(Email, TestContext.Current.CancellationToken);

        Assert.Equal(DeliveryOutcome.Unreachable, delivery.Outcome);
    }

    [Fact]
    public async Task Smtp_ServerSaysNothing_GivesUpInTime()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var transport = Transport(new SmtpOptions
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)silent.LocalEndpoint).Port,
            Encryption = SmtpEncryption.None,
            TimeoutSeconds = 1,
        });
        var taken = Stopwatch.StartNew();

        var delivery = await transport.SendAsync(Email, TestContext.Current.CancellationToken);

        Assert.Equal(DeliveryOutcome.Unreachable, delivery.Outcome);
        Assert.InRange(taken.Elapsed.TotalSeconds, 0.5, 10);
    }

    [Fact]
    public async Task Smtp_ServerWithoutStartTls_IsNotGivenTheMessage()
    {
        await using var sink = new SmtpSink();
        await using var transport = Transport(new SmtpOptions { Host = "localhost", Port = sink.Port });

        var delivery = await transport.SendAsync(Email, TestContext.Current.CancellationToken);

        Assert.Equal(DeliveryOutcome.Unreachable, delivery.Outcome);
        Assert.DoesNotContain(sink.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Smtp_CertificateNobodyTrusts_IsNotGivenThePassword()
    {
        using var authority = new PassingAuthority();
        await using var sink = new SmtpSink { Certificate = authority.Issue("localhost"), OffersLogin = true };
        await using var transport = Transport(new SmtpOptions { Host = "localhost", Port = sink.Port, User = "hub", Password = "invented" });

        var delivery = await transport.SendAsync(Email, TestContext.Current.CancellationToken);

        Assert.Equal(DeliveryOutcome.Unreachable, delivery.Outcome);
        Assert.Contains("STARTTLS", sink.Commands);
        Assert.DoesNotContain(sink.Commands, command => command.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Smtp_UserAndPassword_SignsIn()
    {
        await using var sink = new SmtpSink { OffersLogin = true };
        await using var transport = Transport(new SmtpOptions
        {
            Host = "127.0.0.1",
            Port = sink.Port,
            User = "hub",
            Password = "invented",
            Encryption = SmtpEncryption.None,
        });

        var delivery = await transport.SendAsync(Email, TestContext.Current.CancellationToken);

        Assert.Equal(Delivery.Sent, delivery);
        Assert.Contains("AUTH PLAIN AGh1YgBpbnZlbnRlZA==", sink.Commands);
    }

    [Theory]
    [InlineData("mia@allowed.example", true)]
    [InlineData("MIA@ALLOWED.EXAMPLE", true)]
    [InlineData("one@other.example", true)]
    [InlineData("two@other.example", false)]
    [InlineData("mia@not-allowed.example", false)]
    [InlineData("mia@sub.allowed.example", false)]
    public async Task Smtp_OutsideProduction_MailsOnlyTheAllowed(string address, bool allowed)
    {
        await using var sink = new SmtpSink();
        await using var transport = Transport(sink);

        var delivery = await transport.SendAsync(Email with { To = address }, TestContext.Current.CancellationToken);

        Assert.Equal(allowed ? DeliveryOutcome.Sent : DeliveryOutcome.Refused, delivery.Outcome);
        Assert.Equal(allowed ? 1 : 0, sink.Received.Count);
        Assert.Equal(allowed ? 1 : 0, sink.Connections);
    }

    [Fact]
    public async Task Smtp_InProduction_MailsEverybody()
    {
        await using var sink = new SmtpSink();
        await using var transport = Transport(Plain(sink), mailsEverybody: true);

        var delivery = await transport.SendAsync(Email with { To = "anybody@else.example" }, TestContext.Current.CancellationToken);

        Assert.Equal(Delivery.Sent, delivery);
    }

    [Fact]
    public async Task File_Message_IsOneWholeFile()
    {
        using var folder = new Folder();
        await using var transport = new FileEmailTransport(Envelope(), folder.Path);

        await transport.SendAsync(Email, TestContext.Current.CancellationToken);
        await transport.SendAsync(Email, TestContext.Current.CancellationToken);

        var path = Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
        Assert.Equal("20261120-100000-place-for-you-01890000000070008000000000000001.eml", Path.GetFileName(path));
        var read = await ReadAsync(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal("mia@allowed.example", read["To"]);
        Assert.Equal("Fri, 20 Nov 2026 10:00:00 +0000", read["Date"]);
        Assert.Equal(Email.Subject, read["Subject"]);
        Assert.Equal(Email.Text, read.Text);
        Assert.Equal(Email.Html, read.Html);
    }

    private static async Task<StoredEmail> ReadAsync(string data)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(data));
        return await StoredEmail.ReadAsync(file, TestContext.Current.CancellationToken);
    }

    private static async Task<Delivery> SendAsync(SmtpSink sink, RenderedEmail email)
    {
        await using var transport = Transport(sink);
        return await transport.SendAsync(email, TestContext.Current.CancellationToken);
    }

    private static SmtpEmailTransport Transport(SmtpSink sink) => Transport(Plain(sink));

    private static SmtpOptions Plain(SmtpSink sink) => new() { Host = "127.0.0.1", Port = sink.Port, Encryption = SmtpEncryption.None };

    private static SmtpEmailTransport Transport(SmtpOptions smtp, bool mailsEverybody = false) =>
        new(Envelope(), new EmailOptions { Smtp = smtp, AllowedRecipients = ["@allowed.example", "one@other.example"] }, tokens: null, mailsEverybody);

    private static EmailEnvelope Envelope() => new(EmailSamples.Brand, new EmailOptions { From = "no-reply@training.example" });

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("traininghub-mail-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
