using TrainingHub.People;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>Makes staff accounts and signs them in as a person does, at the page.</summary>
internal static class StaffDoor
{
    public const string Password = "walnut tractor 91 lighthouse";

    /// <summary>Somebody who never signed in from there, on a network that nobody shares.</summary>
    public static SignInFrom Stranger() => new($"network {Guid.NewGuid()}", Device: null);

    /// <returns>The address of a new coordinator's account with <see cref="Password"/>.</returns>
    public static async Task<string> AddStaffAsync(this TestApp app)
    {
        var email = await app.AddPlainStaffAsync();
        Assert.Null(await app.WithAsync((NameCoordinator name) => name.NameAsync(email, Actor.CommandLine, TestContext.Current.CancellationToken)));
        return email;
    }

    /// <returns>The address of a new account that is no coordinator's, unless it is the first.</returns>
    public static async Task<string> AddPlainStaffAsync(this TestApp app)
    {
        var email = $"staff-{Guid.NewGuid():N}@partnership.example";
        var added = await app.WithAsync((AddStaff add) => add.RunAsync(email, "Ann Coordinator", Password));
        Assert.Empty(added.Errors);
        return email;
    }

    public static async Task<TestPage> SignInAsync(this TestBrowser browser, string email, string password, string query = "") =>
        await (await browser.GetAsync("/sign-in" + query)).SubmitAsync(form =>
        {
            form["Form.Email"] = email;
            form["Form.Password"] = password;
        });

    /// <returns>A browser in which somebody new is signed in.</returns>
    public static async Task<TestBrowser> BrowseAsStaffAsync(this TestApp app)
    {
        var browser = app.Browse();
        var page = await browser.SignInAsync(await app.AddStaffAsync(), Password);
        if (page.Address.StartsWith("/sign-in/authenticator", StringComparison.Ordinal))
        {
            page = await (await new TestAuthenticator(page, app.Clock).ConfirmAsync(page)).FollowAsync("I have kept them, continue");
        }

        Assert.Equal("/staff", page.Address);
        return browser;
    }
}
