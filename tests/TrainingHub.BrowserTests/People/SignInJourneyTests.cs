using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TrainingHub.People;
using TrainingHub.People.Pages;
using TrainingHub.Tests;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.BrowserTests.People;

/// <summary>The demonstration by a name, with second factors required.</summary>
public sealed class FactorSite(TestDatabase databases, Chromium chromium) : BrowserFixture(databases, chromium)
{
    protected override string Host => "localhost";

    protected override string[] Settings => ["Staff:SecondFactor", nameof(SecondFactorRule.Required)];
}

/// <summary>How staff sign in, in a browser: by an app, by a recovery code, and by a passkey of Chromium's virtual authenticator.</summary>
public sealed class SignInJourneyTests(FactorSite site) : IClassFixture<FactorSite>
{
    private const string Password = "walnut tractor 91 lighthouse";

    [Fact]
    public async Task Staff_FromTheFirstSignInToARecoveryCode_AreLedAllTheWay()
    {
        await using var visit = await site.OpenAsync();
        var email = await AddAsync();
        await EnterPasswordAsync(visit, email);
        await visit.SeeAsync("Set up an authenticator app");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        var key = Regex.Replace(await visit.Page.Locator(".app-key").InnerTextAsync(), " ", "");
        await visit.FillAsync("Code from the app", "000000");
        await visit.PressAsync("Continue");
        await visit.SeeErrorsAsync("The app shows another code. See that your phone has the right time, and enter what it shows now");
        await visit.FillAsync("Code from the app", Code(key));
        await visit.PressAsync("Continue");
        await visit.SeeAsync("Keep your recovery codes");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        var codes = await visit.Page.Locator(".app-codes li").AllInnerTextsAsync();
        var file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.FollowAsync("Save as a file"));
        Assert.Equal("recovery-codes.txt", file.SuggestedFilename);
        Assert.Contains(codes[9], await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await visit.PressAsync("I have kept them");
        await visit.SeeAsync("Today");
        await visit.GoAsync("/staff/account");
        await visit.ReadAsync("10 of 10 left");
        await visit.AssertAccessibleAsync(Screen.Desktop);

        site.App.Clock.Advance(StaffTicketStore.ProvedFor);
        await visit.FollowAsync("Make new codes");
        await visit.SeeAsync("Confirm that it is you");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.FillAsync("Code from your authenticator app", Code(key));
        await visit.PressAsync("Continue");
        await visit.SeeAsync("Make new recovery codes");
        await visit.AssertAccessibleAsync(Screen.Desktop);

        await visit.PressAsync("Sign out");
        site.App.Clock.Advance(TimeSpan.FromSeconds(30));
        await EnterPasswordAsync(visit, email);
        await visit.SeeAsync("Enter the code from your app");
        await visit.FillAsync("Code", Code(key));
        await visit.PressAsync("Sign in");
        await visit.SeeAsync("Today");

        await visit.PressAsync("Sign out");
        await EnterPasswordAsync(visit, email);
        await visit.Page.GetByText("I do not have my phone").ClickAsync();
        await visit.FillAsync("Recovery code", codes[0]);
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.PressAsync("Use a recovery code");
        await visit.SeeAsync("Today");
        await visit.ReadAsync("You used a recovery code: 9 are left");
    }

    [Fact]
    public async Task Staff_WithAPasskey_AddItSignInByItAndRemoveIt()
    {
        await using var visit = await site.OpenAsync(Screen.Desktop);
        await AddAuthenticatorAsync(visit.Page);
        await visit.GoAsync("/sign-in");
        var fault = visit.Page.GetByText("No passkey was used. Try again, or sign in with your password.");
        await Assertions.Expect(fault).ToBeHiddenAsync();
        await visit.PressAsync("Sign in with a passkey");
        await Assertions.Expect(fault).ToBeVisibleAsync();
        await visit.AssertAccessibleAsync(Screen.Phone);
        var email = await AddAsync();
        await EnterPasswordAsync(visit, email);
        await visit.FillAsync("Code from the app", Code(Regex.Replace(await visit.Page.Locator(".app-key").InnerTextAsync(), " ", "")));
        await visit.PressAsync("Continue");
        await visit.PressAsync("I have kept them");

        await visit.GoAsync("/staff/account");
        await visit.FollowAsync("Add a passkey");
        await visit.SeeAsync("Add a passkey");
        await visit.AssertAccessibleAsync(Screen.Phone);
        await visit.PressAsync("Add a passkey");
        await visit.SeeErrorsAsync("Enter what you call it");
        await visit.FillAsync("What you call it", "Work laptop");
        await visit.PressAsync("Add a passkey");
        await visit.SeeAsync("Your account");
        await visit.ReadAsync("Passkey: Work laptop");

        await visit.PressAsync("Sign out");
        await visit.SeeAsync("Staff sign in");
        await visit.AssertAccessibleAsync(Screen.Phone);
        await visit.PressAsync("Sign in with a passkey");
        await visit.SeeAsync("Today");

        await visit.GoAsync("/staff/account");
        await visit.FollowAsync("Rename or remove Work laptop");
        await visit.SeeAsync("Passkey: Work laptop");
        await visit.AssertAccessibleAsync(Screen.Phone);
        await visit.PressAsync("Remove the passkey");
        await visit.SeeAsync("Your account");
        await visit.PressAsync("Sign out");
        await visit.PressAsync("Sign in with a passkey");
        await visit.SeeErrorsAsync("The passkey was not accepted. Try again, or sign in with your password");
    }

    private async Task<string> AddAsync()
    {
        var email = $"staff-{Guid.NewGuid():N}@partnership.example";
        Assert.Empty((await site.App.WithAsync((AddStaff add) => add.RunAsync(email, "Ann Coordinator", Password, StaffUser.WhoIsAlone))).Errors);
        return email;
    }

    private static async Task EnterPasswordAsync(Visit visit, string email)
    {
        await visit.GoAsync("/sign-in");
        await visit.FillAsync("Email address", email);
        await visit.FillAsync("Password", Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    private string Code(string key) => Totp.CodeOf(TestAuthenticator.Decode(key), Totp.StepAt(site.App.Clock.Now));

    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
