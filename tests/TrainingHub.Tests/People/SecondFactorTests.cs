using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TrainingHub.People;
using TrainingHub.People.Pages;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>From the password to the code of the app: what is asked, what works once, and what a stolen password opens.</summary>
public sealed partial class SecondFactorTests(FactorBench app) : IClassFixture<FactorBench>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstSignIn_AppSetUp_LeadsInWithTenCodesShownOnce()
    {
        var (email, browser) = (await app.AddStaffAsync(), app.Browse());
        var setUp = await browser.SignInAsync(email, StaffDoor.Password, "?ReturnUrl=%2Fstaff%2Fdates");
        var phone = new TestAuthenticator(setUp, app.Clock);

        var wrong = await setUp.SubmitAsync(form => form["Code"] = "000000");
        var before = await app.Browse().GetAsync("/staff");
        var done = await wrong.SubmitAsync(form => form["Code"] = phone.Code());
        var reached = await done.FollowAsync("I have kept them, continue");

        Assert.Equal("Set up an authenticator app", setUp.Heading);
        Assert.NotEmpty(setUp.Find("svg.app-qr path").GetAttribute("d")!);
        Assert.StartsWith("The app shows another code", Assert.Single(wrong.Errors), StringComparison.Ordinal);
        Assert.Equal(setUp.Find(".app-key").TextContent, wrong.Find(".app-key").TextContent);
        Assert.StartsWith("/sign-in", before.Address, StringComparison.Ordinal);
        Assert.Equal("Keep your recovery codes", done.Heading);
        Assert.Equal(10, done.All(".app-codes li").Distinct().Count());
        Assert.Contains(done.All(".app-codes li")[9], Uri.UnescapeDataString(done.Find("a[download]").GetAttribute("href")!), StringComparison.Ordinal);
        Assert.Equal("/staff/dates", reached.Address);
        Assert.Equal(["AppAdded"], await app.ToldAsync(email));
        Assert.Equal(
            ["Authenticator app set up", "Signed in: With a password and a new authenticator app"],
            (await app.HistoryAsync(await app.IdAsync(email))).Where(line => line != "Account opened" && line != "Made a coordinator"));
    }

    [Fact]
    public async Task SignIn_PasswordAndCode_LeadsWhereOneWantedAndACodeWorksOnce()
    {
        var someone = await app.EnrolAsync();
        var (here, there) = (app.Browse(), app.Browse());
        var asked = await here.SignInAsync(someone.Email, StaffDoor.Password, "?ReturnUrl=%2Fstaff%2Fdates");
        var askedThere = await there.SignInAsync(someone.Email, StaffDoor.Password);
        var code = someone.App.NextCode();

        var reached = await asked.SubmitAsync(form => form["Code"] = code);
        var replayed = await askedThere.SubmitAsync(form => form["Code"] = code);
        var older = await replayed.SubmitAsync(form => form["Code"] = someone.App.Code(-1));
        var newer = await older.SubmitAsync(form => form["Code"] = someone.App.Code(1));

        Assert.Equal("Enter the code from your app", asked.Heading);
        Assert.Equal("/staff/dates", reached.Address);
        Assert.StartsWith("That code was used before", Assert.Single(replayed.Errors), StringComparison.Ordinal);
        Assert.StartsWith("That code was used before", Assert.Single(older.Errors), StringComparison.Ordinal);
        Assert.Equal("/staff", newer.Address);
    }

    [Fact]
    public async Task SignIn_StolenPasswordAlone_OpensNothingAndSetsUpNoOtherApp()
    {
        var someone = await app.EnrolAsync();
        var thief = app.Browse();
        // They had got as far as the page that sets up an app before the owner did.
        var other = await app.AddStaffAsync();
        var waiting = await thief.SignInAsync(other, StaffDoor.Password);
        var owner = app.Browse();
        var setUp = await owner.SignInAsync(other, StaffDoor.Password);
        await new TestAuthenticator(setUp, app.Clock).ConfirmAsync(setUp);

        var late = await new TestAuthenticator(waiting, app.Clock).ConfirmAsync(waiting);
        var asked = await app.Browse().SignInAsync(someone.Email, StaffDoor.Password);
        var staff = await asked.Browser.GetAsync("/staff");
        var skipped = await asked.Browser.GetAsync("/sign-in/authenticator");
        var forced = await new TestAuthenticator(skipped, app.Clock).ConfirmAsync(skipped);

        Assert.Equal("/sign-in", late.Address);
        Assert.StartsWith("/sign-in", (await thief.GetAsync("/staff")).Address, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in?", staff.Address, StringComparison.Ordinal);
        Assert.Equal("/sign-in", forced.Address);
        Assert.Equal(["AppAdded"], await app.ToldAsync(someone.Email));
    }

    [Fact]
    public async Task SignInStep_AfterTenMinutesOrAnotherPassword_AsksForThePasswordAgain()
    {
        var someone = await app.EnrolAsync();
        var (slow, changed) = (app.Browse(), app.Browse());
        var asked = await slow.SignInAsync(someone.Email, StaffDoor.Password);
        app.Clock.Advance(SignInStep.Life);

        var tooLate = await asked.SubmitAsync(form => form["Code"] = someone.App.Code());
        await changed.SignInAsync(someone.Email, StaffDoor.Password);
        await app.WithAsync((ResetStaffPassword reset) => reset.RunAsync(someone.Email, Ct));

        Assert.Equal("/sign-in", tooLate.Address);
        Assert.Contains("Enter your password again", tooLate.Main, StringComparison.Ordinal);
        Assert.Equal("/sign-in", (await changed.GetAsync("/sign-in/code")).Address);
        Assert.Equal("/sign-in", (await app.Browse().GetAsync("/sign-in/authenticator")).Address);
    }

    [Fact]
    public async Task Code_TenWrongOnes_ThenNoneIsLookedAtAndThePasswordForgivesNothing()
    {
        var someone = await app.EnrolAsync();
        await (await someone.Browser.GetAsync("/sign-out")).SubmitAsync();
        var stranger = app.Browse();
        for (var tried = 0; tried < SignInTries.Codes.ToAccount.Most; tried++)
        {
            var asked = await stranger.SignInAsync(someone.Email, StaffDoor.Password);
            Assert.StartsWith("That code is not right", Assert.Single((await asked.SubmitAsync(form => form["Code"] = "000000")).Errors), StringComparison.Ordinal);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var right = await (await stranger.SignInAsync(someone.Email, StaffDoor.Password)).SubmitAsync(form => form["Code"] = someone.App.Code());
        var owner = await (await someone.Browser.SignInAsync(someone.Email, StaffDoor.Password)).SubmitAsync(form => form["Code"] = someone.App.Code());

        Assert.Equal(["Too many wrong codes: wait 15 minutes, then try again"], right.Errors);
        Assert.Equal("/staff", owner.Address);
        var history = await app.HistoryAsync(await app.IdAsync(someone.Email));
        Assert.Single(history, "Sign-in refused: Wrong code, after the right password");
        Assert.Single(history, "Sign-in refused: Too many codes tried, after the right password");
    }

    [Fact]
    public async Task Code_EnteredTwiceAtOnce_WorksOnce()
    {
        var (user, code) = await WaitingAsync();

        var refusals = await AtOnceAsync(() => app.WithAsync((CheckSecondFactor check) => check.CodeAsync(user, code, StaffDoor.Stranger(), Ct)));

        Assert.Equal([null, FactorRefusal.Used], refusals.Order());
    }

    [Fact]
    public async Task Code_EnteredTwiceAtOnceWithoutTheGuard_WorksTwice()
    {
        var (user, code) = await WaitingAsync();

        var refusals = await AtOnceAsync(() => UnguardedAsync(user, code));

        Assert.Equal([null, null], refusals);
    }

    [Fact]
    public async Task RecoveryCode_UsedTwiceAtOnce_WorksOnce()
    {
        var someone = await app.EnrolAsync();
        var user = await app.UserAsync(someone.Email);

        var refusals = await AtOnceAsync(() => RecoverAsync(user, someone.RecoveryCodes[0]), "staff_recovery_codes");

        Assert.Equal([null, FactorRefusal.Used], refusals.Order());
    }

    [Fact]
    public async Task RecoveryCode_UsedTwiceAtOnceWithoutTheGuard_WorksTwice()
    {
        var someone = await app.EnrolAsync();
        var user = await app.UserAsync(someone.Email);

        var refusals = await AtOnceAsync(() => Unguarded.InsteadAsync(NotUsed(), "", () => RecoverAsync(user, someone.RecoveryCodes[0])), "staff_recovery_codes");

        Assert.Equal([null, null], refusals);
    }

    [Fact]
    public async Task AppSetUp_TwiceAtOnce_OneWins()
    {
        var id = await app.IdAsync(await app.AddStaffAsync());
        var refusals = new List<AuthenticatorRefusal?>();

        await Gate.MeetAsync(app.Database, "staff_authenticators", 2, async () =>
        {
            var added = await SetUpAsync(id);
            lock (refusals)
            {
                refusals.Add(added.Refusal);
            }
        });

        Assert.Equal([null, AuthenticatorRefusal.AlreadyThere], refusals.Order());
        Assert.Equal(StaffRecoveryCode.Count, await app.WithAsync((TrainingHubDb db) => db.StaffRecoveryCodes.CountAsync(code => code.StaffUserId == id, Ct)));
    }

    [Fact]
    public async Task AppSetUp_TwiceAtOnceWithoutTheLock_Fails()
    {
        var id = await app.IdAsync(await app.AddStaffAsync());

        await Assert.ThrowsAsync<DbUpdateException>(() =>
            Gate.MeetAsync(app.Database, "staff_authenticators", 2, () => Unguarded.WithoutRowLocksAsync(() => SetUpAsync(id))));
    }

    [Fact]
    public async Task Password_ShorterThanToday_StillSignsInAndIsReplacedKindly()
    {
        var email = await app.AddStaffAsync();
        await app.WithAsync(async (TrainingHubDb db) =>
        {
            var user = await db.Users.SingleAsync(one => one.Email == email, Ct);
            user.PasswordHash = new PasswordHasher<StaffUser>().HashPassword(user, "sofa 7 gravel");
            await db.SaveChangesAsync(Ct);
        });
        var browser = app.Browse();

        var kindly = await browser.SignInAsync(email, "sofa 7 gravel");
        var elsewhere = await browser.GetAsync("/staff/dates");
        var changed = await kindly.SubmitAsync(form => (form["Form.Current"], form["Form.Wanted"]) = ("sofa 7 gravel", StaffDoor.Password), "#password");
        var next = await browser.SignInAsync(email, StaffDoor.Password);

        Assert.Equal("Choose your password", kindly.Heading);
        Assert.Contains("Choose a longer one to go on", kindly.Main, StringComparison.Ordinal);
        Assert.StartsWith("/staff/account", elsewhere.Address, StringComparison.Ordinal);
        Assert.Equal("/sign-in", changed.Address);
        Assert.Equal("Set up an authenticator app", next.Heading);
    }

    [Fact]
    public async Task SecondFactor_OnlyOffered_IsAskedOfWhoeverHasOne()
    {
        var (with, without) = (await app.EnrolAsync(), await app.AddStaffAsync());
        await using var offering = new TestApp(app.ConnectionString);
        offering.Clock.MoveTo(app.Clock.Now);

        var asked = await offering.Browse().SignInAsync(with.Email, StaffDoor.Password);
        var reached = await asked.SubmitAsync(form => form["Code"] = with.App.Code(1));

        Assert.Equal("/sign-in/code", asked.Address);
        Assert.Equal("/staff", reached.Address);
        Assert.Equal("/staff", (await offering.Browse().SignInAsync(without, StaffDoor.Password)).Address);
    }

    [Fact]
    public async Task Key_InTheTable_IsNotReadable()
    {
        var setUp = await app.Browse().SignInAsync(await app.AddStaffAsync(), StaffDoor.Password);
        var text = setUp.Find(".app-key").TextContent.Replace(" ", "", StringComparison.Ordinal);
        await new TestAuthenticator(setUp, app.Clock).ConfirmAsync(setUp);

        var stored = await app.WithAsync((TrainingHubDb db) => db.StaffAuthenticators.Select(one => one.ProtectedKey).ToListAsync(Ct));

        Assert.All(stored, key => Assert.DoesNotContain(text, key, StringComparison.Ordinal));
        Assert.All(stored, key => Assert.True(key.Length > 60));
    }

    private async Task<(StaffUser User, string Code)> WaitingAsync()
    {
        var someone = await app.EnrolAsync();
        return (await app.UserAsync(someone.Email), someone.App.NextCode());
    }

    private async Task<IReadOnlyList<FactorRefusal?>> AtOnceAsync(Func<Task<FactorRefusal?>> use, string table = "staff_authenticators")
    {
        var refusals = new List<FactorRefusal?>();
        await Gate.MeetAsync(app.Database, table, 2, async () =>
        {
            var refusal = await use();
            lock (refusals)
            {
                refusals.Add(refusal);
            }
        });
        return refusals;
    }

    private Task<AuthenticatorAdded> SetUpAsync(Guid user)
    {
        var key = Totp.NewKey();
        return app.WithAsync((AddAuthenticator add) => add.FirstAsync(user, key, Totp.CodeOf(key, Totp.StepAt(app.Clock.Now)), Ct));
    }

    private Task<FactorRefusal?> RecoverAsync(StaffUser user, string code) =>
        app.WithAsync((CheckSecondFactor check) => check.RecoveryCodeAsync(user, code, StaffDoor.Stranger(), Ct));

    private async Task<FactorRefusal?> UnguardedAsync(StaffUser user, string code)
    {
        await using var scope = app.Scope();
        var services = scope.ServiceProvider;
        var check = new CheckSecondFactor(
            services.GetRequiredService<TrainingHubDb>(), app.Database, services.GetRequiredService<SignInTries>(), services.GetRequiredService<SignInHistory>(),
            services.GetRequiredService<IPersonalDataProtector>(), app.Clock, services.GetRequiredService<IOptions<SiteOptions>>(),
            services.GetRequiredService<ILogger<CheckSecondFactor>>())
        {
            Guard = Unguarded.Instead(services.GetRequiredService<CheckSecondFactor>().Guard, " and last_step < $2", ""),
        };
        return await check.CodeAsync(user, code, StaffDoor.Stranger(), Ct);
    }

    [GeneratedRegex(@" AND s\.used_at IS NULL")]
    private static partial Regex NotUsed();
}
