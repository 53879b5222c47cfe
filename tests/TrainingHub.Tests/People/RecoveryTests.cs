using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.People.Pages;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>When the phone is gone: recovery codes, a colleague's help, and the command line as the last resort.</summary>
public sealed class RecoveryTests(FactorBench app) : IClassFixture<FactorBench>
{
    private const string Chosen = "harbour biscuit 47 umbrella";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RecoveryCode_InPlaceOfTheApp_SignsInOnceAndSaysHowManyAreLeft()
    {
        var someone = await app.EnrolAsync();
        var asked = await app.Browse().SignInAsync(someone.Email, StaffDoor.Password);

        var wrong = await RecoverAsync(asked, "abcdef-abcdef-abcdef-abcdef");
        var reached = await RecoverAsync(wrong, someone.RecoveryCodes[3].ToUpperInvariant().Replace('-', ' '));
        var again = await RecoverAsync(await app.Browse().SignInAsync(someone.Email, StaffDoor.Password), someone.RecoveryCodes[3]);

        Assert.StartsWith("That code is not right", Assert.Single(wrong.Errors), StringComparison.Ordinal);
        Assert.NotNull(wrong.Find("details[open]"));
        Assert.Equal("/staff", reached.Address);
        Assert.Contains("You used a recovery code: 9 are left", reached.Text, StringComparison.Ordinal);
        Assert.StartsWith("That code was used before", Assert.Single(again.Errors), StringComparison.Ordinal);
        Assert.Equal(["AppAdded", "CodeUsed"], await app.ToldAsync(someone.Email));
        Assert.Contains("Signed in: With a password and a recovery code", await app.HistoryAsync(await app.IdAsync(someone.Email)));
    }

    [Fact]
    public async Task NewCodes_Made_ReplaceThoseBefore()
    {
        var someone = await app.EnrolAsync();

        var made = await (await (await someone.Browser.GetAsync("/staff/account")).FollowAsync("Make new codes")).SubmitAsync();
        var account = await made.FollowAsync("I have kept them, continue");
        var former = await RecoverAsync(await app.Browse().SignInAsync(someone.Email, StaffDoor.Password), someone.RecoveryCodes[0]);
        var present = await RecoverAsync(former, made.All(".app-codes li")[0]);

        Assert.Equal(10, made.All(".app-codes li").Count);
        Assert.Contains("10 of 10 left", account.Main, StringComparison.Ordinal);
        Assert.StartsWith("That code is not right", Assert.Single(former.Errors), StringComparison.Ordinal);
        Assert.Equal("/staff", present.Address);
        Assert.Equal(["AppAdded", "CodeUsed", "CodesReplaced"], await app.ToldAsync(someone.Email));
    }

    [Fact]
    public async Task AnotherApp_SetUp_EndsTheOneBefore()
    {
        var someone = await app.EnrolAsync();
        var setUp = await (await someone.Browser.GetAsync("/staff/account")).FollowAsync("Set up another app");
        var phone = new TestAuthenticator(setUp, app.Clock);

        var done = await phone.ConfirmAsync(setUp);
        var former = await (await app.Browse().SignInAsync(someone.Email, StaffDoor.Password)).SubmitAsync(form => form["Code"] = someone.App.NextCode());
        var present = await former.SubmitAsync(form => form["Code"] = phone.Code());

        Assert.Equal("Keep your recovery codes", done.Heading);
        Assert.NotEmpty(former.Errors);
        Assert.Equal("/staff", present.Address);
        Assert.Equal(["AppAdded", "AppReplaced"], await app.ToldAsync(someone.Email));
    }

