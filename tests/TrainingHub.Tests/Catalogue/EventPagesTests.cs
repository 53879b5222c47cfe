using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>What visitors see of events, and of toolkits and briefings; and that staff keep both.</summary>
public sealed class EventPagesTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await app.InitializeAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Events_WithAndWithoutADate_AreListedAndCoursesAreNot()
    {
        await app.Given.RunAsync((await app.Given.CourseAsync("Free learning event", pricePence: 0, kind: CourseKind.LearningEvent)).Id, app.Clock.Now.AddDays(20));
        await app.Given.RunAsync((await app.Given.CourseAsync("Paid conference", pricePence: 4500, kind: CourseKind.Conference)).Id, app.Clock.Now.AddDays(30));
        await app.Given.RunAsync((await app.Given.CourseAsync("Circle of last month", pricePence: 0, kind: CourseKind.LearningCircle)).Id, app.Clock.Now.AddDays(-30));
        await app.Given.RunAsync((await app.Given.CourseAsync("Usual course", pricePence: 5500)).Id, app.Clock.Now.AddDays(10));
        await app.Given.CourseAsync("Planned briefing", isOffered: true, kind: CourseKind.Briefing);
        await app.Given.CourseAsync("Secret briefing", isOffered: true, isDraft: true, kind: CourseKind.Briefing);

        var page = await app.Browse().GetAsync("/events");

        Assert.Contains("Free learning event", page.Main);
        Assert.Contains("£45", page.Main);
        Assert.Contains("Planned, without a date yet Planned briefing Bitesize briefing", page.Main);
        Assert.Contains("Lately", page.Main);
        Assert.Contains("Circle of last month", page.Main);
        Assert.DoesNotContain("Usual course", page.Main);
        Assert.DoesNotContain("Secret briefing", page.Main);
        Assert.Contains("/events", (await app.Browse().GetAsync("/sitemap.xml")).Text);
    }

    [Fact]
    public async Task Interest_InAnEventWithoutADate_IsToldOnceWhenThereIsOne()
    {
        var course = await app.Given.CourseAsync("Planned briefing", isOffered: true, kind: CourseKind.Briefing);
        var form = await (await (await app.Browse().GetAsync("/events")).FollowAsync("Planned briefing")).FollowAsync("Register your interest");
        Assert.Equal(["Events"], form.All(".app-menu__link[aria-current]"));
        Assert.Equal("We will tell you", (await form.SubmitAsync(fields => fields["Email"] = "nadia@interest.example")).Heading);

        await app.Given.RunAsync(course.Id, app.Clock.Now.AddDays(20), feePence: 0);
        await app.RunJobAsync(nameof(TellOfDates));
        await app.RunJobAsync(nameof(TellOfDates));

        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(mail => mail.ToAddress == "nadia@interest.example", Ct)));
        Assert.Equal(0, await app.WithAsync((TrainingHubDb db) => db.DateWishes.CountAsync(Ct)));
    }

    [Fact]
    public async Task Resources_KeptByStaff_AreShownWithTheirCoursesUntilArchived()
    {
        var course = await app.Given.CourseAsync("Neglect");
        var staff = await app.BrowseAsStaffAsync();
        var form = await staff.GetAsync("/staff/resources/new");
        Assert.Equal(["Enter the title"], (await form.SubmitAsync(fields => fields["Form.Title"] = "")).Errors);
        var wrong = await form.SubmitAsync(fields => (fields["Form.Title"], fields["Form.Url"]) = ("Kept", "http://x.example"));
        Assert.Equal(["Enter a web address that starts with https://"], wrong.Errors);
        Assert.Equal("Kept", wrong.Find("#Form_Title").GetAttribute("value"));

        var saved = await form.SubmitAsync(fields =>
        {
            (fields["Form.Title"], fields["Form.Url"]) = ("Neglect Toolkit", "https://toolkits.example/neglect");
            fields.Tick("Form.CourseIds", $"{course.Id}");
        });

        Assert.Contains("Added. Visitors see it now", saved.Text);
        var page = await app.Browse().GetAsync("/resources");
        Assert.Equal("https://toolkits.example/neglect", page.Find(".app-card__title a").GetAttribute("href"));
        Assert.Contains("Taught in Neglect", page.Main);
        var again = await form.SubmitAsync(fields => fields["Form.Title"] = "neglect toolkit");
        Assert.StartsWith("There is one with this title.", Assert.Single(again.Errors));
        var unticked = await saved.SubmitAsync(fields => fields["Form.Summary"] = "For practice");
        Assert.Contains("Saved", unticked.Text);
        await (await staff.GetAsync(saved.Address)).SubmitAsync(button: "Archive it");
        Assert.Equal(0, await app.WithAsync((TrainingHubDb db) => db.Resources.CountAsync(one => one.ArchivedAt == null, Ct)));
    }

    [Fact]
    public async Task Course_ThatIsAnEvent_SaysSoAndIsNotInThePrintedOffer()
    {
        var course = await app.Given.CourseAsync("Paid conference", pricePence: 4500, isOffered: true, kind: CourseKind.Conference);
        var run = await app.Given.RunAsync(course.Id, London.DateOf(app.Clock.Now).AddDays(20));
        await app.Given.SlotAsync(run.Id, new(10, 0), 5, 5);

        var page = await app.Browse().GetAsync($"/courses/{course.Slug}");

        Assert.Contains("Conference", page.All(".app-facts li"));
        Assert.Contains("Session 10:00 A", page.Main);
        Assert.DoesNotContain("Paid conference", (await app.Browse().GetAsync("/offer")).Main);
    }
}
