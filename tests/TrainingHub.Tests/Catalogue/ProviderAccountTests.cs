using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>Which accounts train for a provider, as staff keep it at the provider's page.</summary>
public sealed class ProviderAccountTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Account_AddedAndTakenOff_IsListedAndInTheHistoryOfBoth()
    {
        await app.AddStaffAsync();
        var (provider, email) = (await app.Given.ProviderAsync(), await app.AddStaffAsync([StaffRole.Trainer]));
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/providers/{provider.Id}");
        Assert.Contains("Nobody signs in for this provider.", page.Main, StringComparison.Ordinal);

        page = await page.SubmitAsync(form => form["AccountEmail"] = $" {email.ToUpperInvariant()} ", "form[action*='handler=Account']");
        Assert.Contains(email, page.Main, StringComparison.Ordinal);
        Assert.Contains("Account added by Ann Coordinator", page.Main, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        page = await page.SubmitAsync(selector: "form[action*='handler=TakeOff']");

        Assert.DoesNotContain(email, page.Main, StringComparison.Ordinal);
        var account = await app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync(Ct));
        var acts = await app.WithAsync((TrainingHubDb db) => HistoryEntry.OfAsync<StaffUser>(db, account, Ct));
        Assert.Equal(
            [("Account taken off", provider.Name, null), ("Account added", null, provider.Name)],
            acts.Where(act => act.Act is "Account added" or "Account taken off").Select(act => (act.Act, act.Changes[0].Before, act.Changes[0].After)));
    }

    [Fact]
    public async Task Account_ThatIsNoTrainerOrUnknown_IsRefusedAndStaysTyped()
    {
        var (provider, officer) = (await app.Given.ProviderAsync(), await app.AddStaffAsync());
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/providers/{provider.Id}");

        var noTrainer = await page.SubmitAsync(form => form["AccountEmail"] = officer, "form[action*='handler=Account']");
        var unknown = await noTrainer.SubmitAsync(form => form["AccountEmail"] = "nobody@example.org", "form[action*='handler=Account']");

        Assert.Equal("This account does not have the role Trainer. An administrator can give it under Staff", Assert.Single(noTrainer.Errors));
        Assert.Equal(officer, noTrainer.Find("#AccountEmail").GetAttribute("value"));
        Assert.Equal("Enter the address of an account that is open. An administrator adds accounts under Staff", Assert.Single(unknown.Errors));
    }

    [Fact]
    public async Task Account_OfTwoProviders_EndsWithBothWhenItIsClosedAndDoesNotComeBack()
    {
        await app.AddStaffAsync();
        var (one, other) = (await app.Given.ProviderAsync(), await app.Given.ProviderAsync());
        var email = await app.AddTrainerAsync(one.Id, other.Id);
        Assert.Equal(2, await CountAsync(one.Id, other.Id));

        Assert.Null(await app.WithAsync((CloseStaff close) => close.RunAsync(email, Actor.CommandLine, Ct)));
        await app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Email == email).ExecuteUpdateAsync(set => set.SetProperty(user => user.ClosedAt, (DateTimeOffset?)null), Ct));

        Assert.Equal(0, await CountAsync(one.Id, other.Id));
    }

    private Task<int> CountAsync(params Guid[] providers) =>
        app.WithAsync((TrainingHubDb db) => db.ProviderAccounts.CountAsync(own => providers.Contains(own.ProviderId), Ct));
}
