using TrainingHub.Catalogue;
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

    /// <returns>The address of a new account with <see cref="Password"/> that runs everything.</returns>
    public static Task<string> AddStaffAsync(this TestApp app) => app.AddStaffAsync(StaffUser.WhoIsAlone);

    /// <returns>The address of a new account with <see cref="Password"/>; the first of all runs everything, whatever it is to be.</returns>
    public static async Task<string> AddStaffAsync(this TestApp app, IReadOnlyCollection<StaffRole> roles, params IReadOnlyCollection<Guid> areas)
    {
        var email = $"staff-{Guid.NewGuid():N}@partnership.example";
        var added = await app.WithAsync((AddStaff add) => add.RunAsync(email, "Ann Coordinator", Password, roles, areas));
        Assert.Empty(added.Errors);
        return email;
    }

    public static async Task<TestPage> SignInAsync(this TestBrowser browser, string email, string password, string query = "") =>
        await (await browser.GetAsync("/sign-in" + query)).SubmitAsync(form =>
        {
            form["Form.Email"] = email;
            form["Form.Password"] = password;
        });

    /// <returns>A browser in which somebody new is signed in who runs everything.</returns>
    public static Task<TestBrowser> BrowseAsStaffAsync(this TestApp app) => app.BrowseAsAsync(StaffUser.WhoIsAlone);

    /// <returns>A browser in which somebody new with these roles is signed in.</returns>
    public static async Task<TestBrowser> BrowseAsAsync(this TestApp app, IReadOnlyCollection<StaffRole> roles, params IReadOnlyCollection<Guid> areas)
    {
        // The first account of all runs everything.
        if (!roles.Contains(StaffRole.Administrator))
        {
            await app.AddStaffAsync();
        }

        var browser = app.Browse();
        var page = await browser.SignInAsync(await app.AddStaffAsync(roles, areas), Password);
        if (page.Address.StartsWith("/sign-in/authenticator", StringComparison.Ordinal))
        {
            page = await (await new TestAuthenticator(page, app.Clock).ConfirmAsync(page)).FollowAsync("I have kept them, continue");
        }

        Assert.StartsWith("/staff", page.Address);
        return browser;
    }

    /// <returns>A browser in which a new trainer of these providers is signed in.</returns>
    public static async Task<TestBrowser> BrowseAsTrainerAsync(this TestApp app, params IReadOnlyCollection<Guid> providers)
    {
        await app.AddStaffAsync();
        var email = await app.AddTrainerAsync(providers);
        var browser = app.Browse();
        Assert.StartsWith("/staff", (await browser.SignInAsync(email, Password)).Address);
        return browser;
    }

    /// <returns>The address of a new account with <see cref="Password"/> that trains for these providers.</returns>
    public static async Task<string> AddTrainerAsync(this TestApp app, params IReadOnlyCollection<Guid> providers)
    {
        var email = await app.AddStaffAsync([StaffRole.Trainer]);
        foreach (var provider in providers)
        {
            Assert.Null(await app.WithAsync((KeepProviderAccounts keep) => keep.AddAsync(provider, email, Actor.CommandLine, TestContext.Current.CancellationToken)));
        }

        return email;
    }
}
