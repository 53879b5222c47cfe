using System.Text.RegularExpressions;
using AngleSharp.Dom;
using TrainingHub.Tests.Attendance;
using TrainingHub.Tests.House;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

/// <summary>The pages for one bar of signal load a sheet of their own, which has whatever they use.</summary>
public sealed partial class LeanPagesTests(FactorBench app) : IClassFixture<FactorBench>
{
    [Fact]
    public async Task Pages_WithTheLeanSheet_UseNothingThatOnlyTheWholeOneHas()
    {
        var world = new DoorWorld(app);
        var date = await world.DateAsync(names: ["Amina Okafor", "Tom Rees"]);
        var browser = app.Browse();
        var wrong = await browser.SignInAsync(date.Trainer, "not the password at all");
        var setUp = await browser.SignInAsync(date.Trainer, StaffDoor.Password);
        var codes = await new TestAuthenticator(setUp, app.Clock).ConfirmAsync(setUp);
        await codes.FollowAsync("I have kept them, continue");
        var register = await browser.GetAsync(date.Url);
        var marked = await register.SubmitAsync(selector: $"form[data-mark='{date.Run.Places[0]}']", button: "Here – Amina Okafor");
        List<TestPage> pages =
        [
            wrong, setUp, codes, await app.Browse().SignInAsync(date.Trainer, StaffDoor.Password), await browser.GetAsync("/staff/door"), register, marked,
            await marked.SubmitAsync(form => form["late"] = "a bit", ".app-register__times form"),
            await marked.SubmitAsync(selector: "form[action*='handler=Close']"),
            await (await browser.GetAsync(date.Url + "/walk-in")).SubmitAsync(),
            await browser.GetAsync(await world.CodeAsync(date.Run.Places[1])),
            await app.Browse().GetAsync(await world.CodeAsync(date.Run.Places[1])),
        ];
        var (whole, lean) = (ClassesOf("app"), ClassesOf("lean"));

        Verdict.NoFaults(pages.Where(page => !page.Find("link[rel=stylesheet]").GetAttribute("href")!.Contains("lean", StringComparison.Ordinal)).Select(page => $"{page.Address} has the whole sheet"));
        Verdict.NoFaults(pages.SelectMany(page => page.Document.All.SelectMany(element => element.ClassList).Where(name => whole.Contains(name) && !lean.Contains(name)).Select(name => $"{page.Address}: {name}")).Distinct());
        Assert.Contains("govuk-breadcrumbs__list", whole.Except(lean));
    }

    private static HashSet<string> ClassesOf(string sheet) =>
        [.. Class().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, $"src/TrainingHub/wwwroot/css/{sheet}.css"))).Select(found => found.Groups["name"].Value)];

    [GeneratedRegex(@"\.(?<name>[a-z][a-z0-9_-]*)")]
    private static partial Regex Class();
}
