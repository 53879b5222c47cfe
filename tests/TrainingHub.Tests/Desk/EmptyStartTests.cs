using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Tests.House;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>A start with --empty gets going with screens alone, and speaks of no partnership and no demonstration.</summary>
public sealed partial class EmptyStartTests(TestDatabase databases) : IAsyncLifetime
{
    private TestApp app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => app = new TestApp(await databases.CreateEmptyAsync());

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Pages_OfAnEmptyStart_HaveNoWordOfAnybodyElse()
    {
        var staff = await app.BrowseAsStaffAsync();
        var found = new List<string>();
        foreach (var address in await CrawlAsync(staff))
        {
            var page = await staff.GetAsync(address);
            Assert.True(page.Status is HttpStatusCode.OK, $"{address}: {page.Status}");
            found.AddRange(OthersWords().Matches(Token().Replace(page.Text, "")).Select(match => $"{address}: {match.Value}"));
        }

        Verdict.NoFaults(found.Distinct());
    }

    [Fact]
    public async Task Newcomer_FollowsTheFirstSteps_UntilAVisitorHasBooked()
    {
        var staff = await app.BrowseAsStaffAsync();
        var today = await staff.GetAsync("/staff");
        Assert.Contains("2 of 12 done", today.Main);

        await (await today.FollowAsync("Say who you are")).SubmitAsync(form => form["Form.PartnershipName"] = "Westshire Safeguarding Partnership");
        await (await (await staff.GetAsync("/staff")).FollowAsync("Say whom to call about a child")).SubmitAsync(form =>
        {
            (form["Form.Contacts[0].Name"], form["Form.Contacts[0].Phone"], form["Form.Contacts[0].When"]) = ("Children’s services", "01632 960 500", "at any time");
            (form["Form.Contacts[1].Phone"], form["Form.Contacts[1].When"]) = ("", "");
        });
        await (await (await staff.GetAsync("/staff")).FollowAsync("Read your privacy notice")).SubmitAsync();
        await (await (await staff.GetAsync("/staff")).FollowAsync("Look at your colours and logo")).SubmitAsync();
        foreach (var (name, kind) in new[] { ("Westshire", AreaKind.Place), ("Elsewhere", AreaKind.Elsewhere) })
        {
            await (await (await (await staff.GetAsync("/staff/settings/start")).FollowAsync("Name your areas")).FollowAsync("Add an area")).SubmitAsync(form => (form["Form.Name"], form["Form.Kind"]) = (name, kind.ToString()));
        }

        await (await (await staff.GetAsync("/staff")).FollowAsync("Set the fees")).SubmitAsync(form => (form["HalfDay"], form["FullDay"]) = ("50", "80"), "#first");
        await (await (await staff.GetAsync("/staff")).FollowAsync("Add a venue")).SubmitAsync(form => form["Form.Name"] = "The Old Mill");
        await (await (await staff.GetAsync("/staff")).FollowAsync("Add a trainer")).SubmitAsync(form => form["Form.Name"] = "Trainers Ltd");
        var course = await (await (await staff.GetAsync("/staff")).FollowAsync("Write the first course")).SubmitAsync(form =>
            (form["Form.Title"], form["Form.Summary"], form["Form.Audience"], form["Form.Outcomes"], form["Form.Length"]) = ("Neglect", "How to see it and what to do.", "Everybody who works with children", "See it early", "HalfDay"));
        Assert.Contains("Publish the first course", (await staff.GetAsync("/staff")).Main);
        await course.SubmitAsync(selector: "form[action*='handler=Publish']");
        var date = await (await staff.GetAsync("/staff")).FollowAsync("Put on the first date");
        var plan = await date.SubmitAsync(form =>
        {
            form["CourseId"] = form.ValueOfOption("CourseId", "Neglect");
            (form["Form.Day"], form["Form.Start"], form["Form.End"], form["Form.Delivery"], form["Form.Capacity"]) = ("2/3/2027", "9:30", "12:30", "Online", "20");
        });
        await plan.SubmitAsync(button: "Publish the date now");

        Assert.DoesNotContain("First steps", (await staff.GetAsync("/staff")).Main);
        Assert.Contains("All is set up", (await staff.GetAsync("/staff/settings/start")).Main);
        await BookAsync();
    }

