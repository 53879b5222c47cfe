using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>People at providers and venues are kept twelve months, here as without a setting.</summary>
public sealed class ForgetContactsTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateOnly Today => London.DateOf(app.Clock.GetUtcNow());

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Run_ContractEnded_ClearsPeopleAfterTwelveMonthsAndNotBefore(int daysLater, bool isCleared)
    {
        var provider = await WithContactAsync(await app.Given.ProviderAsync(contractUntil: Today.AddMonths(-12).AddDays(daysLater)));
        var trainer = await app.Given.TrainerAsync(provider.Id, "Tia Trainer");

        await app.RunJobAsync(nameof(ForgetContacts));

        var (kept, taught) = await ReadAsync(provider, trainer);
        Assert.Equal(isCleared ? (null, null) : ("Sue Swan", "sue@swan.example"), (kept.ContactName, kept.Email));
        Assert.Equal(isCleared ? KeptContacts.FormerTrainer : "Tia Trainer", taught.Name);
        Assert.NotNull(kept.ContractUntil);
        Assert.Equal(isCleared ? 1 : 0, (await HistoryAsync(taught.Id)).Count);
    }

    [Fact]
    public async Task Run_ComingDate_KeepsThePeopleOfItsProvider()
    {
        var provider = await WithContactAsync(await app.Given.ProviderAsync(contractUntil: Today.AddMonths(-13)));
        var trainer = await app.Given.TrainerAsync(provider.Id, "Tia Trainer");
        await app.Given.RunByAsync((await app.Given.CourseAsync()).Id, provider.Id, Today.AddDays(3));

        await app.RunJobAsync(nameof(ForgetContacts));

        var (kept, taught) = await ReadAsync(provider, trainer);
        Assert.Equal(("Sue Swan", "Tia Trainer"), (kept.ContactName, taught.Name));
    }

    [Fact]
    public async Task Run_ArchivedTrainerAndVenue_AreClearedAndTheProviderInUseIsNot()
    {
        var provider = await WithContactAsync(await app.Given.ProviderAsync());
        var (trainer, other) = (await app.Given.TrainerAsync(provider.Id, "Tia Trainer"), await app.Given.TrainerAsync(provider.Id, "Tom Trainer"));
        var venue = await app.Given.VenueAsync();
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/venues/{venue.Id}");
        page = await page.SubmitAsync(fill => fill["Form.ContactName"] = "Keys Keeper");
        await page.SubmitAsync(selector: "form[action*='handler=Archive']");
        await (await page.Browser.GetAsync($"/staff/providers/{provider.Id}/trainers/{trainer.Id}")).SubmitAsync(selector: "form[action*='handler=Archive']");
        app.Clock.Advance(TimeSpan.FromDays(366));

        await app.RunJobAsync(nameof(ForgetContacts));
        var again = await app.RunJobAsync(nameof(ForgetContacts));

        var (kept, former) = await ReadAsync(provider, trainer);
        var stays = await app.WithAsync((TrainingHubDb db) => db.Trainers.AsNoTracking().SingleAsync(one => one.Id == other.Id, Ct));
        var emptied = await app.WithAsync((TrainingHubDb db) => db.Venues.AsNoTracking().SingleAsync(one => one.Id == venue.Id, Ct));
        Assert.Equal(("Sue Swan", KeptContacts.FormerTrainer, "Tom Trainer", null), (kept.ContactName, former.Name, stays.Name, emptied.ContactName));
        Assert.Equal(0, again);
        var history = await HistoryAsync(venue.Id);
        Assert.Equal(("Contact details cleared", "Automatic work"), (history[0].Act, history[0].Actor));
        Assert.DoesNotContain(history.SelectMany(entry => entry.Changes), change => $"{change.Before}{change.After}".Contains("Keys", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_SayWhyAndUntilWhen()
    {
        var provider = await app.Given.ProviderAsync(contractUntil: new DateOnly(2027, 3, 31));
        var trainer = await app.Given.TrainerAsync(provider.Id, "Tia Trainer");
        var browser = await app.BrowseAsStaffAsync();

        var owner = await browser.GetAsync($"/staff/providers/{provider.Id}");
        var person = await browser.GetAsync($"/staff/providers/{provider.Id}/trainers/{trainer.Id}");
        var venue = await browser.GetAsync("/staff/venues/new");
        var privacy = await app.Browse().GetAsync("/privacy");

        Assert.Contains("kept to arrange training. They are cleared on 31 March 2028, or after the last coming date.", owner.Main, StringComparison.Ordinal);
        Assert.Contains("They are cleared on 31 March 2028", person.Main, StringComparison.Ordinal);
        Assert.Contains("kept to be reached on the day, and cleared 12 months after the venue is archived.", venue.Main, StringComparison.Ordinal);
        Assert.Contains("12 months after the contract ends", privacy.Main, StringComparison.Ordinal);
    }

    private async Task<Provider> WithContactAsync(Provider provider)
    {
        await app.WithAsync<TrainingHubDb>(db => db.Providers.Where(one => one.Id == provider.Id).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.ContactName, "Sue Swan").SetProperty(one => one.Email, "sue@swan.example"), Ct));
        return provider;
    }

    private Task<(Provider, Trainer)> ReadAsync(Provider provider, Trainer trainer) => app.WithAsync(async (TrainingHubDb db) => (
        await db.Providers.AsNoTracking().SingleAsync(one => one.Id == provider.Id, Ct), await db.Trainers.AsNoTracking().SingleAsync(one => one.Id == trainer.Id, Ct)));

    private Task<List<HistoryEntry>> HistoryAsync(Guid record) => app.WithAsync((TrainingHubDb db) => HistoryEntry.AboutAsync(db, [record], Ct));
}
