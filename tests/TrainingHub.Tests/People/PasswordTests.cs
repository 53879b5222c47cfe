using TrainingHub.People;
using Xunit;

namespace TrainingHub.Tests.People;

public sealed class PasswordTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("fourteen chars")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("121212121212121212")]
    [InlineData("Password12345678!")]
    [InlineData("P@ssw0rdP@ssw0rd")]
    [InlineData("Safeguarding2026!")]
    [InlineData("qwertyuiop12345")]
    [InlineData("1qaz2wsx3edc4rfv")]
    [InlineData("correct horse battery staple")]
    [InlineData("This is my password!")]
    [InlineData("AnnCoordinator99")]
    [InlineData("partnership.example")]
    public void WhyNot_EasilyGuessed_SaysWhy(string password) =>
        Assert.NotNull(PasswordRules.WhyNot(password, "Ann Coordinator", "ann@partnership.example"));

    [Theory]
    [InlineData("walnut tractor 91 lighthouse")]
    [InlineData("purple gravel sofa")]
    [InlineData("fjk3-9sdf-ppqw-2x")]
    [InlineData("räksmörgås på bordet")]
    public void WhyNot_HardToGuess_IsGood(string password) =>
        Assert.Null(PasswordRules.WhyNot(password, "Ann Coordinator", "ann@partnership.example"));

    [Fact]
    public void RandomPassword_ByTheHundred_PassesItsOwnRules() =>
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Null(PasswordRules.WhyNot(AddStaff.RandomPassword(), "Ann", "ann@partnership.example")));

    [Fact]
    public async Task OneTimePassword_SignedIn_OpensOnlyTheAccount()
    {
        var (email, password) = await AddWithOneTimePasswordAsync();
        var browser = app.Browse();
        await browser.SignInAsync(email, password);

        var page = await browser.GetAsync("/staff/dates");

        Assert.StartsWith("/staff/account", page.Address, StringComparison.Ordinal);
        Assert.Equal("Choose your password", page.Heading);
    }

    [Fact]
    public async Task OneTimePassword_Replaced_OnlyTheNewOneWorks()
    {
        var (email, password) = await AddWithOneTimePasswordAsync();
        var browser = app.Browse();
        await browser.SignInAsync(email, password);

        var changed = await ChangeAsync(browser, password, StaffDoor.Password);

        Assert.Equal("/sign-in", changed.Address);
        Assert.NotEmpty((await app.Browse().SignInAsync(email, password)).Errors);
        Assert.Equal("/staff", (await app.Browse().SignInAsync(email, StaffDoor.Password)).Address);
    }

    [Fact]
    public async Task OneTimePassword_AfterAWeek_IsRefused()
    {
        var (email, password) = await AddWithOneTimePasswordAsync();

        app.Clock.Advance(StaffUser.OneTimePasswordFor);

        Assert.NotEmpty((await app.Browse().SignInAsync(email, password)).Errors);
    }

    [Fact]
    public async Task ChangePassword_Done_EndsEveryOtherSession()
    {
        var email = await app.AddStaffAsync();
        var (here, elsewhere) = (app.Browse(), app.Browse());
        await here.SignInAsync(email, StaffDoor.Password);
        await elsewhere.SignInAsync(email, StaffDoor.Password);

        await ChangeAsync(here, StaffDoor.Password, "purple gravel sofa 7");

        Assert.StartsWith("/sign-in", (await elsewhere.GetAsync("/staff/dates")).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangePassword_PresentOneWrongOrNewOneWeak_SaysWhichAndChangesNothing()
    {
        var email = await app.AddStaffAsync();
        var browser = app.Browse();
        await browser.SignInAsync(email, StaffDoor.Password);

        var wrong = await ChangeAsync(browser, "not the password at all", "purple gravel sofa 7");
        var weak = await ChangeAsync(browser, StaffDoor.Password, "Password12345678!");

        Assert.Equal(["That is not your present password"], wrong.Errors);
        Assert.StartsWith("Use less common words", Assert.Single(weak.Errors), StringComparison.Ordinal);
        Assert.Equal("/staff", (await app.Browse().SignInAsync(email, StaffDoor.Password)).Address);
    }

    [Fact]
    public async Task ResetStaffPassword_AfterTooManyTries_GivesANewOneTimePassword()
    {
        var email = await app.AddStaffAsync();
        for (var tried = 0; tried < SignInTries.Passwords.ToAccount.Most; tried++)
        {
            await app.WithAsync((CheckSignIn check) => check.RunAsync(email, "not the password at all", StaffDoor.Stranger(), Ct));
        }

        var password = await app.WithAsync((ResetStaffPassword reset) => reset.RunAsync(email, Ct));

        Assert.NotNull(password);
        Assert.StartsWith("/staff/account", (await app.Browse().SignInAsync(email, password)).Address, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not an address", "Ann")]
    [InlineData("ann@partnership.example", "")]
    public async Task AddStaff_BadWishes_SaysSo(string email, string name)
    {
        var added = await app.WithAsync((AddStaff add) => add.RunAsync(email, name, null, StaffUser.WhoIsAlone));

        Assert.Single(added.Errors);
    }

    [Fact]
    public async Task AddStaff_AddressInUse_SaysSo()
    {
        var email = await app.AddStaffAsync();

        var added = await app.WithAsync((AddStaff add) => add.RunAsync(email.ToUpperInvariant(), "Ann", null, StaffUser.WhoIsAlone));

        Assert.NotEmpty(added.Errors);
    }

    private async Task<(string Email, string Password)> AddWithOneTimePasswordAsync()
    {
        var email = $"new-{Guid.NewGuid():N}@partnership.example";
        var added = await app.WithAsync((AddStaff add) => add.RunAsync(email, "New Person", null, StaffUser.WhoIsAlone));
        Assert.Empty(added.Errors);
        return (email, added.Password);
    }

    private static async Task<TestPage> ChangeAsync(TestBrowser browser, string current, string wanted) =>
        await (await browser.GetAsync("/staff/account")).SubmitAsync(form =>
        {
            form["Form.Current"] = current;
            form["Form.Wanted"] = wanted;
        }, "#password");
}
