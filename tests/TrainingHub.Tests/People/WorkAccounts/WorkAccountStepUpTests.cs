using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>Whoever signed in with a work account proves there that it is they, anew.</summary>
public sealed class WorkAccountStepUpTests(WorkAccountBench app) : IClassFixture<WorkAccountBench>
{
    private const string Heading = "Confirm that it is you";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Proof_AskedForAnew_OpensTheFormThatWasSentWithWhatWasTyped()
    {
        var (browser, person) = await app.SignInAsync("administrators");
        var colleague = await app.IdAsync(await app.AddStaffAsync([StaffRole.BookingOfficer]));
        var form = await browser.Site.GetAsync($"/staff/staff/{colleague}");
        await ForgetProofAsync();

        var asked = await form.SubmitAsync(fields => fields["Form.Roles"] = "Finance", "form[action*='handler=Roles']");
        var go = asked.Find("main a[role=button]").GetAttribute("href")!;
        var sent = await browser.StartAsync(go);
        var shown = await browser.Site.GetAsync(await browser.AtProviderAsync(sent, person.Subject));
        var saved = await shown.SubmitAsync(selector: "form[action*='handler=Roles']");

        Assert.Equal(Heading, asked.Heading);
        Assert.Empty(asked.All("input[type=password]"));
        Assert.Contains("nothing has been done with it yet", asked.Main);
        Assert.Contains("Thank you. Here is what you sent: check and send it again.", shown.Main);
        Assert.True(shown.Find("[name='Form.Roles'][value=Finance]").HasAttribute("checked"));
        Assert.Contains("Saved.", saved.Main);
        Assert.Contains("Wanda Worker: Identity confirmed: By the work account", await app.HistoryAsync(await app.IdAsync(person.Email)));
    }

    [Fact]
    public async Task Proof_ByAPasswordOrNothing_IsNoneInSuchASession()
    {
        var (browser, _) = await app.SignInAsync("coordinators");
        await ForgetProofAsync();
        var asked = await browser.Site.GetAsync("/staff/people?file=csv");

        using var content = new FormUrlEncodedContent([new("Password", StaffDoor.Password), new("__RequestVerificationToken", asked.Find("[name=__RequestVerificationToken]").GetAttribute("value")!)]);
        using var answer = await browser.StillPostAsync("/staff/confirm", content);

        Assert.Equal("/sign-in/work-account/confirm", answer.Headers.Location!.OriginalString);
        Assert.Equal(Heading, (await browser.Site.GetAsync("/staff/people?file=csv")).Heading);
    }

    [Theory]
    [InlineData(-600L, "The provider did not ask anew")]
    [InlineData(null, "The provider does not say when it asked")]
    public async Task Proof_ProviderAskedBeforeOrDoesNotSay_IsRefused(long? seconds, string why)
    {
        var (browser, person) = await app.SignInAsync("coordinators");
        await ForgetProofAsync();
        await app.Provider.FaultAsync(new { claims = new Dictionary<string, object?> { ["auth_time"] = seconds is { } ago ? app.Clock.Now.ToUnixTimeSeconds() + ago : null } });

        var page = await ConfirmAsync(browser, person);

        await app.Provider.FaultAsync();
        Assert.Equal("That did not show that it is you", page.Heading);
        Assert.Equal(Heading, (await browser.Site.GetAsync("/staff/people?file=csv")).Heading);
        Assert.Contains($"Wanda Worker: Identity not confirmed: {why}", await app.HistoryAsync(await app.IdAsync(person.Email)));
    }

    [Fact]
    public async Task Proof_OfSomebodyElse_IsRefusedAndTheSessionStays()
    {
        var (browser, person) = await app.SignInAsync("coordinators");
        var (_, other) = await app.SignInAsync("administrators");
        await ForgetProofAsync();

        browser.LeaveProvider();
        var page = await ConfirmAsync(browser, other);

        Assert.Equal("That did not show that it is you", page.Heading);
        Assert.Equal(Heading, (await browser.Site.GetAsync("/staff/people?file=csv")).Heading);
        Assert.Contains("Wanda Worker: Identity not confirmed: Another work account signed in", await app.HistoryAsync(await app.IdAsync(person.Email)));
        Assert.Equal(HttpStatusCode.OK, (await browser.Site.GetAsync("/staff/dates")).Status);
    }

    [Fact]
    public async Task Proof_ForASessionThatEnded_OpensNothing()
    {
        var (browser, person) = await app.SignInAsync("coordinators");
        await ForgetProofAsync();
        var back = await browser.AtProviderAsync(await browser.StartAsync("/sign-in/work-account/confirm?ReturnUrl=%2Fstaff%2Fdates"), person.Subject);
        await app.WithAsync((TrainingHubDb db) => db.StaffSessions.ExecuteDeleteAsync(Ct));

        using var answer = await browser.StillGetAsync(back);

        Assert.Equal("/sign-in/work-account?ReturnUrl=%2Fstaff%2Fdates", answer.Headers.Location!.OriginalString);
        Assert.Equal(0, await app.SessionsAsync(person.Email));
    }

    private static async Task<TestPage> ConfirmAsync(WorkBrowser browser, WorkPerson person) =>
        await browser.Site.GetAsync(await browser.AtProviderAsync(await browser.StartAsync("/sign-in/work-account/confirm?ReturnUrl=%2Fstaff%2Fpeople"), person.Subject));

    // The tokens' times are those of the clock, so it is not moved for this.
    private Task<int> ForgetProofAsync() => app.WithAsync((TrainingHubDb db) => db.StaffSessions.ExecuteUpdateAsync(set => set.SetProperty(session => session.ProvedAt, (DateTimeOffset?)null), Ct));
}
