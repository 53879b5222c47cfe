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

        Assert.Contains("Westshire Safeguarding Partnership", (await other.Browse().EventuallyAsync("/contact", "Westshire")).Text);
        Assert.Contains("Westshire Safeguarding Partnership", (await app.Browse().EventuallyAsync("/contact", "Westshire")).Text);
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

    [Theory]
    [InlineData("Site:Logo", "no picture")]
    [InlineData("Site:BrandColour", "red;} body {display:none")]
    [InlineData("Site:ActionColour", "#ffff00")]
    [InlineData("Site:ContactEmail", "")]
    [InlineData("Site:UrgentContacts", "[{}]")]
    [InlineData("Site:NoticeUntil", "soon")]
    [InlineData("Site:Notice", "[a](javascript:alert(1))")]
    [InlineData("Site:Texts:terms-day", "![a](https://x.example/a.png)")]
    [InlineData("Site:ContactsKeptMonths", "many")]
    [InlineData("Dates:TooFewDaysBefore", "1000")]
    [InlineData("Attendance:AttendedPercent", "10")]
    public async Task Stored_ValueThatCannotBeUsed_IsLeftOutAndBreaksNoPage(string name, string value)
    {
        await using var node = new TestApp(app.ConnectionString);
        await app.Given.SettingAsync(name, value);
        await app.WithAsync((TrainingHubDb db) => db.Settings.Where(one => one.Name == SettingName.ContactHours).ExecuteDeleteAsync(Ct));
        await app.Given.SettingAsync(SettingName.ContactHours, $"whenever {name} is wrong");

        await node.Browse().EventuallyAsync("/contact", $"whenever {name} is wrong");

        foreach (var address in new[] { "/", "/terms", "/privacy", "/accessibility", "/free-places", "/courses" })
        {
            Assert.Equal(System.Net.HttpStatusCode.OK, (await node.Browse().GetAsync(address)).Status);
        }

        Assert.Equal(80, node.Services.GetRequiredService<IOptions<TrainingHub.Attendance.AttendanceOptions>>().Value.AttendedPercent);
        Assert.Equal(14, node.Services.GetRequiredService<IOptions<TrainingHub.Catalogue.DateOptions>>().Value.TooFewDaysBefore);
        await app.WithAsync((TrainingHubDb db) => db.Settings.Where(one => one.Name == name).ExecuteDeleteAsync(Ct));
    }

    private Task<bool> SaveAsync(SettingGroup group, string name, string value, int? version = null) => app.WithAsync(async (SaveSettings save) =>
    {
        var current = version ?? await app.WithAsync((TrainingHubDb db) => SaveSettings.VersionAsync(db, group, Ct));
        return await save.RunAsync(group, current, [new(name, "A setting", "", value)], new Actor(Guid.NewGuid(), "Ann"), Ct);
    });
}
