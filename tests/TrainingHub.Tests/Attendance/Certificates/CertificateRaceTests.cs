using TrainingHub.Attendance;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>Two issue the certificate of one place at once, or the mark is taken back meanwhile: with the lock of the place and without it.</summary>
public sealed class CertificateRaceTests(TestApp app) : IClassFixture<TestApp>
{
    private const int Clients = 4;

    private readonly CertificateWorld world = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Issue_ManyAtOnce_MakesOneAndWritesOnce()
    {
        var place = await world.AttendedAsync();

        Assert.Equal(0, await MeetAsync(() => IssueAsync(place)));

        Assert.Equal("Issued", await world.StatesAsync(place));
        Assert.Single(await world.MailsAsync(place));
    }

    /// <summary>The twin: all see that there is none, and the database refuses all but one.</summary>
    [Fact]
    public async Task Issue_WithoutTheLock_IsRefusedByTheDatabaseWhenTheyMeet()
    {
        var place = await world.AttendedAsync();

        Assert.Equal(Clients - 1, await MeetAsync(() => Unguarded.WithoutRowLocksAsync(() => IssueAsync(place))));

        Assert.Equal("Issued", await world.StatesAsync(place));
        Assert.Single(await world.MailsAsync(place));
    }

    [Fact]
    public async Task Issue_WithoutTheLockInSequence_MakesOne()
    {
        var place = await world.AttendedAsync();

        Assert.Equal(CertificateResult.Issued, await Unguarded.WithoutRowLocksAsync(() => IssueAsync(place)));
        Assert.Equal(CertificateResult.NothingToDo, await Unguarded.WithoutRowLocksAsync(() => IssueAsync(place)));
    }

    [Fact]
    public async Task Issue_MarkTakenBackBeforeItIsDone_LeavesNoneInForce()
    {
        var place = await world.AttendedAsync();

        await Gate.OvertakeAsync(app.Database, "certificates", () => IssueAsync(place), () => world.MarkAsync(place, Mark.Absent));
        await world.KeepAsync();

        Assert.Equal("NotEarned", await world.StatesAsync(place));
    }

    /// <returns>How many failed.</returns>
    private async Task<int> MeetAsync(Func<Task> client)
    {
        var failed = 0;
        await Gate.MeetAsync(app.Database, "certificates", Clients, async () =>
        {
            try
            {
                await client();
            }
            catch (Microsoft.EntityFrameworkCore.DbUpdateException)
            {
                Interlocked.Increment(ref failed);
            }
        });
        return failed;
    }

    private Task<CertificateResult> IssueAsync(GivenPlace place) => app.WithAsync((IssueCertificate issue) => issue.RunAsync(place.Place.Id, Ct));
}
