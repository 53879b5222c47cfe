using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using TrainingHub.People;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>A set-up by halves, or one that would let in whoever asks, keeps the site from starting.</summary>
public sealed class SingleSignOnSettingsTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string[] Right =
        ["Authority", "https://login.example/0f3c/v2.0", "ClientId", "id", "ClientSecret", "of a test", "Roles:0", "0f3c-11 = Coordinator, Finance"];

    [Theory]
    [InlineData("Authority", "", "Authority is required")]
    [InlineData("Authority", "login.example", "must be an https address")]
    [InlineData("Authority", "http://login.example/v2.0", "must be an https address")]
    [InlineData("Authority", "https://login.microsoftonline.com/common/v2.0", "must name one directory")]
    [InlineData("Authority", "https://login.microsoftonline.com/organizations/v2.0", "must name one directory")]
    [InlineData("ClientId", "", "ClientId and SingleSignOn:ClientSecret are required")]
    [InlineData("ClientSecret", "", "ClientId and SingleSignOn:ClientSecret are required")]
    [InlineData("Roles:0", null, "nobody could sign in")]
    [InlineData("Roles:0", "0f3c-11", "Write a group, an equals sign and roles")]
    [InlineData("Roles:0", "= Coordinator", "Write a group, an equals sign and roles")]
    [InlineData("Roles:0", "0f3c-11 = Boss", "There is no role Boss")]
    [InlineData("Roles:0", "0f3c-11 = 3", "There is no role 3")]
    [InlineData("Roles:0", "0f3c-11 = LearningGroup", "needs areas")]
    [InlineData("Roles:0", "0f3c-11 = Finance for Dorset", "needs areas")]
    [InlineData("Button", " ", "1 to 60 characters")]
    public void Start_WithAWrongSetting_SaysWhich(string name, string? value, string words)
    {
        var settings = Right.Chunk(2).Where(pair => pair[0] != name).Select(pair => new KeyValuePair<string, string?>(pair[0], pair[1])).ToList();
        if (value is not null)
        {
            settings.Add(new(name, value));
        }

        var options = new ConfigurationBuilder().AddInMemoryCollection(settings).Build().Get<SingleSignOnOptions>()!;

        var checkedOptions = new SingleSignOnRules(new HostingEnvironment { EnvironmentName = Environments.Production }).Validate(name: null, options);

        Assert.Contains(words, Assert.Single(checkedOptions.Failures!), StringComparison.Ordinal);
        Assert.DoesNotContain("of a test", checkedOptions.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithRightSettings_ShowsTheButton()
    {
        await using var site = new TestApp(app.ConnectionString, "Production", [.. Right.Chunk(2).SelectMany(pair => new[] { "SingleSignOn:" + pair[0], pair[1] }), "SingleSignOn:Button", "Sign in with your council account"]);

        var page = await site.Browse().GetAsync("/sign-in");

        Assert.Equal("Sign in with your council account", page.All("a[role=button]")[0]);
        Assert.Single(page.All("form input[type=password]"));
    }

    [Fact]
    public async Task Groups_OfAReaderOfAreas_GiveTheAreasThatThereAre()
    {
        string[] lines = ["one = LearningGroup for Dorset; Atlantis", "two = LearningGroup for Atlantis", "three = Trainer, Finance"];

        var first = await app.WithAsync((TrainingHubDb db) => GroupRoles.AllOfAsync(lines, ["ONE", "three"], db, TestContext.Current.CancellationToken));
        var second = await app.WithAsync((TrainingHubDb db) => GroupRoles.AllOfAsync(lines, ["two"], db, TestContext.Current.CancellationToken));

        Assert.Equal([StaffRole.Finance, StaffRole.LearningGroup, StaffRole.Trainer], first.Roles.OrderBy(role => role.ToString(), StringComparer.Ordinal));
        Assert.Single(first.Areas);
        Assert.Empty(second.Roles);
    }
}
