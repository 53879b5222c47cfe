using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>A site on which everybody signs in with a work account.</summary>
public sealed class WorkAccountsOnlyBench(TestDatabase databases) : WorkAccountBench(databases)
{
    protected override string[] More => ["SingleSignOn:Passwords", "AdministratorsOnly", "Staff:SecondFactor", "Offered"];
}

/// <summary>Where passwords are for administrators alone, for the day on which the provider is out of reach.</summary>
public sealed class EmergencyAccessTests(WorkAccountsOnlyBench app) : IClassFixture<WorkAccountsOnlyBench>
{
    [Fact]
    public async Task Door_WithoutPasswords_ShowsTheFormToWhoeverAsksForIt()
    {
        var door = await app.Browse().GetAsync("/sign-in");

        Assert.Empty(door.All("input[type=password]"));
        Assert.Single((await door.FollowAsync("Emergency access for administrators")).All("input[type=password]"));
    }

    [Fact]
    public async Task Administrator_WithAPassword_NeedsASecondFactorWhateverElseIsSet()
    {
        var (browser, email) = (app.Browse(), await app.AddStaffAsync([StaffRole.Administrator]));

        var page = await browser.SignInAsync(email, StaffDoor.Password, "?emergency=true");
        var done = await (await new TestAuthenticator(page, app.Clock).ConfirmAsync(page)).FollowAsync("I have kept them, continue");

        Assert.StartsWith("/sign-in/authenticator", page.Address, StringComparison.Ordinal);
        Assert.Equal("/staff", done.Address);
    }

    [Fact]
    public async Task Colleague_WithAPassword_IsRefusedAndToldWhy()
    {
        var email = await app.AddStaffAsync([StaffRole.Coordinator]);

        var page = await app.Browse().SignInAsync(email, StaffDoor.Password, "?emergency=true");

        Assert.Contains("only administrators sign in with a password", page.Main);
        Assert.Equal(0, await app.SessionsAsync(email));
        Assert.Contains("Work account: others than administrators have no other way to sign in", string.Join('\n', await app.HistoryAsync(await app.IdAsync(email))));
    }

    [Fact]
    public async Task Invitation_OfSomebodyWhoCouldNotUseIt_IsRefusedAndSaysTheWay()
    {
        var (colleague, administrator) = ($"new-{Guid.NewGuid():N}@team.example", $"new-{Guid.NewGuid():N}@team.example");

        var refused = await InviteAsync(colleague, StaffRole.Coordinator);
        var invited = await InviteAsync(administrator, StaffRole.Administrator);

        Assert.Contains("signing in with their work account opens theirs", Assert.Single(refused));
        Assert.Empty(invited);
        Assert.Equal([administrator], await app.WithAsync((TrainingHubDb db) =>
            db.OutgoingEmails.Where(email => email.ToAddress == colleague || email.ToAddress == administrator).Select(email => email.ToAddress).ToListAsync()));
    }

    private Task<IReadOnlyList<string>> InviteAsync(string email, StaffRole role) =>
        app.WithAsync((AddStaff add) => add.InviteAsync(email, "Ned New", [role], [], Actor.CommandLine, TestContext.Current.CancellationToken));

    [Fact]
    public async Task Colleague_WithAnAccountOfBefore_StillConnectsIt()
    {
        var email = await app.AddStaffAsync([StaffRole.Coordinator]);
        var browser = app.Work();
        var person = await app.Provider.SayAsync((await app.Provider.AddAsync("coordinators")) with { Email = email });
        await browser.SignInAsync(person);

        var setUp = await browser.Site.SignInAsync(email, StaffDoor.Password, "?connect=yes");
        var done = await (await new TestAuthenticator(setUp, app.Clock).ConfirmAsync(setUp)).FollowAsync("I have kept them, continue");

        Assert.Contains("Your work account is connected", done.Main);
        Assert.Equal("/staff", (await browser.SignInAsync(person)).Address);
    }
}
