using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.Platform.Settings;

/// <summary>What is settled on screen stands wherever the configuration's value stood, on every node.</summary>
public sealed class SettingsTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Save_Name_IsOnPagesAndInEmailsOfEveryNode()
    {
        await using var other = new TestApp(app.ConnectionString);
        Assert.DoesNotContain("Westshire", (await other.Browse().GetAsync("/contact")).Text);
        Assert.DoesNotContain("Westshire", (await app.Browse().GetAsync("/contact")).Text);

        Assert.True(await SaveAsync(SettingGroup.Partnership, SettingName.PartnershipName, "Westshire Safeguarding Partnership"));

        Assert.Contains("Westshire Safeguarding Partnership", await SoonAsync(other, "/contact", "Westshire"));
        Assert.Contains("Westshire Safeguarding Partnership", await SoonAsync(app, "/contact", "Westshire"));
        Assert.Equal("Westshire Safeguarding Partnership", other.Services.GetRequiredService<Func<EmailBrand>>()().PartnershipName);
        Assert.Contains(
            await app.WithAsync((TrainingHubDb db) => HistoryEntry.OfAsync<Setting>(db, SettingGroup.Partnership.Id, Ct)),
            entry => entry.Changes.Any(change => change.After == "Westshire Safeguarding Partnership"));
    }

    [Fact]
    public async Task Save_PageThatSomebodyElseSaved_SavesNothing()
    {
        var version = await app.WithAsync((TrainingHubDb db) => SaveSettings.VersionAsync(db, SettingGroup.Deadlines, Ct));
        Assert.True(await SaveAsync(SettingGroup.Deadlines, SettingName.InvoiceDueDays, "21"));

        Assert.False(await SaveAsync(SettingGroup.Deadlines, SettingName.InvoiceDueDays, "14", version));

        Assert.Equal("21", await app.WithAsync((TrainingHubDb db) => db.Settings.Where(one => one.Name == SettingName.InvoiceDueDays).Select(one => one.Value).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Stored_NameOfTheOperator_HasNoEffect()
    {
        await app.Given.SettingAsync("Site:PublicUrl", "https://elsewhere.example");

        await app.Services.GetRequiredService<StoredSettings>().LoadAsync(Ct);

        Assert.Equal("https://localhost/", app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.PublicUrl.ToString());
    }

    private Task<bool> SaveAsync(SettingGroup group, string name, string value, int? version = null) => app.WithAsync(async (SaveSettings save) =>
    {
        var current = version ?? await app.WithAsync((TrainingHubDb db) => SaveSettings.VersionAsync(db, group, Ct));
        return await save.RunAsync(group, current, [new(name, "A setting", "", value)], new Actor(Guid.NewGuid(), "Ann"), Ct);
    });

    // The database tells the nodes a moment later.
    private static async Task<string> SoonAsync(TestApp node, string address, string word)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        while (true)
        {
            var text = (await node.Browse().GetAsync(address)).Text;
            if (text.Contains(word, StringComparison.Ordinal))
            {
                return text;
            }

            await Task.Delay(20, limit.Token);
        }
    }
}
