using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>Closed at the provider at 10:00: every session and link is dead by 10:05, whatever the person does or does not do.</summary>
public sealed class LeaverTests(WorkAccountBench app) : IClassFixture<WorkAccountBench>
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Closed_WhileTheJobRuns_IsSignedOutEverywhereWithinFiveMinutes()
    {
        var (browser, person) = await app.SignInAsync("coordinators");
        var phone = app.Work();
        await phone.SignInAsync(person);
        var (stays, _) = await app.SignInAsync("coordinators");
        var id = await app.IdAsync(person.Email);
        var link = await LinkAsync(id);
        await JobAsync();
        var tenOClock = app.Clock.Now;
        app.Clock.Advance(Moment);
        await app.Provider.CloseAsync(person);

        await browser.Site.GetAsync("/staff");
        while (app.Clock.Now < tenOClock + TimeSpan.FromMinutes(5) - CheckWorkAccounts.Every)
        {
            app.Clock.Advance(CheckWorkAccounts.Every);
            await JobAsync();
        }

        Assert.Equal(0, await app.SessionsAsync(person.Email));
        Assert.StartsWith("/sign-in", (await browser.Site.GetAsync("/staff")).Address, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await phone.Site.GetAsync("/staff")).Address, StringComparison.Ordinal);
        Assert.Contains("This link does not work", (await app.Browse().GetAsync(link)).Heading);
        Assert.Equal("/staff", (await stays.Site.GetAsync("/staff")).Address);
        Assert.Contains("Work account: Signed out everywhere: The work account does not let them in any more, or asks them to sign in again", await app.HistoryAsync(id));
    }

    [Fact]
    public async Task Closed_WhileNoJobRuns_IsAnsweredNothingAfterFiveMinutes()
    {
        var (browser, person) = await app.SignInAsync("coordinators");
        await app.Provider.CloseAsync(person);

        app.Clock.Advance(TimeSpan.FromMinutes(5));

        var (one, two) = (browser.Site.GetAsync("/staff/people"), browser.Site.GetAsync("/staff/dates"));
        Assert.StartsWith("/sign-in", (await one).Address, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await two).Address, StringComparison.Ordinal);
        Assert.Equal(0, await app.SessionsAsync(person.Email));
    }

    [Fact]
    public async Task Open_AllDay_StaysSignedInWithTokensThatAreRenewed()
    {
        var (browser, person) = await app.SignInAsync("coordinators");
        var first = await TokenAsync(person);

        for (var minutes = 0; minutes < 30; minutes += 2)
        {
            app.Clock.Advance(CheckWorkAccounts.Every);
            await JobAsync();
            Assert.Equal("/staff", (await browser.Site.GetAsync("/staff")).Address);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("/staff", (await browser.Site.GetAsync("/staff")).Address);
        Assert.NotEqual(first, await TokenAsync(person));
    }

    [Fact]
    public async Task Groups_ChangedWhileSignedIn_ChangeTheRoles()
    {
        var (browser, person) = await app.SignInAsync("coordinators");
        var id = await app.IdAsync(person.Email);
        await app.Provider.SayAsync(person with { Groups = ["money"] });
        app.Clock.Advance(CheckWorkAccounts.Every);

        await JobAsync();

        Assert.Equal([StaffRole.Finance], (await app.UserAsync(person.Email))!.Roles);
        Assert.StartsWith("/sign-in", (await browser.Site.GetAsync("/staff")).Address, StringComparison.Ordinal);
        Assert.Contains("Work account: Roles changed", await app.HistoryAsync(id));
        Assert.Equal("/staff", (await browser.SignInAsync(person)).Address);
    }

    [Fact]
    public async Task Groups_AllGone_SignOutEverywhere()
    {
        var (browser, person) = await app.SignInAsync("coordinators");
        await app.Provider.SayAsync(person with { Groups = ["gardeners"] });
        app.Clock.Advance(CheckWorkAccounts.Every);

        await JobAsync();

        Assert.StartsWith("/sign-in", (await browser.Site.GetAsync("/staff")).Address, StringComparison.Ordinal);
        Assert.Contains("Work account: Signed out everywhere: No group of the work account has a role here any more", await app.HistoryAsync(await app.IdAsync(person.Email)));
    }

    [Fact]
    public async Task Provider_OutOfReach_SignsOutAfterAQuarterOfAnHourAndNotBefore()
    {
        var (browser, person) = await app.SignInAsync("coordinators");
        await app.Provider.FaultAsync(new { isDown = true });

        for (var minutes = 2; minutes < 15; minutes += 2)
        {
            app.Clock.Advance(CheckWorkAccounts.Every);
            await JobAsync();
            Assert.Equal("/staff", (await browser.Site.GetAsync("/staff")).Address);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var page = await browser.Site.GetAsync("/staff");
        await JobAsync();
        await app.Provider.FaultAsync();
        Assert.StartsWith("/sign-in", page.Address, StringComparison.Ordinal);
        Assert.Equal(0, await app.SessionsAsync(person.Email));
        Assert.Contains("Work account: Signed out: The provider of work accounts could not be asked for too long", await app.HistoryAsync(await app.IdAsync(person.Email)));
    }

    [Fact]
    public async Task Provider_BackAfterAMoment_IsAskedAgain()
    {
        var (browser, person) = await app.SignInAsync("coordinators");
        await app.Provider.FaultAsync(new { isDown = true });
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("/staff", (await browser.Site.GetAsync("/staff")).Address);
        await app.Provider.FaultAsync();
        await app.Provider.CloseAsync(person);

        app.Clock.Advance(TimeSpan.FromSeconds(31));

        Assert.StartsWith("/sign-in", (await browser.Site.GetAsync("/staff")).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renewal_ByTwoNodesAtOnce_RedeemsOnceAndWithoutTheClaimSignsOut()
    {
        Assert.Equal((2, 1), await RenewAtOnceAsync(Node()));
        Assert.NotEqual((2, 1), await RenewAtOnceAsync(Node(Unguarded.Instead(Node().Guard, " and checked_at <= $2 and (check_until is null or check_until <= $3) and (check_failed_at is null or check_failed_at <= $5)",
            " and $2::timestamptz is not null and $3::timestamptz is not null and $5::timestamptz is not null"))));
    }

    // How many were let through, and how many sessions are left.
    private async Task<(int Through, int Left)> RenewAtOnceAsync(CheckWorkAccount check)
    {
        var (_, person) = await app.SignInAsync("coordinators");
        var key = await app.WithAsync((TrainingHubDb db) => db.StaffSessions.Where(session => session.Subject == person.Subject).Select(session => session.KeyHash).SingleAsync(Ct));
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        // In sequence it holds: after the first there is a new token.
        Assert.True(await check.MayStayAsync(key, TimeSpan.FromMinutes(4), Ct));
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        var through = 0;

        await Gate.MeetAsync(app.Database, "staff_sessions", 2, async () =>
        {
            if (await check.MayStayAsync(key, TimeSpan.FromMinutes(4), Ct))
            {
                Interlocked.Increment(ref through);
            }
        });

        return (through, await app.SessionsAsync(person.Email));
    }

    private CheckWorkAccount Node(string? guard = null)
    {
        var (services, logger) = (app.Services, NullLogger<CheckWorkAccount>.Instance);
        var (provider, secrets, scopes) = (services.GetRequiredService<WorkAccountProvider>(), services.GetRequiredService<IPersonalDataProtector>(), services.GetRequiredService<IServiceScopeFactory>());
        var node = new CheckWorkAccount(app.Database, new SessionClock(app.Clock), provider, secrets, scopes, logger);
        return guard is null ? node : new CheckWorkAccount(app.Database, new SessionClock(app.Clock), provider, secrets, scopes, logger) { Guard = guard };
    }

    private Task<int> JobAsync() => app.RunJobAsync(nameof(CheckWorkAccounts));

    private Task<string?> TokenAsync(WorkPerson person) => app.WithAsync((TrainingHubDb db) => db.StaffSessions.Where(session => session.Subject == person.Subject).Select(session => session.RefreshToken).SingleAsync(Ct));

    // An administrator has sent one at a time when there was another provider.
    private async Task<string> LinkAsync(Guid id) => await app.WithAsync(async (TrainingHubDb db) =>
    {
        var user = await db.Users.SingleAsync(one => one.Id == id, Ct);
        var (url, _) = StaffLink.Issue(db, user, app.Services.GetRequiredService<IOptions<SiteOptions>>().Value, app.Clock.Now);
        await db.SaveChangesAsync(Ct);
        return new Uri(url).PathAndQuery;
    });
}
