using Microsoft.EntityFrameworkCore;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>One email, once more: with links that work, and none that anybody else could read.</summary>
public sealed class SendEmailAgainTests(EmailBench bench) : IClassFixture<EmailBench>
{
    private static readonly Guid Subject = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_EmailWithAPrivateLink_KeepsNoTokenInAnyColumn()
    {
        var (id, token) = await SentAsync("mia@x.example");

        await using var read = bench.Database.CreateCommand("select to_jsonb(e)::text from outgoing_emails e where id = $1");
        read.Parameters.AddWithValue(id);
        var row = (string)(await read.ExecuteScalarAsync(Token))!;
        Assert.Contains(token, Assert.Single(bench.Mailbox.Sent).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token, row, StringComparison.Ordinal);
        Assert.Contains("private-link-not-shown", (await bench.RowAsync(id)).SentText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Again_DidNotArrive_GoesOutAsTheSameRowWithANewLink()
    {
        var (id, token) = await SentAsync("mai@x.example");
        await bench.ExecuteAsync("update outgoing_emails set state = 'Bounced' where id = @id", id);

        var result = await AgainAsync(id, Guid.CreateVersion7(), "mia@x.example");
        await bench.Sender.SendAsync(Token);

        var again = bench.Mailbox.Sent.Last();
        var fresh = TokenIn(again.Text);
        Assert.Equal(SendAgainResult.Queued, result);
        Assert.Equal((id, "mia@x.example"), (again.Id, again.To));
        Assert.NotEqual(token, fresh);
        Assert.Equal((null, Subject), (await OpensAsync(token), await OpensAsync(fresh)));
        var entry = Assert.Single(await bench.WithAsync((TrainingHubDb db) => HistoryEntry.AboutAsync(db, [id], Token)));
        Assert.DoesNotContain("mai@x.example", string.Join(' ', entry.Changes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Again_WasSent_GoesOutAsOneCopyThoughClickedTwice()
    {
        var (id, token) = await SentAsync("mia@x.example");
        var copy = Guid.CreateVersion7();

        await AgainAsync(id, copy, "new@x.example");
        await AgainAsync(id, copy, "new@x.example");
        await bench.Sender.SendAsync(Token);

        Assert.Equal([(id, "mia@x.example"), (copy, "new@x.example")], bench.Mailbox.Sent.Select(email => (email.Id, email.To)));
        Assert.Equal(EmailState.Sent, (await bench.RowAsync(id)).State);
        Assert.Equal(Subject, await OpensAsync(token));
    }

    [Fact]
    public async Task Again_LinkHasRunOut_IsRefused()
    {
        var (id, _) = await SentAsync("mia@x.example");
        bench.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(SendAgainResult.LinksGone, await AgainAsync(id, Guid.CreateVersion7(), "mia@x.example"));
    }

    [Theory]
    [InlineData("Sent", "mia@x.example", "ForReaderAlone")]
    [InlineData("Sent", "thief@x.example", "ForReaderAlone")]
    [InlineData("Bounced", "thief@x.example", "ForReaderAlone")]
    [InlineData("Bounced", "mia@x.example", "Queued")]
    public async Task Again_LinkForItsReaderAlone_GoesToNobodyElse(string state, string address, string expected)
    {
        await bench.ClearAsync();
        var token = await bench.Given.LinkAsync("staff-password", Subject);
        var message = new StaffPasswordLinkEmail("Mia", "Ann", "Training", bench.Site.Absolute($"/choose-password/{Subject}/{token}"), "27 March 2027 at 9:30am");
        var id = (await bench.Given.EmailAsync("mia@x.example", message)).Id;
        await bench.Sender.SendAsync(Token);
        await bench.ExecuteAsync($"update outgoing_emails set state = '{state}' where id = @id", id);

        var result = await AgainAsync(id, Guid.CreateVersion7(), address);
        await bench.Sender.SendAsync(Token);

        Assert.Equal(expected, result.ToString());
        Assert.All(bench.Mailbox.Sent, email => Assert.Equal("mia@x.example", email.To));
        Assert.Equal(expected == "Queued" ? 2 : 1, bench.Mailbox.Sent.Count);
    }

    [Fact]
    public async Task Stop_Waiting_IsNotSentAndCanBeSentLater()
    {
        await bench.ClearAsync();
        var id = await bench.AddAsync("mia@x.example");

        Assert.True(await bench.WithAsync((StopEmail stop) => stop.RunAsync(id, Actor.CommandLine, Token)));
        await bench.Sender.SendAsync(Token);
        Assert.Empty(bench.Mailbox.Sent);
        await AgainAsync(id, Guid.CreateVersion7(), "mia@x.example");
        await bench.Sender.SendAsync(Token);

        Assert.Single(bench.Mailbox.Sent);
        Assert.False(await bench.WithAsync((StopEmail stop) => stop.RunAsync(id, Actor.CommandLine, Token)));
    }

    [Fact]
    public void Hide_OtherAddresses_AreLeftAsTheyAre()
    {
        var links = new LinksInEmail(EmailSamples.Brand);
        const string words = "https://training.example/courses/neglect-in-early-years https://meet.example/j/abcdefghijKLMNOPQRSTUV https://training.example/dates/0198c0de-0000-7000-8000-000000000000";

        Assert.Equal(words, links.Hide(words));
        Assert.Equal("https://training.example/b/private-link-not-shown/receipt.", links.Hide("https://training.example/b/abcdefghijKLMNOPQRSTU-/receipt."));
    }

    private async Task<(Guid Id, string Token)> SentAsync(string address)
    {
        await bench.ClearAsync();
        var token = await bench.Given.LinkAsync("booking", Subject);
        var message = new PlaceForYouEmail("Mia", "Ann", EmailSamples.Date, bench.Site.Absolute($"/b/{token}"));
        await bench.WithAsync((TrainingHubDb db) => ConfirmedAddress.ConfirmAsync(db, address, bench.Clock.Now, Token));
        var id = (await bench.Given.EmailAsync(address, message)).Id;
        await bench.Sender.SendAsync(Token);
        return (id, token);
    }

    private Task<SendAgainResult> AgainAsync(Guid id, Guid copy, string address) =>
        bench.WithAsync((SendEmailAgain again) => again.RunAsync(id, copy, address, null, Actor.CommandLine, Token));

    private Task<Guid?> OpensAsync(string token) => SecretLink.FindAsync(bench.Database, "booking", token, bench.Clock.Now, Token);

    private static string TokenIn(string text) => text[(text.IndexOf("/b/", StringComparison.Ordinal) + 3)..][..22];
}
