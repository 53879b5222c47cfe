using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Reporting;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>Somebody who left is forgotten, everything they did is still there, and its chain holds.</summary>
public sealed class ForgetStaffTests(TestDatabase databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forget_SixYearsAfterTheyLeft_NoTableKnowsTheirNameAndTheChainHolds()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        var stays = await app.AddStaffAsync();
        var venue = Guid.CreateVersion7();
        var added = await app.WithAsync((AddStaff add) => add.RunAsync("zaphira@quellwater.example", "Zaphira Quellwater", StaffDoor.Password, StaffUser.WhoIsAlone));
        Assert.Empty(added.Errors);
        var browser = app.Browse();
        await browser.SignInAsync("zaphira@quellwater.example", StaffDoor.Password);
        var account = await app.WithAsync((TrainingHubDb db) => db.Users.SingleAsync(user => user.Name == "Zaphira Quellwater", Ct));
        var actor = new Actor(account.Id, account.Name);
        await app.WithAsync((RenameStaff rename) => rename.RunAsync("Zaphira Quellwater-Finch", actor, Ct));
        await app.WithAsync(async (TrainingHubDb db) =>
        {
            HistoryEntry.Add<Venue>(db, venue, actor, "Changed", [new("Room", null, "Suite 2")], app.Clock.Now);
            return await db.SaveChangesAsync(Ct);
        });
        await app.RunJobAsync(nameof(LinkHistory));
        Assert.Null(await app.WithAsync((CloseStaff close) => close.RunAsync("zaphira@quellwater.example", Actor.CommandLine, Ct)));
        Assert.Equal("Zaphira Quellwater-Finch", (await HistoryAsync(app, venue)).Actor);

        app.Clock.MoveTo(app.Clock.Now.AddYears(ForgetStaff.YearsAfterClosing).AddDays(-1));
        Assert.Equal(0, await app.RunJobAsync(nameof(ForgetStaff)));
        app.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await app.RunJobAsync(nameof(ForgetStaff)));
        Assert.Equal(0, await app.RunJobAsync(nameof(ForgetStaff)));
        await app.RunJobAsync("PruneEmails");
        await app.RunJobAsync("PruneTries");
        await app.RunJobAsync(nameof(LinkHistory));

        Assert.Empty(await TablesWithAsync(app, "quellwater"));
        Assert.Equal(("Former member of staff", account.Id), await HistoryAsync(app, venue) is var entry ? (entry.Actor, entry.ActorId) : default);
        Assert.DoesNotContain(await Audit.RunAsync(app.Database, app.Clock.Now, Ct), line => line.Broken > 0);
        Assert.Single(await TablesWithAsync(app, stays));
        Assert.False(await app.WithAsync((SendStaffLink send) => send.RunAsync(account.Id, Actor.CommandLine, Ct)));
    }

    private static async Task<HistoryEntry> HistoryAsync(TestApp app, Guid record) =>
        Assert.Single(await app.WithAsync((TrainingHubDb db) => HistoryEntry.AboutAsync(db, [record], Ct)));

    private static async Task<List<string>> TablesWithAsync(TestApp app, string text)
    {
        // The program may not look into all of them.
        var database = app.Database.Owner();
        var found = new List<string>();
        await using var tables = database.CreateCommand("select tablename from pg_tables where schemaname = 'public'");
        await using var reader = await tables.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct))
        {
            await using var look = database.CreateCommand($"select count(*) from {reader.GetString(0)} one where one::text ilike $1");
            look.Parameters.AddWithValue($"%{text}%");
            if (await look.ExecuteScalarAsync(Ct) is > 0L)
            {
                found.Add(reader.GetString(0));
            }
        }

        return found;
    }
}
