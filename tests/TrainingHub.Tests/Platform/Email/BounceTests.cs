using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>What mail servers report of an email that did not arrive.</summary>
public sealed class BounceTests(EmailBench bench) : IClassFixture<EmailBench>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Servers => [nameof(Reports.Postfix), nameof(Reports.Exchange), nameof(Reports.Gmail), nameof(Reports.Sendmail)];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Report_NoSuchMailbox_MarksTheEmailAndItsAddress(string server)
    {
        var id = await SentAsync("mai@x.example");

        var outcome = await RecordAsync(By(server, id, "mai@x.example"));

        var row = await bench.RowAsync(id);
        Assert.Equal(BounceOutcome.Recorded, outcome);
        Assert.Equal((EmailState.Bounced, bench.Clock.Now), (row.State, row.BouncedAt));
        Assert.Contains("5.1.1", row.LastError, StringComparison.Ordinal);
        Assert.True(await IsMarkedAsync("Mai@X.example"));
    }

    [Theory]
    [InlineData("5.2.2", "Failed")]
    [InlineData("5.7.1", "Failed")]
    [InlineData("4.4.7", "Failed")]
    [InlineData("5.4.1", "Bounced")]
    public async Task Report_OtherReasons_MarkTheAddressOnlyWhereThereIsNoMailbox(string status, string state)
    {
        var id = await SentAsync("mai@x.example");

        await RecordAsync(Reports.Postfix(id, "mai@x.example", status));

        Assert.Equal(state, (await bench.RowAsync(id)).State.ToString());
        Assert.Equal(state == "Bounced", await IsMarkedAsync("mai@x.example"));
    }

    [Fact]
    public async Task Report_StillTried_ChangesNothing()
    {
        var id = await SentAsync("mia@x.example");

        Assert.Equal(BounceOutcome.StillTried, await RecordAsync(Reports.Postfix(id, "mia@x.example", "4.4.1", "delayed")));

        Assert.Equal(EmailState.Sent, (await bench.RowAsync(id)).State);
    }

    [Fact]
    public async Task Report_ForSomebodyBehindTheMailbox_ChangesNothing()
    {
        var id = await SentAsync("office@x.example");

        Assert.Equal(BounceOutcome.PassedOn, await RecordAsync(Reports.Exchange(id, "left.long.ago@x.example")));

        Assert.Equal(EmailState.Sent, (await bench.RowAsync(id)).State);
        Assert.False(await IsMarkedAsync("left.long.ago@x.example"));
    }

    [Fact]
    public async Task Report_AboutNoEmailOfOurs_ChangesNothing()
    {
        var id = await SentAsync("mia@x.example");
        var foreign = Reports.Postfix(id, "mia@x.example").Replace($"{id:N}@", "20261128.abc@", StringComparison.Ordinal);
        var guessed = Reports.Postfix(Guid.CreateVersion7(), "mia@x.example");
        var answer = Reports.Postfix(id, "mia@x.example").Replace("multipart/report; report-type=delivery-status", "multipart/mixed", StringComparison.Ordinal);

        foreach (var report in new[] { foreign, guessed, answer })
        {
            Assert.Equal(BounceOutcome.NotOurs, await RecordAsync(report));
        }

        Assert.Equal(EmailState.Sent, (await bench.RowAsync(id)).State);
    }

    [Fact]
    public async Task Report_Twice_CountsOnceEvenAfterTheEmailWentOutAgain()
    {
        var id = await SentAsync("mia@x.example");
        var report = Reports.Gmail(id, "mia@x.example");
        await RecordAsync(report);
        await bench.WithAsync((SendEmailAgain again) => again.RunAsync(id, Guid.Empty, "mia@x.example", null, Actor.CommandLine, Token));
        await bench.Sender.SendAsync(Token);

        Assert.Equal(BounceOutcome.Known, await RecordAsync(report));

        Assert.Equal(EmailState.Sent, (await bench.RowAsync(id)).State);
        Assert.False(await IsMarkedAsync("mia@x.example"));
    }

    [Fact]
    public async Task Report_OfTheFormerAddress_DoesNotMarkTheCorrectedOne()
    {
        var id = await SentAsync("mai@x.example");
        await RecordAsync(Reports.Postfix(id, "mai@x.example"));
        await bench.WithAsync((SendEmailAgain again) => again.RunAsync(id, Guid.Empty, "mia@x.example", null, Actor.CommandLine, Token));
        await bench.Sender.SendAsync(Token);

        await RecordAsync(Reports.Postfix(id, "mai@x.example"));

        Assert.Equal((EmailState.Sent, null), ((await bench.RowAsync(id)).State, (await bench.RowAsync(id)).BouncedAt));
        Assert.Equal((true, false), (await IsMarkedAsync("mai@x.example"), await IsMarkedAsync("mia@x.example")));
    }

    [Fact]
    public async Task Send_ServerSaysThatThereIsNoMailbox_MarksTheAddress()
    {
        await bench.ClearAsync();
        await bench.AddAsync("gone@x.example");
        bench.Mailbox.Answer = _ => Task.FromResult(new Delivery(DeliveryOutcome.Bounced, "550 5.1.1 <gone@x.example>: no such user"));

        await bench.Sender.SendAsync(Token);

        Assert.Equal("5.1.1", Assert.Single(await bench.WithAsync((TrainingHubDb db) => db.UndeliverableAddresses.AsNoTracking().ToListAsync(Token))).Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\n--x--")]
    [InlineData("Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n\r\n--x--")]
    public void Of_Fragments_IsNoReport(string text) => Assert.Null(BounceReport.Of(Reports.Parse("Subject: x\r\n" + text)));

    private static string By(string server, Guid id, string to) => server switch
    {
        nameof(Reports.Postfix) => Reports.Postfix(id, to),
        nameof(Reports.Exchange) => Reports.Exchange(id, to),
        nameof(Reports.Gmail) => Reports.Gmail(id, to),
        _ => Reports.Sendmail(id, to),
    };

    private async Task<Guid> SentAsync(string address)
    {
        await bench.ClearAsync();
        var id = await bench.AddAsync(address);
        await bench.Sender.SendAsync(Token);
        return id;
    }

    private Task<BounceOutcome> RecordAsync(string report) => bench.WithAsync((RecordBounce record) => record.RunAsync(Reports.Parse(report), Token));

    private async Task<bool> IsMarkedAsync(string address) =>
        (await bench.WithAsync((TrainingHubDb db) => UndeliverableAddress.AmongAsync(db, [address], Token))).Count > 0;
}