    [Fact]
    public async Task Import_WhileNoAreasAreNamed_TakesThePublishedOnesAndRefusesOthersByName()
    {
        const string header = "course,run_reference,date,start,end,capacity,area\n";
        var refused = await app.WithAsync((TrainingHub.Catalogue.ImportProgramme import) => import.RunAsync(Csv(header + "Neglect,N-1,2027-03-02,09:30,12:30,20,Narnia\n"), dryRun: false, Ct));
        Assert.Contains("BCP, Dorset, Both, Elsewhere", Assert.Single(refused.Errors).ToString());
        Assert.False(await app.WithAsync((TrainingHubDb db) => db.Areas.AnyAsync(Ct)));

        var taken = await app.WithAsync((TrainingHub.Catalogue.ImportProgramme import) => import.RunAsync(Csv(header + "Neglect,N-1,2027-03-02,09:30,12:30,20,bcp\n"), dryRun: false, Ct));

        Assert.Contains("New areas: BCP, Dorset, Both, Elsewhere.", taken.Notes);
        Assert.Equal(4, await app.WithAsync((TrainingHubDb db) => db.Areas.CountAsync(Ct)));
        Assert.Equal(AreaKind.Everywhere, await app.WithAsync((TrainingHubDb db) => db.Areas.Where(area => area.Name == "Both").Select(area => area.Kind).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Import_PartnershipWithAreasOfItsOwn_NamesThemAndNoOthers()
    {
        await app.Given.AreaAsync("Westshire");

        var refused = await app.WithAsync((TrainingHub.Catalogue.ImportProgramme import) => import.RunAsync(
            Csv("course,run_reference,date,start,end,capacity,area\nNeglect,N-1,2027-03-02,09:30,12:30,20,BCP\n"), dryRun: false, Ct));

        Assert.Contains("Westshire", Assert.Single(refused.Errors).ToString());
        Assert.DoesNotContain("Dorset", refused.Errors[0].ToString());
    }

    private async Task BookAsync()
    {
        var visitor = app.Browse();
        var course = await (await visitor.GetAsync("/courses")).FollowAsync("Neglect");
        var run = BookLink().Match(course.Text).Groups["run"].Value;
        var people = await (await visitor.GetAsync($"/dates/{run}/book")).SubmitAsync(form => (form["People[0].Name"], form["People[0].Email"]) = ("Ann Able", "ann@x.example"));
        var payment = await people.SubmitAsync(form =>
        {
            (form["Form.Name"], form["Form.Email"]) = ("Ann Able", "ann@x.example");
            (form["Form.SectorId"], form["Form.AreaId"]) = (form.ValueOfOption("Form.SectorId", "Education"), form.ValueOf("Westshire"));
        });
        var check = await payment.SubmitAsync(form => (form["Form.By"], form["Form.InvoiceEmail"]) = ("Invoice", "finance@x.example"));
        Assert.Equal("Booking confirmed", (await check.SubmitAsync()).Heading);
    }

    // Every page that a link leads to, of visitors and of staff, and a few of those that differ by their query alone, such as months.
    private static async Task<IReadOnlyCollection<string>> CrawlAsync(TestBrowser browser)
    {
        var known = new HashSet<string> { "/", "/staff", "/feed.atom", "/courses.ics", "/sitemap.xml", "/api/v1/courses", "/api/v1/dates", "/openapi/v1.json", "/robots.txt", "/.well-known/security.txt", "/manifest.webmanifest" };
        var open = new Queue<string>(known);
        while (open.TryDequeue(out var address))
        {
            foreach (var link in (await browser.GetAsync(address)).Document.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!.Split('#')[0]))
            {
                var isOurs = link.StartsWith('/') && !link.StartsWith("/dev", StringComparison.Ordinal) && !link.StartsWith("/sign-out", StringComparison.Ordinal);
                if (isOurs && known.Count(one => one.Split('?')[0] == link.Split('?')[0]) < 4 && known.Add(link))
                {
                    open.Enqueue(link);
                }
            }
        }

        return known;
    }

    private static MemoryStream Csv(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    [GeneratedRegex(@"\bBCP\b|Dorset|Bournemouth|Poole\b|demo(?!graph|crat|lish)|invented", RegexOptions.IgnoreCase)]
    private static partial Regex OthersWords();

    // Letters by chance.
    [GeneratedRegex(@"CfDJ8[\w-]+")]
    private static partial Regex Token();

    [GeneratedRegex(@"/dates/(?<run>[0-9a-f-]{36})")]
    private static partial Regex BookLink();
}
