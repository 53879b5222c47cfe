using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.Learning;
using TrainingHub.Platform;
using TrainingHub.Tests.Catalogue;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Learning;

/// <summary>What public course pages say that shaped them: only what staff published, as it stands now.</summary>
public sealed class ShapedByTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_PublishedThenTakenOff_IsOnTheCoursePageInBetween()
    {
        var course = await app.Given.CourseAsync("Shaped course");
        var change = await app.Given.ContentChangeAsync("We learned from", course.Id);
        var staff = await app.BrowseAsStaffAsync();
        Assert.DoesNotContain("Shaped by", await PublicAsync(course), StringComparison.Ordinal);

        var page = await (await staff.GetAsync(LearningUrls.Change(change.Id))).SubmitAsync(button: "Show it on the course pages");
        Assert.Contains("On the course pages", page.Main, StringComparison.Ordinal);
        Assert.Contains("Shaped by We learned from Review number", await PublicAsync(course), StringComparison.Ordinal);
        await (await staff.GetAsync(LearningUrls.Change(change.Id))).SubmitAsync(button: "Take it off the course pages");

        Assert.DoesNotContain("Shaped by", await PublicAsync(course), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_OtherCoursesOrWordsAndARenamedSource_FollowOnThePages()
    {
        var (one, other) = (await app.Given.CourseAsync(), await app.Given.CourseAsync());
        var change = await app.Given.ContentChangeAsync("First words from", one.Id);
        var staff = await app.BrowseAsStaffAsync();
        await (await staff.GetAsync(LearningUrls.Change(change.Id))).SubmitAsync(button: "Show it on the course pages");

        await (await staff.GetAsync(LearningUrls.Change(change.Id))).SubmitAsync(
            form =>
            {
                form["Form.CourseIds"] = other.Id.ToString();
                form["Form.PublicWords"] = "Second words from";
            },
            button: "Save");
        var source = await SourceAsync(change.Id);
        await (await staff.GetAsync(LearningUrls.Source(source))).SubmitAsync(
            form => (form["Form.Title"], form["Form.Address"]) = ("Review ‘Renamed’", "https://reviews.example/renamed"), button: "Save");

        Assert.DoesNotContain("Shaped by", await PublicAsync(one), StringComparison.Ordinal);
        var page = await app.ReadAsync(CatalogueUrls.Course(other.Slug));
        Assert.Contains("Second words from Review ‘Renamed’", page.Main, StringComparison.Ordinal);
        Assert.Equal("Review ‘Renamed’", page.Find("a[href='https://reviews.example/renamed']").TextContent);
    }

    [Fact]
    public async Task Change_WithoutPublicWords_OffersNoPublishing()
    {
        var change = await app.Given.ContentChangeAsync(null, (await app.Given.CourseAsync()).Id);

        var page = await (await app.BrowseAsStaffAsync()).GetAsync(LearningUrls.Change(change.Id));

        Assert.DoesNotContain("Show it on the course pages", page.Main, StringComparison.Ordinal);
        Assert.Equal(PublishOutcome.NoWords, await app.WithAsync((SaveContentChange save) => save.PublishAsync(change.Id, 0, Actor.CommandLine, Ct)));
    }

    [Fact]
    public async Task Change_PublicWordsTakenAway_IsTakenOffToo()
    {
        var course = await app.Given.CourseAsync();
        var change = await app.Given.ContentChangeAsync("Words for a while from", course.Id);
        var staff = await app.BrowseAsStaffAsync();
        var shown = await (await staff.GetAsync(LearningUrls.Change(change.Id))).SubmitAsync(button: "Show it on the course pages");

        var page = await shown.SubmitAsync(form => form["Form.PublicWords"] = "", button: "Save");

        Assert.Contains("Not on the course pages", page.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Shaped by", await PublicAsync(course), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_OfADraftCourse_IsSeenOnceTheCourseIs()
    {
        var course = await app.Given.CourseAsync(isDraft: true);
        var change = await app.Given.ContentChangeAsync("We learned from", course.Id);

        await app.WithAsync((SaveContentChange save) => save.PublishAsync(change.Id, 0, Actor.CommandLine, Ct));

        Assert.Contains("visitors do not see this course now", (await (await app.BrowseAsStaffAsync()).GetAsync(LearningUrls.Change(change.Id))).Main, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(CatalogueUrls.Course(course.Slug))).Status);
    }

    // Stored pages are thrown away by it, on every node.
    [Fact]
    public async Task Publishing_RingsTheBellOfTheCatalogue()
    {
        var change = await app.Given.ContentChangeAsync("We learned from", (await app.Given.CourseAsync()).Id);
        await using var listener = await app.Database.OpenConnectionAsync(Ct);
        var received = new List<string>();
        listener.Notification += (_, notification) => received.Add(notification.Channel);
        await ExecuteAsync(listener, "listen catalogue_changed");

        await app.WithAsync((SaveContentChange save) => save.PublishAsync(change.Id, 0, Actor.CommandLine, Ct));
        await ExecuteAsync(listener, "unlisten *");

        Assert.Equal(["catalogue_changed"], received.Distinct());
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<string> PublicAsync(Course course) => (await app.ReadAsync(CatalogueUrls.Course(course.Slug))).Main;

    private Task<Guid> SourceAsync(Guid change) => app.WithAsync((TrainingHubDb db) => (
        from one in db.ContentChanges
        join action in db.LearningActions on one.ActionId equals action.Id
        join recommendation in db.Recommendations on action.RecommendationId equals recommendation.Id
        where one.Id == change
        select recommendation.SourceId).SingleAsync(Ct));
}
