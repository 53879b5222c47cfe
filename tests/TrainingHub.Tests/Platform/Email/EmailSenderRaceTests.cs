using Xunit;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>Many senders at once, with the claim's lock and without it.</summary>
public sealed class EmailSenderRaceTests(EmailBench bench) : IClassFixture<EmailBench>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_ManySendersAtOnce_EachEmailGoesOutOnce()
    {
        await bench.ClearAsync();
        for (var i = 0; i < 120; i++)
        {
            await bench.AddAsync($"p{i}@x.example");
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => bench.Sender.SendAsync(Token), Token)));

        Assert.Equal(120, bench.Mailbox.Sent.Count);
        Assert.Equal(120, bench.Mailbox.Sent.Select(email => email.Id).Distinct().Count());
    }

    /// <summary>The twin: without the claim's lock, senders that have looked at the same row both take it.</summary>
    [Fact]
    public async Task Send_WithoutTheClaim_SendsTwiceWhenTheyMeet()
    {
        await bench.ClearAsync();
        var id = await bench.AddAsync("mia@x.example");

        await Gate.MeetAtRowAsync(bench.Database, "outgoing_emails", id, [SendUnlockedAsync, SendUnlockedAsync]);

        Assert.Equal([id, id], bench.Mailbox.Sent.Select(email => email.Id));
    }

    [Fact]
    public async Task Send_WithoutTheClaimInSequence_SendsOnce()
    {
        await bench.ClearAsync();
        await bench.AddAsync("mia@x.example");

        await SendUnlockedAsync();
        await SendUnlockedAsync();

        Assert.Single(bench.Mailbox.Sent);
    }

    private Task<int> SendUnlockedAsync() => Unguarded.WithoutRowLocksAsync(() => bench.Sender.SendAsync(Token));
}
