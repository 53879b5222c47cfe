using TrainingHub.People;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>
/// A password, a code and an address that are wrong are typed into every form that asks for one: each try leaves its line in the history,
/// and what was typed stands in no table and no log.
/// </summary>
public sealed class TypedSecretTests(TestDatabase databases) : IAsyncLifetime
{
    private const string Canary = "Zaphod5canary";
    private const string WrongPassword = Canary + " is not the password";
    private const string CanaryCode = "918273645546";

    private readonly LoggedApp app = new(databases, "Staff:SecondFactor", nameof(SecondFactorRule.Required));

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Secrets_WronglyTypedInEveryForm_AreInNoTableAndNoLog()
    {
        var (email, browser) = (await app.AddStaffAsync(), app.Browse());
        await app.Browse().SignInAsync(email, WrongPassword);
        await app.Browse().SignInAsync($"{Canary}@nobody.example", WrongPassword);
        var setUp = await browser.SignInAsync(email, StaffDoor.Password);
        await setUp.SubmitAsync(form => form["Code"] = CanaryCode);
        await (await new TestAuthenticator(setUp, app.Clock).ConfirmAsync(setUp)).FollowAsync("I have kept them, continue");
        var asked = await app.Browse().SignInAsync(email, StaffDoor.Password);
        await asked.SubmitAsync(form => form["Code"] = CanaryCode);
        await asked.SubmitAsync(form => form["Recovery"] = Canary, "form:has([name='Recovery'])");
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        await (await browser.GetAsync("/staff/people?file=csv")).SubmitAsync(form => form["Code"] = CanaryCode);
        await app.Browse().GetAsync($"/choose-password/{Guid.NewGuid()}/{Canary}");
        await (await browser.GetAsync("/staff/account")).SubmitAsync(
            form => (form["Form.Current"], form["Form.Wanted"]) = (WrongPassword, $"{Canary} walnut tractor elm"), "form:has([name='Form.Current'])");

        var acts = await ActsAsync(app);
        Assert.Contains("Sign-in refused: Email address and password do not belong together", acts);
        Assert.Contains("Sign-in refused: Wrong code, after the right password", acts);
        Assert.Contains("Identity not confirmed: The code was wrong", acts);
        await AssertNowhereAsync(app);
    }

    [Fact]
    public async Task Password_WronglyTypedWhereItIsAskedForAgain_IsInNoTableAndNoLog()
    {
        await using var plain = new LoggedApp(databases);
        await plain.InitializeAsync();
        var browser = plain.Browse();
        await browser.SignInAsync(await plain.AddStaffAsync(), StaffDoor.Password);
        plain.Clock.Advance(TimeSpan.FromMinutes(11));

        await (await browser.GetAsync("/staff/people?file=csv")).SubmitAsync(form => form["Password"] = WrongPassword);

        Assert.Contains("Identity not confirmed: The password was wrong", await ActsAsync(plain));
        await AssertNowhereAsync(plain);
    }

    /// <summary>The search itself finds what is there.</summary>
    [Fact]
    public async Task Search_OfWhatIsStored_FindsIt()
    {
        await app.AddStaffAsync();
        await app.Given.PersonAsync($"{Canary} Able", "able@x.example");

        Assert.NotEmpty(await Tables.HoldingAsync(app, Canary));
        Assert.NotEmpty(await Tables.HoldingAsync(app, "partnership.example"));
    }

    private static Task<List<string>> ActsAsync(TestApp one) => Tables.ListAsync(one, "select act || ': ' || note from history_entries where note is not null");

    private static async Task AssertNowhereAsync(LoggedApp one)
    {
        House.Verdict.NoFaults((await Tables.HoldingAsync(one, Canary)).Concat(await Tables.HoldingAsync(one, CanaryCode)));
        Assert.NotEmpty(one.Lines);
        Assert.DoesNotContain(one.Lines, line => line.Contains(Canary, StringComparison.OrdinalIgnoreCase) || line.Contains(CanaryCode, StringComparison.Ordinal));
    }
}
