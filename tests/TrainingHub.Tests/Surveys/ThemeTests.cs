using Microsoft.EntityFrameworkCore;
using TrainingHub.Learning;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>Themes given by hand, by one reader and by a second, and what is counted of them.</summary>
public sealed class ThemeTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await app.InitializeAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Comment_CodedByTwo_ShowsTheOtherOnlyAfterwards()
    {
        var comment = (await CommentsAsync(1))[0];
        var themes = await ThemesAsync();
        var (first, second, third) = (await app.BrowseAsStaffAsync(), await app.BrowseAsStaffAsync(), await app.BrowseAsStaffAsync());

        await (await first.GetAsync(SurveyUrls.Code(comment))).SubmitAsync(form => form["Themes"] = $"{themes[0].Id}");
        var blind = await second.GetAsync(SurveyUrls.Code(comment));
        var both = await blind.SubmitAsync(form => form["Themes"] = $"{themes[1].Id}");

        Assert.Contains("You see their themes once you have saved yours", blind.Main);
        Assert.Contains($"Ann Coordinator: {themes[0].Name}. You differ.", both.Main);
        Assert.Contains("Two others have coded this comment.", (await third.GetAsync(SurveyUrls.Code(comment))).Main);
        var by = new Actor(await app.Given.StaffAsync(), "Third");
        Assert.Equal(CodeResult.TwoReaders, await app.WithAsync((CodeComment code) => code.RunAsync(comment, [themes[0].Id], by, Ct)));
        Assert.Contains("You agree.", (await both.SubmitAsync(form => form["Themes"] = $"{themes[0].Id}")).Main);
    }

    [Fact]
    public async Task Comment_ThatAsksForTraining_IsCountedOnceForTheNeedWithoutItsWords()
    {
        var comment = (await CommentsAsync(1))[0];
        var staff = await app.BrowseAsStaffAsync();
        var empty = await staff.GetAsync(SurveyUrls.Need(comment));
        var need = await app.Given.NeedAsync("Evening dates for childminders");

        var refused = await (await staff.GetAsync(SurveyUrls.Need(comment))).SubmitAsync();
        var counted = await refused.SubmitAsync(form => form["Need"] = $"{need.Id}");
        var by = new Actor(await app.Given.StaffAsync(), "Second");
        var again = await app.WithAsync((VoteForNeed votes) => votes.ByCommentAsync(need.Id, comment, by, Ct));

        Assert.Contains("There is no training need yet.", empty.Main);
        Assert.Equal(VoteOutcome.Before, again);
        Assert.Equal("Choose a training need", Assert.Single(refused.Errors));
        Assert.Contains("Counted for: Evening dates for childminders", counted.Main);
        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.TrainingNeedVotes.CountAsync(vote => vote.CommentId == comment, Ct)));
        Assert.Contains("Training need", (await staff.GetAsync(SurveyUrls.ReadComments)).All("a[href$='/need']"));
    }

    [Fact]
    public async Task TwoWhoBeginAtOnce_AreTheFirstAndTheSecond()
    {
        var comment = (await CommentsAsync(1))[0];
        var readers = new List<Actor>();
        for (var number = 0; number < 4; number++)
        {
            readers.Add(new(await app.Given.StaffAsync($"Reader {number}"), "Reader"));
        }

        var results = await Task.WhenAll(readers.Select(by => Task.Run(() => app.WithAsync((CodeComment code) => code.RunAsync(comment, [], by, Ct)), Ct)));

        Assert.Equal(2, results.Count(result => result == CodeResult.Saved));
        Assert.Equal(2, results.Count(result => result == CodeResult.TwoReaders));
    }

    [Fact]
    public async Task Counts_HaveABaseAndHideFewerThanFive()
    {
        var (comments, themes) = (await CommentsAsync(12), await ThemesAsync());
        var (one, two) = (new Actor(await app.Given.StaffAsync(), "One"), new Actor(await app.Given.StaffAsync(), "Two"));
        for (var number = 0; number < 10; number++)
        {
            Guid[] given = [.. number < 5 ? [themes[0].Id] : Array.Empty<Guid>(), .. number < 4 ? [themes[1].Id] : Array.Empty<Guid>()];
            await app.WithAsync((CodeComment code) => code.RunAsync(comments[number], given, one, Ct));
            await app.WithAsync((CodeComment code) => code.RunAsync(comments[number], number < 5 ? [themes[0].Id] : [], two, Ct));
        }

        var page = await (await app.BrowseAsStaffAsync()).GetAsync(SurveyUrls.ThemeCounts);
        var rows = page.Document.QuerySelectorAll("tbody tr").ToDictionary(row => row.QuerySelector("th")!.TextContent.Trim(), row => row.QuerySelector("td")!.TextContent.Trim());

        Assert.Contains("Base: 10 comments that somebody has coded. 2 others have not been.", page.Main);
        Assert.Equal(("5", "Not shown", "0"), (rows[themes[0].Name], rows[themes[1].Name], rows[themes[2].Name]));
        Assert.Contains("A second reader has coded 10 of them. 95.0% of the decisions are alike", page.Main);
        Assert.Contains("Fewer than 5 of these comments have been coded", (await (await app.BrowseAsStaffAsync()).GetAsync(SurveyUrls.ThemeCounts + "?year=2024/25")).Main);
    }

    // Eight decisions: two alike yes, four alike no; worked out by hand 0.75, 0.53125 by chance.
    [Fact]
    public void Agreement_IsWhatHandsWorkOut()
    {
        Guid[] texts = [.. Enumerable.Range(0, 4).Select(_ => Guid.NewGuid())], themes = [Guid.NewGuid(), Guid.NewGuid()];

        var agreement = ThemeAgreement.Of(4, 2, [(texts[0], themes[0]), (texts[1], themes[0]), (texts[2], themes[0])], [(texts[0], themes[0]), (texts[1], themes[0]), (texts[3], themes[1])]);

        Assert.Equal(75, agreement.Percent, 6);
        Assert.Equal((0.75 - 0.53125) / (1 - 0.53125), agreement.Kappa.GetValueOrDefault(), 6);
    }

    [Fact]
    public async Task Theme_AddedChangedAndArchived_KeepsWhatHasIt()
    {
        var staff = await app.BrowseAsStaffAsync();
        var comment = (await CommentsAsync(1))[0];
        var list = await staff.GetAsync(SurveyUrls.Themes);
        var empty = await list.SubmitAsync();
        var added = await list.SubmitAsync(form => (form["Form.Name"], form["Form.Description"]) = ("Supervision", "Talks it over with somebody."));
        var twice = await (await staff.GetAsync(SurveyUrls.Themes)).SubmitAsync(form => (form["Form.Name"], form["Form.Description"]) = ("Supervision", "Again."));
        var theme = (await ThemesAsync()).Single(one => one.Name == "Supervision");
        await (await staff.GetAsync(SurveyUrls.Code(comment))).SubmitAsync(form => form["Themes"] = $"{theme.Id}");

        await (await added.FollowAsync("Supervision")).SubmitAsync(button: "Archive");

        Assert.Equal(2, empty.Errors.Count);
        Assert.Equal(["There is a theme with this name"], twice.Errors);
        Assert.Contains("Supervision", (await staff.GetAsync(SurveyUrls.Code(comment))).Main);
        Assert.DoesNotContain("Supervision", (await staff.GetAsync(SurveyUrls.Code((await CommentsAsync(1))[0]))).Main);
        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.CommentCodes.CountAsync(code => code.ThemeId == theme.Id, Ct)));
    }

    private async Task<List<Guid>> CommentsAsync(int count)
    {
        var mark = $"Themed {Guid.NewGuid():N}";
        await app.Given.CommentsAsync(CommentState.Read, [.. Enumerable.Range(0, count).Select(number => $"{mark} {number}")]);
        return await app.WithAsync((TrainingHubDb db) => db.SurveyComments.Where(one => one.Text.StartsWith(mark)).OrderBy(one => one.CreatedAt).Select(one => one.Id).ToListAsync(Ct));
    }

    private Task<List<CommentTheme>> ThemesAsync() => app.WithAsync((TrainingHubDb db) => db.CommentThemes.AsNoTracking().OrderBy(theme => theme.Name).ToListAsync(Ct));
}
