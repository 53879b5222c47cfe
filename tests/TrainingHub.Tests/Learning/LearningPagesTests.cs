using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Learning;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Learning;

/// <summary>From a review to an action that is done and closed, at the pages of staff.</summary>
public sealed class LearningPagesTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Review_ToAClosedAction_ByScreensAlone()
    {
        var theme = await app.Given.ThemeAsync("Walked theme");
        var staff = await app.BrowseAsStaffAsync();
        var sources = await (await staff.GetAsync("/staff/learning")).FollowAsync("Sources and recommendations");
        var source = await (await sources.FollowAsync("Add a source")).SubmitAsync(form =>
        {
            form["Form.Kind"] = "LocalReview";
            form["Form.Title"] = "Practice review ‘Walked’";
            form.Tick("Form.ThemeIds", theme.Id.ToString());
        });
        Assert.Equal("Practice review ‘Walked’", source.Heading);
        var recommendation = await (await source.FollowAsync("Add a recommendation")).SubmitAsync(form => (form["Form.Number"], form["Form.Text"], form["Form.Effect"]) = ("1", "Teach it.", "Content"));
        var action = await (await recommendation.FollowAsync("Add an action")).SubmitAsync(form =>
        {
            (form["Form.What"], form["Form.Agency"]) = ("Walk the course", "Example Council");
            (form["Form.DueOn.Day"], form["Form.DueOn.Month"], form["Form.DueOn.Year"]) = ("10", "11", "2026");
        });
        Assert.StartsWith("Action ", action.Heading, StringComparison.Ordinal);
        Assert.Contains("Due soon", action.Main, StringComparison.Ordinal);

        var later = await (await action.FollowAsync("Give another date")).SubmitAsync(form =>
        {
            (form["On.Day"], form["On.Month"], form["On.Year"]) = ("10", "1", "2027");
            form["Words"] = "The tool is not agreed.";
        });
        Assert.Contains("On track", later.Main, StringComparison.Ordinal);
        Assert.Contains("First due on 10 November 2026, then on 10 January 2027: The tool is not agreed.", later.Main, StringComparison.Ordinal);
        var done = await (await later.FollowAsync("Mark as done")).SubmitAsync();
        Assert.Contains("Done on 2 November 2026", done.Main, StringComparison.Ordinal);
        var closed = await (await done.FollowAsync("Close: impact seen")).SubmitAsync(form => form["Words"] = "An audit saw it in practice.");
        Assert.Contains("Closed: impact seen", closed.Main, StringComparison.Ordinal);
        Assert.Contains("Impact seen: An audit saw it in practice.", closed.Main, StringComparison.Ordinal);
        Assert.Contains("Closed by Ann Coordinator", closed.Main, StringComparison.Ordinal);
        Assert.Contains("Open", (await (await closed.FollowAsync("Open again")).SubmitAsync(form => form["Words"] = "It came back.")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_ThatMayNameSomebody_IsSavedOnceItIsConfirmed()
    {
        var form = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/learning/sources/new");
        Assert.Empty(form.All("[name=IsChecked]"));

        var warned = await form.SubmitAsync(fields => (fields["Form.Kind"], fields["Form.Title"], fields["Form.Note"]) = ("CaseAudit", "Audit of warnings", "Mia Named was aged 7."));

        Assert.Equal(["“Mia Named”, “aged 7” may let somebody recognise a child. Take it out, or tick that nobody can be recognised"], warned.Errors);
        Assert.Contains("Mia Named was aged 7.", warned.Find("[name='Form.Note']").TextContent, StringComparison.Ordinal);
        Assert.False(await app.WithAsync((TrainingHubDb db) => db.LearningSources.AnyAsync(source => source.Title == "Audit of warnings", Ct)));
        Assert.Equal("Audit of warnings", (await warned.SubmitAsync(fields => fields["IsChecked"] = "true")).Heading);
    }

    [Fact]
    public async Task Source_SentTwice_IsAddedOnce()
    {
        var form = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/learning/sources/new");
        Action<TestForm> fill = fields => (fields["Form.Kind"], fields["Form.Title"]) = ("Guidance", "Twice sent guidance");

        await form.SubmitAsync(fill);
        var second = await form.SubmitAsync(fill);

        Assert.Equal("Twice sent guidance", second.Heading);
        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.LearningSources.CountAsync(source => source.Title == "Twice sent guidance", Ct)));
    }

    [Fact]
    public async Task Source_BadInput_SaysSoAtItsPlace()
    {
        await app.Given.SourceAsync("Taken title");
        var form = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/learning/sources/new");

        Assert.Equal(["Select what kind of source it is", "Enter the title"], (await form.SubmitAsync()).Errors);
        Assert.Equal(["Enter a full address that starts with https://"], (await form.SubmitAsync(fields => (fields["Form.Kind"], fields["Form.Title"], fields["Form.Address"]) = ("Briefing", "A", "ftp://x.example"))).Errors);
        Assert.Equal(["Another source has this title"], (await form.SubmitAsync(fields => (fields["Form.Kind"], fields["Form.Title"]) = ("Briefing", "TAKEN title"))).Errors);
    }

    [Fact]
    public async Task Source_WithNoThemeTicked_LosesThoseItHad()
    {
        var theme = await app.Given.ThemeAsync();
        var source = await app.Given.SourceAsync();
        var staff = await app.BrowseAsStaffAsync();
        var page = await (await staff.GetAsync(LearningUrls.Source(source.Id))).SubmitAsync(form => form.Tick("Form.ThemeIds", theme.Id.ToString()));
        Assert.Equal([theme.Id], await ThemesAsync(source.Id));

        await page.SubmitAsync(form => form.Clear("Form.ThemeIds"));

        Assert.Empty(await ThemesAsync(source.Id));
    }

    [Fact]
    public async Task Recommendation_NumberOfAnother_IsRefused()
    {
        var one = await app.Given.RecommendationAsync(number: "2a");
        var form = await (await app.BrowseAsStaffAsync()).GetAsync(LearningUrls.NewRecommendation(one.SourceId));

        var page = await form.SubmitAsync(fields => (fields["Form.Number"], fields["Form.Text"], fields["Form.Effect"]) = ("2A", "Another", "None"));

        Assert.Equal(["The source has another recommendation with this number"], page.Errors);
    }

    [Fact]
    public async Task Action_ChangedSince_IsToldAndKeepsWhatWasTyped()
    {
        var action = await app.Given.ActionAsync(new DateOnly(2027, 3, 1));
        var staff = await app.BrowseAsStaffAsync();
        var (slow, fast) = (await staff.GetAsync(LearningUrls.ActionAct(action.Id, "later")), await staff.GetAsync(LearningUrls.ActionAct(action.Id, "done")));
        await fast.SubmitAsync();

        var page = await slow.SubmitAsync(form =>
        {
            (form["On.Day"], form["On.Month"], form["On.Year"]) = ("1", "4", "2027");
            form["Words"] = "Kept words";
        });

        Assert.Contains("changed this while you had it open", page.Errors[0], StringComparison.Ordinal);
        Assert.Contains("Kept words", page.Find("[name=Words]").TextContent, StringComparison.Ordinal);
        Assert.Equal(ActionState.Done, await app.WithAsync((TrainingHubDb db) => db.LearningActions.Where(one => one.Id == action.Id).Select(one => one.State).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Actions_FilteredAndAsAFile_AreTheSame()
    {
        var source = await app.Given.SourceAsync("Listed review");
        var recommendation = await app.Given.RecommendationAsync(source.Id);
        var (late, soon) = (await app.Given.ActionAsync(new DateOnly(2026, 10, 1), "=Late listed", recommendation.Id), await app.Given.ActionAsync(new DateOnly(2026, 11, 9), "Soon listed", recommendation.Id));
        var staff = await app.BrowseAsStaffAsync();

        var all = await staff.GetAsync($"/staff/learning?source={source.Id}");
        var lateOnly = await staff.GetAsync($"/staff/learning?source={source.Id}&show=late");
        var sorted = await all.FollowAsync("Due ▲");
        var file = (await staff.GetAsync(all.Find("a[download][href*='file=csv']").GetAttribute("href")!)).Text;

        Assert.Equal([$"=Late listed, action {late.Number}", $"Soon listed, action {soon.Number}"], all.All("tbody th"));
        Assert.Equal([$"=Late listed, action {late.Number}"], lateOnly.All("tbody th"));
        Assert.Equal([$"Soon listed, action {soon.Number}", $"=Late listed, action {late.Number}"], sorted.All("tbody th"));
        Assert.Contains("'=Late listed,Listed review,1,", file, StringComparison.Ordinal);
        Assert.Contains(",2026-11-09,,Due soon,,no", file, StringComparison.Ordinal);
        Assert.Equal(2, (await staff.GetAsync("/staff/learning?q=listed+review")).All("tbody th").Count);
        Assert.Contains("No action matches.", (await staff.GetAsync("/staff/learning?q=no+such+words")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Action_OfAnArchivedSource_StandsOnNoList()
    {
        var source = await app.Given.SourceAsync("Archived review");
        var action = await app.Given.ActionAsync(new DateOnly(2026, 10, 1), "Gone with its source", (await app.Given.RecommendationAsync(source.Id)).Id);
        var staff = await app.BrowseAsStaffAsync();
        Assert.Contains("Gone with its source", (await staff.GetAsync("/staff")).Main + (await staff.GetAsync("/staff/learning")).Main, StringComparison.Ordinal);

        await (await staff.GetAsync(LearningUrls.Source(source.Id))).SubmitAsync(button: "Archive this source");

        Assert.DoesNotContain("Gone with its source", (await staff.GetAsync("/staff")).Main + (await staff.GetAsync("/staff/learning?show=all")).Main, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await staff.GetAsync(LearningUrls.Action(action.Id))).Status);
    }

    [Fact]
    public async Task CourseThemes_SavedOnAnEarlierVersion_AreRefused()
    {
        var (course, theme) = (await app.Given.CourseAsync("Course with themes"), await app.Given.ThemeAsync("Theme of a course"));
        var staff = await app.BrowseAsStaffAsync();
        var (slow, fast) = (await staff.GetAsync(LearningUrls.CourseThemes(course.Id)), await staff.GetAsync(LearningUrls.CourseThemes(course.Id)));

        var saved = await fast.SubmitAsync(form => form.Tick("ThemeIds", theme.Id.ToString()));
        var refused = await slow.SubmitAsync();

        Assert.Contains("Course with themes Theme of a course", saved.Main, StringComparison.Ordinal);
        Assert.Contains("Somebody changed this while you had it open", refused.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Priority_WithItsYears_IsOfferedAndBadYearsAreNot()
    {
        var staff = await app.BrowseAsStaffAsync();
        var form = await staff.GetAsync("/staff/learning/priorities/new");

        var wrong = await form.SubmitAsync(fields => (fields["Form.Name"], fields["Form.FirstYear"], fields["Form.LastYear"]) = ("Dated priority", "2027", "2026"));
        await form.SubmitAsync(fields => (fields["Form.Name"], fields["Form.FirstYear"], fields["Form.LastYear"]) = ("Dated priority", "2026", "2028"));

        Assert.Equal(["The last year must be the same as or after the first year"], wrong.Errors);
        Assert.Contains("Dated priority (2026 to 2028)", (await staff.GetAsync("/staff/learning/sources/new")).Main, StringComparison.Ordinal);
    }

    private Task<Guid[]> ThemesAsync(Guid source) => app.WithAsync((TrainingHubDb db) => db.LearningSources.Where(one => one.Id == source).Select(one => one.ThemeIds).SingleAsync(Ct));
}
