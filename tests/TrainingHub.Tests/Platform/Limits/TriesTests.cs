using Npgsql;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Platform.Limits;

public sealed class TriesTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly TryBound Three = new("test", Most: 3, TimeSpan.FromHours(1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Tries Guarded => new(app.Database, app.Clock);

    // Counts what was there when it began, and not what is there when it writes.
    private Tries WithoutGuard => new(app.Database, app.Clock)
    {
        Guard = Unguarded.Instead(
            Guarded.Guard,
            "where (select count(*) from unnest(known.at) as one where one > $4) < $5",
            "where (select count(*) from recent_tries seen, unnest(seen.at) as one where seen.what = known.what and seen.subject = known.subject and one > $4) < $5"),
    };

    [Fact]
    public async Task Take_AsManyAsTheBoundAndOneMore_RefusesTheLastAndSaysWhen()
    {
        var first = app.Clock.Now;
        for (var i = 0; i < Three.Most; i++)
        {
            Assert.Null(await Guarded.TakeAsync(Three, "a", Ct));
            app.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(first + Three.Within, await Guarded.TakeAsync(Three, "a", Ct));
        Assert.Null(await Guarded.TakeAsync(Three, "b", Ct));
    }

    [Fact]
    public async Task Take_TheSpanSlides_NeverLetsMoreThroughInAnyHour()
    {
        var through = new List<DateTimeOffset>();
        for (var minute = 0; minute < 300; minute += 7)
        {
            if (await Guarded.TakeAsync(Three, "c", Ct) is null)
            {
                through.Add(app.Clock.Now);
            }

            app.Clock.Advance(TimeSpan.FromMinutes(7));
        }

        Assert.All(through, one => Assert.InRange(through.Count(other => other >= one && other < one + Three.Within), 1, Three.Most));
        Assert.InRange(through.Count, 13, 15);
    }

    [Fact]
    public async Task GiveBackAndForget_MakeRoom()
    {
        for (var i = 0; i < Three.Most; i++)
        {
            await Guarded.TakeAsync(Three, "d", Ct);
        }

        await Guarded.GiveBackAsync(Three, "d", Ct);
        Assert.Null(await Guarded.TakeAsync(Three, "d", Ct));
        Assert.NotNull(await Guarded.TakeAsync(Three, "d", Ct));
        await Guarded.ForgetAsync(Three, "d", Ct);
        Assert.Null(await Guarded.TakeAsync(Three, "d", Ct));
    }

    [Fact]
    public async Task Take_FiveAtOnceWhereTwoAreLeft_LetsTwoThrough() => Assert.Equal(2, await MeetAsync(Guarded, "e"));

    [Fact]
    public async Task Take_WithoutGuard_LetsAllThroughAtOnceAndHoldsInSequence()
    {
        Assert.Equal(5, await MeetAsync(WithoutGuard, "f"));

        var through = 0;
        for (var i = 0; i < 5; i++)
        {
            through += await WithoutGuard.TakeAsync(Three, "g", Ct) is null ? 1 : 0;
        }

        Assert.Equal(Three.Most, through);
    }

    [Fact]
    public async Task PruneTries_TwoDaysLater_LeavesNothing()
    {
        await Guarded.TakeAsync(Three, "h", Ct);
        app.Clock.Advance(TimeSpan.FromHours(49));

        Assert.NotEqual(0, await app.RunJobAsync(nameof(PruneTries)));
        Assert.Equal(0, await app.RunJobAsync(nameof(PruneTries)));
    }

    // All of them have begun before one writes: the row is held until they wait for it.
    private async Task<int> MeetAsync(Tries tries, string subject)
    {
        await tries.TakeAsync(Three, subject, Ct);
        await using var connection = await app.Database.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using var hold = new NpgsqlCommand("select from recent_tries where subject = $1 for update", connection, transaction);
        hold.Parameters.AddWithValue(Tries.SubjectOf(subject));
        await hold.ExecuteNonQueryAsync(Ct);
        var all = Enumerable.Range(0, 5).Select(_ => Task.Run(() => tries.TakeAsync(Three, subject, Ct), Ct)).ToList();
        await Gate.BehindAsync(app.Database, all.Count, all);
        await transaction.CommitAsync(Ct);
        return (await Task.WhenAll(all)).Count(refused => refused is null);
    }
}
