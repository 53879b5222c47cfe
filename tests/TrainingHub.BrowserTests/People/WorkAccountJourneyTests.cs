using Microsoft.EntityFrameworkCore;
using TrainingHub.Tests;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.BrowserTests.People;

/// <summary>The demonstration with a provider of work accounts.</summary>
public sealed class WorkAccountSite(TestDatabase databases, Chromium chromium) : BrowserFixture(databases, chromium), IAsyncLifetime
{
    private TestOpenIdProvider? provider;

    public TestOpenIdProvider Provider => provider ?? throw new InvalidOperationException("The provider has not been started.");

    protected override string[] Settings => Provider.Settings;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        provider = await TestOpenIdProvider.StartAsync();
        await InitializeAsync();
        // Cookies with an end go by the machine's clock.
        App.Clock.MoveTo(TimeProvider.System.GetUtcNow() is var real && real > App.Clock.Now ? real : App.Clock.Now);
        await provider.ClockAsync(App.Clock);
        await provider.SiteAsync(App.ClientOptions.BaseAddress);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await Provider.DisposeAsync();
    }
}

/// <summary>A work account in a browser: signed in, asked anew, signed out at both, and signed out there alone.</summary>
public sealed class WorkAccountJourneyTests(WorkAccountSite site) : IClassFixture<WorkAccountSite>
{
    private const string AtProvider = "Sign in to the provider";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Staff_WithAWorkAccount_SignInProveItAndSignOutAtBoth(bool javaScript)
    {
        var person = await site.Provider.AddAsync("coordinators");
        await using var visit = await site.OpenAsync(javaScript ? Screen.Phone : Screen.Desktop, javaScript);
        await visit.GoAsync("/staff/people");
        await visit.SeeAsync("Staff sign in");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await EnterAsync(visit, person);
        await visit.SeeAsync("People");

        await visit.GoAsync("/staff/account");
        await visit.ReadAsync("You sign in with it, and its groups say what your account is for.");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await site.App.WithAsync((TrainingHubDb db) => db.StaffSessions.ExecuteUpdateAsync(set => set.SetProperty(session => session.ProvedAt, (DateTimeOffset?)null), Ct));
        await visit.GoAsync("/staff/people?file=csv");
        await visit.SeeAsync("Confirm that it is you");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.PressAsync("Continue to your work account");
        await AnswerAsync(visit, person);
        await visit.SeeAsync("People");
        await visit.ReadAsync("You can download the file now.");

        await visit.PressAsync("Sign out");
        await visit.SeeAsync("Sign out of the provider?");
        await visit.PressAsync("Yes, sign me out");
        await visit.SeeAsync("Staff sign in");
        await visit.ReadAsync("You are signed out");
        await EnterAsync(visit, person);
        await visit.SeeAsync("Today");

        await visit.GoAsync($"{site.Provider.Issuer}/session/end");
        await visit.PressAsync("Yes, sign me out");
        await visit.SeeAsync("You are signed out of the provider");
        await visit.GoAsync("/staff");
        await visit.SeeAsync("Staff sign in");
    }

    [Theory]
    [InlineData("NoGroup", "Your work account has no role here")]
    [InlineData("TooManyGroups", "Your groups could not be read")]
    [InlineData("Unreachable", "Your work account cannot be reached")]
    public async Task Refusal_OfAnyKind_IsReadable(string why, string heading)
    {
        await using var visit = await site.OpenAsync();
        await visit.GoAsync("/sign-in/work-account/refused?why=" + why);
        await visit.SeeAsync(heading);
        await visit.AssertAccessibleAsync(Screen.Desktop);
    }

    // Each time the provider asks: nobody is signed in there any more, or it was told to ask.
    private static async Task EnterAsync(Visit visit, WorkPerson person)
    {
        await visit.PressAsync("Sign in with your work account");
        await AnswerAsync(visit, person);
    }

    private static async Task AnswerAsync(Visit visit, WorkPerson person)
    {
        await visit.SeeAsync(AtProvider);
        await visit.FillAsync("Login", person.Subject);
        await visit.PressAsync("Sign in");
    }
}
