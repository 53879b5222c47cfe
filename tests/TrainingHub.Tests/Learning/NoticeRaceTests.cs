using Microsoft.EntityFrameworkCore;
using TrainingHub.Emails;
using TrainingHub.Learning;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Learning;

/// <summary>A provider acknowledges a notice while staff withdraw it: what the provider is told is what stands. Also two nodes that remind.</summary>
public sealed class NoticeRaceTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WithdrawAndAcknowledge_AtOnce_SayTheSame()
    {
        for (var round = 0; round < 4; round++)
        {
            var world = await SentAsync();
            await Gate.MeetAsync(app.Database, "provider_notices", [() => AcknowledgeAsync(world), () => WithdrawAsync(world)]);

            Assert.True(await IsSoundAsync(world));
        }
    }

    // Both have read that it is not acknowledged. One of the two then writes over what the other did.
    [Fact]
    public async Task WithdrawAndAcknowledge_WithoutTheLock_ContradictEachOther()
    {
        var world = await SentAsync();
        var isSound = true;
        try
        {
            await Gate.MeetAsync(app.Database, "provider_notices", [() => Unguarded.WithoutRowLocksAsync(() => AcknowledgeAsync(world)), () => Unguarded.WithoutRowLocksAsync(() => WithdrawAsync(world))]);
            isSound = await IsSoundAsync(world);
        }
        catch (DbUpdateException)
        {
            // The table's own check is the last word.
            isSound = false;
        }

        Assert.False(isSound);
    }

    [Fact]
    public async Task WithdrawAndAcknowledge_WithoutTheLockInSequence_Hold()
    {
        var world = await SentAsync();

        await Unguarded.WithoutRowLocksAsync(() => AcknowledgeAsync(world));
        await Unguarded.WithoutRowLocksAsync(() => WithdrawAsync(world));

        Assert.True(await IsSoundAsync(world));
    }

    [Fact]
    public async Task Remind_TwoNodesAtOnce_WriteOnce()
    {
        var world = await SentAsync(dueIn: 2);
        app.Clock.Advance(TimeSpan.FromDays(1));

        await Gate.MeetAsync(app.Database, "provider_notices", 2, () => app.WithAsync((RemindProviders job) => job.RunAsync(Ct)));

        Assert.Single(await world.EmailsAsync<ContentChangeReminderEmail>());
    }

    // Neither has committed when the other looks for rows.
    [Fact]
    public async Task Remind_TwoNodesWithoutTheLock_WriteTwice()
    {
        var world = await SentAsync(dueIn: 2);
        app.Clock.Advance(TimeSpan.FromDays(1));

        await Gate.MeetAsync(app.Database, "provider_notices", 2, () => Unguarded.WithoutRowLocksAsync(() => app.WithAsync((RemindProviders job) => job.RunAsync(Ct))));

        Assert.Equal(2, (await world.EmailsAsync<ContentChangeReminderEmail>()).Count);
    }

    private async Task<NoticeWorld> SentAsync(int dueIn = 14)
    {
        var world = await NoticeWorld.MakeAsync(app);
        Assert.Equal(SendNoticeOutcome.Sent, await world.SendAsync(dueIn));
        return world;
    }

    private Task<AcknowledgeOutcome> AcknowledgeAsync(NoticeWorld world) => app.WithAsync((AcknowledgeNotice acknowledge) => acknowledge.ByLinkAsync(world.Own, "Kai Contact", null, Ct));

    private Task<WithdrawOutcome> WithdrawAsync(NoticeWorld world) => app.WithAsync((WithdrawNotice withdraw) => withdraw.RunAsync(world.Notice, "Not agreed", Actor.CommandLine, Ct));

    private static async Task<bool> IsSoundAsync(NoticeWorld world)
    {
        var row = await world.ReadAsync();
        var told = Assert.Single(await world.EmailsAsync<ContentChangeWithdrawnEmail>());
        return row.State == ProviderNoticeState.Withdrawn && (told.AcknowledgedOn is null) == (row.AcknowledgedAt is null);
    }
}
