using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

public sealed class EmailSenderTests(EmailBench bench) : IClassFixture<EmailBench>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_NewEmail_IsSentAndItsWordsAreKept()
    {
        await bench.ClearAsync();
        var id = await bench.AddAsync("mia@x.example");

        var tried = await bench.Sender.SendAsync(Token);

        var row = await bench.RowAsync(id);
        Assert.Equal(1, tried);
        Assert.Equal((EmailState.Sent, 1, bench.Clock.GetUtcNow()), (row.State, row.AttemptCount, row.SentAt));
        Assert.Equal((null, null), (row.UnsubscribeUrl, row.LeaseUntil));
        Assert.Contains("Dear Mia,", row.SentText, StringComparison.Ordinal);
        var sent = Assert.Single(bench.Mailbox.Sent);
        Assert.Equal((id, "mia@x.example"), (sent.Id, sent.To));
        Assert.Contains("Dear Mia,", sent.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_SubjectWithAName_IsSentWithItAndKeptWithout()
    {
        await bench.ClearAsync();
        var id = await bench.AddAsync("mia@x.example");
        var named = (await bench.RowAsync(id)).Subject;

        await bench.Sender.SendAsync(Token);

        Assert.StartsWith("Mia, you have a place:", named, StringComparison.Ordinal);
        Assert.Equal(named, Assert.Single(bench.Mailbox.Sent).Subject);
        Assert.StartsWith("You have a place:", (await bench.RowAsync(id)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_SentAlready_DoesNothing()
    {
        await bench.ClearAsync();
        await bench.AddAsync("mia@x.example");
        await bench.Sender.SendAsync(Token);

        var tried = await bench.Sender.SendAsync(Token);

        Assert.Equal(0, tried);
        Assert.Single(bench.Mailbox.Sent);
    }

    [Fact]
    public async Task Send_Deferred_WaitsLongerEachTimeAndThenFails()
    {
        await bench.ClearAsync();
        var id = await bench.AddAsync("mia@x.example");
        bench.Mailbox.Answer = _ => Task.FromResult(new Delivery(DeliveryOutcome.Deferred, "450 later"));
        var pauses = new List<double>();

        for (var row = await bench.RowAsync(id); row.State != EmailState.Failed; row = await bench.RowAsync(id))
        {
            bench.Clock.Advance(row.DueAt - bench.Clock.GetUtcNow());
            await bench.Sender.SendAsync(Token);
            pauses.Add(((await bench.RowAsync(id)).DueAt - bench.Clock.GetUtcNow()).TotalMinutes);
        }

        Assert.Equal([1, 5, 30, 120, 300, 600, 1440, 0], pauses);
        Assert.Equal((8, "450 later"), ((await bench.RowAsync(id)).AttemptCount, (await bench.RowAsync(id)).LastError));
    }

    [Fact]
    public async Task Send_Waiting_IsNotTriedBeforeItsTime()
    {
        await bench.ClearAsync();
        var id = await bench.AddAsync("mia@x.example");
        bench.Mailbox.Answer = _ => Task.FromResult(new Delivery(DeliveryOutcome.Deferred, "450 later"));
        await bench.Sender.SendAsync(Token);
        bench.Clock.Advance(TimeSpan.FromSeconds(59));

        var tried = await bench.Sender.SendAsync(Token);

        Assert.Equal(0, tried);
        Assert.Equal(EmailState.Waiting, (await bench.RowAsync(id)).State);
    }

    [Theory]
    [InlineData(nameof(DeliveryOutcome.Refused), nameof(EmailState.Failed))]
    [InlineData(nameof(DeliveryOutcome.Bounced), nameof(EmailState.Bounced))]
    public async Task Send_FinalRefusal_EndsAtOnceAndKeepsTheContent(string outcome, string state)
    {
        await bench.ClearAsync();
        var id = await bench.AddAsync("mia@x.example");
        bench.Mailbox.Answer = _ => Task.FromResult(new Delivery(Enum.Parse<DeliveryOutcome>(outcome), "550 no"));

        await bench.Sender.SendAsync(Token);

        var row = await bench.RowAsync(id);
        Assert.Equal((state, 1, "550 no"), (row.State.ToString(), row.AttemptCount, row.LastError));
        Assert.NotNull(row.Model);
    }

    [Theory]
    [InlineData("update outgoing_emails set kind = 'unknown' where id = @id")]
    [InlineData("update outgoing_emails set model = model - 'DelegateName' where id = @id")]
    [InlineData("update outgoing_emails set model = jsonb_set(model, '{DelegateName}', 'null') where id = @id")]
    [InlineData("update outgoing_emails set model = null where id = @id")]
    public async Task Send_ContentThatCannotBeShown_FailsWithoutHoldingUpOthers(string damage)
    {
        await bench.ClearAsync();
        var damaged = await bench.AddAsync("mia@x.example");
        var sound = await bench.AddAsync("kai@x.example");
        await bench.ExecuteAsync(damage, damaged);

        await bench.Sender.SendAsync(Token);

        Assert.Equal(EmailState.Failed, (await bench.RowAsync(damaged)).State);
        Assert.Equal(EmailState.Sent, (await bench.RowAsync(sound)).State);
        Assert.Equal(sound, Assert.Single(bench.Mailbox.Sent).Id);
    }

    [Fact]
    public async Task Send_TransportThrows_WaitsWithoutHoldingUpOthers()
    {
        await bench.ClearAsync();
        var first = await bench.AddAsync("mia@x.example");
        var second = await bench.AddAsync("kai@x.example");
        bench.Mailbox.Answer = email => email.Id == first ? throw new InvalidOperationException("broken") : Task.FromResult(Delivery.Sent);

        await bench.Sender.SendAsync(Token);

        Assert.Equal(EmailState.Waiting, (await bench.RowAsync(first)).State);
        Assert.Equal(EmailState.Sent, (await bench.RowAsync(second)).State);
    }

    [Fact]
    public async Task Send_ServerUnreachable_TriesOneAndGivesTheRestBack()
    {
        await bench.ClearAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await bench.AddAsync($"p{i}@x.example"));
        }

        bench.Mailbox.Answer = _ => Task.FromResult(new Delivery(DeliveryOutcome.Unreachable, "no connection"));

        var tried = await bench.Sender.SendAsync(Token);

        var rows = await bench.RowsAsync(ids);
        Assert.Equal(1, tried);
        Assert.Equal([1, 0, 0, 0, 0], rows.Select(row => row.AttemptCount));
        Assert.Equal([EmailState.Waiting, .. Enumerable.Repeat(EmailState.Queued, 4)], rows.Select(row => row.State));
        Assert.All(rows, row => Assert.Null(row.LeaseUntil));
    }

    [Fact]
    public async Task Send_AskedToStop_FinishesOneAndGivesTheRestBack()
    {
        await bench.ClearAsync();
        var first = await bench.AddAsync("mia@x.example");
        var second = await bench.AddAsync("kai@x.example");
        using var stop = new CancellationTokenSource();
        bench.Mailbox.Answer = _ =>
        {
            stop.Cancel();
            return Task.FromResult(Delivery.Sent);
        };

        await bench.Sender.SendAsync(stop.Token);

        Assert.Equal(EmailState.Sent, (await bench.RowAsync(first)).State);
        var left = await bench.RowAsync(second);
        Assert.Equal((EmailState.Queued, 0, null), (left.State, left.AttemptCount, left.LeaseUntil));
    }

    [Fact]
    public async Task Send_DiedBeforeMarking_SendsTheSameEmailAgainAfterItsLease()
    {
        await bench.ClearAsync();
        var id = await bench.AddAsync("mia@x.example");
        await bench.ExecuteAsync("update outgoing_emails set state = 'Sending', attempt_count = 1, lease_until = due_at + interval '5 minutes' where id = @id", id);

        var before = await bench.Sender.SendAsync(Token);
        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        var after = await bench.Sender.SendAsync(Token);

        Assert.Equal((0, 1), (before, after));
        Assert.Equal(id, Assert.Single(bench.Mailbox.Sent).Id);
        Assert.Equal((EmailState.Sent, 2), ((await bench.RowAsync(id)).State, (await bench.RowAsync(id)).AttemptCount));
    }

    [Fact]
    public async Task Send_LeaseLapsedWhileSending_TheLaterClaimDecides()
    {
        await bench.ClearAsync();
        var id = await bench.AddAsync("mia@x.example");
        var isFirst = true;
        bench.Mailbox.Answer = async _ =>
        {
            if (!isFirst)
            {
                return Delivery.Sent;
            }

            isFirst = false;
            bench.Clock.Advance(TimeSpan.FromMinutes(6));
            await bench.Sender.SendAsync(Token);
            return new Delivery(DeliveryOutcome.Refused, "the first claim's answer");
        };

        await bench.Sender.SendAsync(Token);

        var row = await bench.RowAsync(id);
        Assert.Equal((EmailState.Sent, 2, null), (row.State, row.AttemptCount, row.LastError));
    }

    [Fact]
    public async Task Dispatch_EmailAdded_IsSentWithoutWaitingForTheNextLook()
    {
        await bench.ClearAsync();
        using var dispatch = ActivatorUtilities.CreateInstance<DispatchEmails>(bench.Services);
        await dispatch.StartAsync(Token);
        await bench.AddAsync("first@x.example");
        await bench.Mailbox.NextAsync(TimeSpan.FromSeconds(20));

        await bench.AddAsync("second@x.example");

        await bench.Mailbox.NextAsync(TimeSpan.FromSeconds(4));
        await dispatch.StopAsync(Token);
        Assert.Equal(["first@x.example", "second@x.example"], bench.Mailbox.Sent.Select(email => email.To));
    }

    [Fact]
    public async Task TryAllAgain_LeavesThoseWithoutAMailbox()
    {
        await bench.ClearAsync();
        var failed = await bench.AddAsync("mia@x.example");
        var bounced = await bench.AddAsync("kai@x.example");
        bench.Mailbox.Answer = email => Task.FromResult(new Delivery(email.Id == failed ? DeliveryOutcome.Refused : DeliveryOutcome.Bounced, "550 no"));
        await bench.Sender.SendAsync(Token);

        var count = await bench.WithAsync((TryEmailsAgain again) => again.RunAsync(Actor.CommandLine, Token));

        Assert.Equal(1, count);
        Assert.Equal([EmailState.Queued, EmailState.Bounced], (await bench.RowsAsync([failed, bounced])).Select(row => row.State));
        Assert.Equal(failed, Assert.Single(await bench.WithAsync((TrainingHubDb db) => HistoryEntry.AboutAsync(db, [failed, bounced], Token))).RecordId);
    }

    [Fact]
    public void To_NotAnAddress_Throws() =>
        Assert.Throws<ArgumentException>(() => OutgoingEmail.To("Mia <mia@x.example>", EmailSamples.All[0], DateTimeOffset.UnixEpoch));

    [Fact]
    public void To_SubjectWithLineBreaksOrTooLong_IsOneShortLine()
    {
        var message = new YouAreBookedEmail("Mia", "Ann", EmailSamples.Date with { Course = "A\r\nBcc: x@y.example\u0007 " + new string('b', 300) }, false, "https://x.example/");

        var row = OutgoingEmail.To("a@x.example", message, DateTimeOffset.UnixEpoch);

        Assert.StartsWith("Mia, you are booked: A Bcc: x@y.example b", row.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain(row.Subject, char.IsControl);
        Assert.InRange(row.Subject.Length, 100, 200);
    }
}