    [Fact]
    public async Task ChangeOfFactors_SignedInLongAgo_AsksForACodeAndLeadsBack()
    {
        var (someone, elsewhere) = (await app.EnrolAsync(), app.Browse());
        app.Clock.Advance(StaffTicketStore.ProvedFor);

        var asked = await someone.Browser.GetAsync("/staff/account/authenticator");
        var wrong = await asked.SubmitAsync(form => form["Code"] = "000000");
        var reached = await wrong.SubmitAsync(form => form["Code"] = someone.App.Code());
        await (await elsewhere.SignInAsync(someone.Email, StaffDoor.Password)).SubmitAsync(form => form["Code"] = someone.App.NextCode());
        app.Clock.Advance(StaffTicketStore.ProvedFor);

        Assert.Equal("Confirm that it is you", asked.Heading);
        Assert.StartsWith("That code is not right", Assert.Single(wrong.Errors), StringComparison.Ordinal);
        Assert.Equal("/staff/account/authenticator", reached.Address);
        foreach (var address in new[] { "/staff/account/authenticator", "/staff/account/recovery-codes", "/staff/account/passkeys", $"/staff/staff/{await app.IdAsync(someone.Email)}/reset-sign-in" })
        {
            Assert.StartsWith("/staff/confirm", (await someone.Browser.GetAsync(address)).Address, StringComparison.Ordinal);
            Assert.StartsWith("/staff/confirm", (await elsewhere.GetAsync(address)).Address, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Proof_OfOneSession_HoldsInNoOther()
    {
        var (someone, elsewhere) = (await app.EnrolAsync(), app.Browse());
        await (await elsewhere.SignInAsync(someone.Email, StaffDoor.Password)).SubmitAsync(form => form["Code"] = someone.App.NextCode());
        app.Clock.Advance(StaffTicketStore.ProvedFor);

        await (await someone.Browser.GetAsync("/staff/account/authenticator")).SubmitAsync(form => form["Code"] = someone.App.Code());

        Assert.Equal("/staff/account/authenticator", (await someone.Browser.GetAsync("/staff/account/authenticator")).Address);
        Assert.StartsWith("/staff/confirm", (await elsewhere.GetAsync("/staff/account/authenticator")).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_ByAColleague_EndsAllOfItAndTheLinkBeginsAnew()
    {
        var (colleague, lost) = (await app.EnrolAsync(), await app.EnrolAsync());
        var id = await app.IdAsync(lost.Email);
        var account = await colleague.Browser.GetAsync($"/staff/staff/{id}");

        var preview = await account.FollowAsync("Reset how they sign in");
        var done = await preview.SubmitAsync();
        var session = await lost.Browser.GetAsync("/staff");
        var password = await app.Browse().SignInAsync(lost.Email, StaffDoor.Password);
        var browser = app.Browse();
        var setUp = await (await browser.GetAsync(await LinkAsync(lost.Email))).SubmitAsync(form => form["Wanted"] = Chosen);
        var stillOut = await browser.GetAsync("/staff");
        var phone = new TestAuthenticator(setUp, app.Clock);
        await phone.ConfirmAsync(setUp);
        var former = await RecoverAsync(await app.Browse().SignInAsync(lost.Email, Chosen), lost.RecoveryCodes[0]);

        Assert.Contains("their authenticator app", preview.Main, StringComparison.Ordinal);
        Assert.Contains("10 recovery codes", preview.Main, StringComparison.Ordinal);
        Assert.Contains("Authenticator app, recovery codes and passkeys taken away by Ann Coordinator", done.Main, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", session.Address, StringComparison.Ordinal);
        Assert.NotEmpty(password.Errors);
        Assert.Equal("/sign-in/authenticator", setUp.Address);
        Assert.StartsWith("/sign-in", stillOut.Address, StringComparison.Ordinal);
        Assert.Equal("/staff/dates", (await browser.GetAsync("/staff/dates")).Address);
        Assert.NotEmpty(former.Errors);
        Assert.Equal(["AppAdded", "AppAdded", "Reset"], await app.ToldAsync(lost.Email));
        Assert.Equal(["AppAdded", "staff-sign-in-reset"], await app.ToldAsync(colleague.Email));
    }

    [Fact]
    public async Task Reset_OfOneselfOrByOtherStaff_IsRefused()
    {
        var (self, plain) = (await app.EnrolAsync(), app.Browse());
        var id = await app.IdAsync(self.Email);
        var setUp = await plain.SignInAsync(await app.AddStaffAsync([StaffRole.BookingOfficer]), StaffDoor.Password);
        await new TestAuthenticator(setUp, app.Clock).ConfirmAsync(setUp);

        var own = await (await self.Browser.GetAsync($"/staff/staff/{id}/reset-sign-in")).SubmitAsync();
        var other = await plain.GetAsync($"/staff/staff/{id}/reset-sign-in");
        var direct = await ResetAsync(id);
        var closed = await app.AddStaffAsync();

        Task<ResetFactorsRefusal?> ResetAsync(Guid whose) => app.WithAsync((ResetStaffFactors reset) => reset.RunAsync(whose, new(id, "Ann"), Ct));

        Assert.Equal(["You cannot do this for yourself. Ask another administrator"], own.Errors);
        Assert.Equal(HttpStatusCode.Forbidden, other.Status);
        Assert.Equal(ResetFactorsRefusal.Oneself, direct);
        Assert.Equal("/staff", (await self.Browser.GetAsync("/staff")).Address);
        await app.WithAsync((CloseStaff close) => close.RunAsync(closed, Actor.CommandLine, Ct));
        Assert.Equal(ResetFactorsRefusal.Unknown, await ResetAsync(await app.IdAsync(closed)));
        Assert.Equal(ResetFactorsRefusal.Unknown, await ResetAsync(Guid.NewGuid()));
    }

    [Fact]
    public async Task SendLink_PasswordForgotten_StillAsksForTheAppAfterwards()
    {
        var (colleague, someone) = (await app.EnrolAsync(), await app.EnrolAsync());
        await (await colleague.Browser.GetAsync($"/staff/staff/{await app.IdAsync(someone.Email)}")).SubmitAsync(selector: "form[action*='handler=Link']");
        var browser = app.Browse();

        var asked = await (await browser.GetAsync(await LinkAsync(someone.Email))).SubmitAsync(form => form["Wanted"] = Chosen);
        var before = await browser.GetAsync("/staff");
        var reached = await asked.SubmitAsync(form => form["Code"] = someone.App.NextCode());

        Assert.Equal("/sign-in/code", asked.Address);
        Assert.StartsWith("/sign-in", before.Address, StringComparison.Ordinal);
        Assert.Equal("/staff", reached.Address);
    }

    [Fact]
    public async Task ResetStaffPassword_FromTheCommandLine_TakesTheFactorsAwayToo()
    {
        var someone = await app.EnrolAsync();

        var password = await app.WithAsync((ResetStaffPassword reset) => reset.RunAsync(someone.Email, Ct));
        var browser = app.Browse();
        var choose = await browser.SignInAsync(someone.Email, password!);
        await choose.SubmitAsync(form => (form["Form.Current"], form["Form.Wanted"]) = (password!, Chosen), "#password");
        var setUp = await browser.SignInAsync(someone.Email, Chosen);

        Assert.Equal("Choose your password", choose.Heading);
        Assert.Equal("Set up an authenticator app", setUp.Heading);
        Assert.Equal(["AppAdded", "Reset"], await app.ToldAsync(someone.Email));
        Assert.Equal(0, await CodesAsync(await app.IdAsync(someone.Email)));
    }

    private Task<int> CodesAsync(Guid user) => app.WithAsync((TrainingHubDb db) => db.StaffRecoveryCodes.CountAsync(code => code.StaffUserId == user, Ct));

    private static Task<TestPage> RecoverAsync(TestPage asked, string code) =>
        asked.SubmitAsync(form => form["Recovery"] = code, "form[action*='handler=Recovery']");

    private async Task<string> LinkAsync(string email)
    {
        await using var command = app.Database.CreateCommand(
            "select substring(model ->> 'Url' from 'https?://[^/]+(.*)') from outgoing_emails where to_address = $1 and kind = 'staff-password-link' order by id desc limit 1");
        command.Parameters.AddWithValue(email);
        return (string)(await command.ExecuteScalarAsync(Ct))!;
    }
}
