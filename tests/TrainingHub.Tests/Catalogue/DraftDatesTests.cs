using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>Dates in draft: seen by staff alone until they are published, from the screens that staff use.</summary>
public sealed class DraftDatesTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateOnly Soon => London.DateOf(app.Clock.GetUtcNow()).AddDays(30);

    [Fact]
    public async Task Draft_WhereverThePublicLooks_IsNotThere()
    {
        var course = await app.Given.CourseAsync("Course with a draft", CourseLength.HalfDay, pricePence: 5500, isOffered: true);
        var venue = await app.Given.VenueAsync("Hidden Hall");
        var shown = await app.Given.RunAtAsync(course.Id, (await app.Given.VenueAsync("Open Hall")).Id, Soon);
        var draft = await app.Given.DraftAsync(course.Id, Soon.AddDays(1), venue: venue.Id);
        var visitor = app.Browse();

        foreach (var address in new[]
        {
            "/", "/courses", $"/courses/{course.Slug}", "/courses.ics", $"/courses/{course.Slug}.ics", "/feed.atom", "/sitemap.xml", "/api/v1/courses", "/api/v1/dates",
            $"/dates/{shown.Id}",
        })
        {
            var page = await visitor.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotContain($"{draft.Id}", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Hidden Hall", page.Text, StringComparison.Ordinal);
        }

        Assert.Contains("Open Hall", (await visitor.GetAsync($"/courses/{course.Slug}")).Text, StringComparison.Ordinal);
        foreach (var address in new[] { "", "/book", "/book/organisation", "/book/payment", "/book/check", "/book/unavailable", "/wait" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/dates/{draft.Id}{address}")).Status);
        }
    }

    [Fact]
    public async Task Draft_BookedByForce_IsRefused()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var draft = await app.Given.DraftAsync(world.Course, Soon);

        var outcome = await world.BookPlace.RunAsync(world.Request(draft.Id, "eve@school.example"), Ct);

        Assert.NotEqual(BookPlaceResult.Booked, outcome.Result);
        await Assert.ThrowsAnyAsync<Exception>(() => world.CountAsync("update course_runs set places_taken = 1 where id = $1 returning 1", draft.Id));
    }

    [Fact]
    public async Task Draft_InThePast_DidNotTakePlaceAndIsNoYearOfReports()
    {
        var course = await app.Given.CourseAsync(pricePence: 5500);
        var past = await app.Given.DraftAsync(course.Id, Soon.AddDays(-60));
        await app.Given.DraftAsync(course.Id, new DateOnly(2089, 5, 5));

        Assert.False(await app.WithAsync((TrainingHubDb db) => DateLines.Delivered(db, app.Clock.GetUtcNow()).AnyAsync(run => run.Id == past.Id, Ct)));
        Assert.DoesNotContain("2089/90", (await (await app.BrowseAsStaffAsync()).GetAsync("/staff/reports/programme")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_FromItsOwnPage_TellsWhoAskedOnceAndNotBefore()
    {
        var course = await app.Given.CourseAsync("Waited for", pricePence: 5500);
        await app.WithAsync((AskForDates ask) => ask.RunAsync(course.Id, "wishes@example.org", Ct));
        var draft = await app.Given.DraftAsync(course.Id, Soon);
        await app.RunJobAsync(nameof(TellOfDates));
        Assert.Equal(0, await MailsAsync("wishes@example.org"));
        var staff = await app.BrowseAsStaffAsync();
        var date = await staff.GetAsync($"/staff/dates/{draft.Id}");
        Assert.Contains("Only staff see it. It is ready to be published. No trainer and no joining link yet.", date.Main, StringComparison.Ordinal);

        var preview = await date.FollowAsync("Publish");
        Assert.Contains("1 person who asked to hear of dates is told by email.", preview.Main, StringComparison.Ordinal);
        Assert.Contains("£55", preview.Main, StringComparison.Ordinal);
        var done = await preview.SubmitAsync(button: "Publish 1 date");
        await app.RunJobAsync(nameof(TellOfDates));
        await app.RunJobAsync(nameof(TellOfDates));

        Assert.Contains("The date is published.", done.Main, StringComparison.Ordinal);
        Assert.Contains("Published by Ann Coordinator", done.Main, StringComparison.Ordinal);
        Assert.Equal(1, await MailsAsync("wishes@example.org"));
        Assert.Equal(HttpStatusCode.OK, (await app.Browse().GetAsync($"/dates/{draft.Id}")).Status);
        Assert.Contains("Nothing was published", (await preview.SubmitAsync(button: "Publish 1 date")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_SeveralTicked_PublishesThoseWithAFeeAndSaysWhereToSetTheOthers()
    {
        var (priced, bare) = (await app.Given.CourseAsync("Priced", pricePence: 5500), await app.Given.CourseAsync("Without fee"));
        var drafts = new[] { await app.Given.DraftAsync(priced.Id, Soon), await app.Given.DraftAsync(priced.Id, Soon.AddDays(7)), await app.Given.DraftAsync(bare.Id, Soon) };
        var list = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/dates?state=draft");

        var preview = await list.SubmitAsync(form => Array.ForEach(drafts, draft => form.Forge("id", $"{draft.Id}")), "#ticked", "Publish the ticked drafts");
        Assert.All(drafts, draft => Assert.Contains($"id=\"tick-{draft.Id}\"", list.Text, StringComparison.Ordinal));
        Assert.Contains("1 date cannot be published", preview.Main, StringComparison.Ordinal);
        Assert.Contains("Nothing says what it costs. Set a fee for its year", preview.Main, StringComparison.Ordinal);
        var done = await preview.SubmitAsync(button: "Publish 2 dates");

        Assert.Contains("2 dates are published.", done.Main, StringComparison.Ordinal);
        Assert.Equal(
            [RunState.Scheduled, RunState.Scheduled, RunState.Draft],
            await Task.WhenAll(drafts.Select(draft => StateAsync(draft.Id))));
    }

    [Fact]
    public async Task Publish_WithoutFeePastOrArchived_IsRefusedByTheCommandToo()
    {
        var archived = await app.Given.CourseAsync(pricePence: 5500);
        await app.WithAsync((TrainingHubDb db) => db.Courses.Where(course => course.Id == archived.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(course => course.ArchivedAt, app.Clock.GetUtcNow()), Ct));
        var priced = await app.Given.CourseAsync(pricePence: 5500);
        var drafts = new[]
        {
            await app.Given.DraftAsync((await app.Given.CourseAsync()).Id, Soon), await app.Given.DraftAsync(priced.Id, Soon.AddDays(-40)),
            await app.Given.DraftAsync(archived.Id, Soon),
        };

        var published = await app.WithAsync((PublishRuns publish) => publish.RunAsync([.. drafts.Select(draft => draft.Id), Guid.NewGuid()], new(Guid.NewGuid(), "Ann"), Ct));

        Assert.Equal(0, published);
        Assert.All(await Task.WhenAll(drafts.Select(draft => StateAsync(draft.Id))), state => Assert.Equal(RunState.Draft, state));
    }

    [Fact]
    public async Task Change_Draft_TellsNobodyAndIsNoMove()
    {
        var draft = await app.Given.DraftAsync((await app.Given.CourseAsync(pricePence: 5500)).Id, Soon);
        var form = await (await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{draft.Id}")).FollowAsync("Change");

        var done = await form.SubmitAsync(fields => (fields["Form.Start"], fields["Form.End"]) = ("13:00", "16:00"));

        Assert.Contains("The date is changed.", done.Main, StringComparison.Ordinal);
        Assert.Contains("Changed by", done.Main, StringComparison.Ordinal);
        var run = await app.WithAsync((TrainingHubDb db) => db.CourseRuns.SingleAsync(one => one.Id == draft.Id, Ct));
        Assert.Equal((0, null, RunState.Draft), (run.ChangeNumber, run.MovedAt, run.State));
    }

    [Fact]
    public async Task Delete_Draft_LeavesItsHistoryAndADateIsNotDeleted()
    {
        var course = await app.Given.CourseAsync(pricePence: 5500);
        var (draft, date) = (await app.Given.DraftAsync(course.Id, Soon), await app.Given.RunAsync(course.Id, Soon));
        var staff = await app.BrowseAsStaffAsync();

        var page = await (await staff.GetAsync($"/staff/dates/{draft.Id}")).FollowAsync("Delete this draft");
        var done = await page.SubmitAsync();

        Assert.Contains("The draft is deleted.", done.Main, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync($"/staff/dates/{draft.Id}")).Status);
        Assert.Equal("Deleted", (await app.WithAsync((TrainingHubDb db) => HistoryEntry.OfAsync<CourseRun>(db, draft.Id, Ct)))[0].Act);
        Assert.Equal($"/staff/dates/{date.Id}", (await staff.GetAsync($"/staff/dates/{date.Id}/delete")).Address);
        Assert.False(await app.WithAsync((SaveDrafts save) => save.DeleteAsync(date.Id, new(Guid.NewGuid(), "Ann"), Ct)));
    }

    private Task<RunState> StateAsync(Guid id) =>
        app.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(run => run.Id == id).Select(run => run.State).SingleAsync(Ct));

    private Task<int> MailsAsync(string address) =>
        app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(email => email.ToAddress == address && email.Kind == "dates-published", Ct));
}
