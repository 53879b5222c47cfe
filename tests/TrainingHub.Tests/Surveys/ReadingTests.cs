using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>Which texts are read first, what the list of words finds, and who is told that texts wait.</summary>
public sealed class ReadingTests(TestDatabase databases, ITestOutputHelper output) : IAsyncLifetime
{
    private readonly TestApp app = new(databases);
    private SurveyWorld world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    // The figures are said in decision 125 and promised nowhere.
    [Fact]
    public async Task Words_OverSixtyTexts_FindMostThatShouldBeReadSoonAndFewOthers()
    {
        await app.Given.CommentsAsync(CommentState.Unread, [.. WorryingTexts.Soon, .. WorryingTexts.Later]);

        var found = await app.WithAsync(async (TrainingHubDb db) => (await (
            from comment in db.SurveyComments
            join unread in db.UnreadComments on comment.Id equals unread.CommentId
            where unread.IsFlagged
            select comment.Text).ToListAsync(Ct)).ToHashSet());

        var (recall, falsely) = (WorryingTexts.Soon.Count(found.Contains), WorryingTexts.Later.Count(found.Contains));
        output.WriteLine($"found {recall} of {WorryingTexts.Soon.Length}, and {falsely} of {WorryingTexts.Later.Length} others");
        output.WriteLine("missed: " + string.Join(" | ", WorryingTexts.Soon.Where(text => !found.Contains(text))));
        output.WriteLine("falsely: " + string.Join(" | ", WorryingTexts.Later.Where(found.Contains)));
        Assert.True(recall >= 28, $"Only {recall} of {WorryingTexts.Soon.Length} were found.");
        Assert.True(falsely <= 3, $"{falsely} of {WorryingTexts.Later.Length} others were found.");
        Assert.Equal(60, await app.WithAsync((TrainingHubDb db) => db.UnreadComments.CountAsync(Ct)));
    }

    [Theory]
    [InlineData("She was BRUISED.", true)]
    [InlineData("bruíse", true)]
    [InlineData("self-harm", true)]
    [InlineData("Self–Harming again", true)]
    [InlineData("can't cope", true)]
    [InlineData("debruised", false)]
    [InlineData("himself harmonious", false)]
    [InlineData("", false)]
    public async Task Words_BeginAtTheStartOfAWord(string text, bool isFound) => Assert.Equal(
        isFound,
        await world.ScalarAsync<bool>($"select exists (select from worry_words where phrase in ('bruis', 'self harm', 'cant cope') and strpos(folded_words('{text.Replace("'", "''", StringComparison.Ordinal)}'), folded) > 0)"));

    [Fact]
    public async Task List_Changed_IsSavedWithHistoryAndSortsAtOnce()
    {
        await app.Given.CommentsAsync(CommentState.Unread, "The Piñata broke.", "We talk more.");
        var staff = await app.BrowseAsStaffAsync();
        var page = await staff.GetAsync(SurveyUrls.Words);

        var wrong = await page.SubmitAsync(form => form["Phrases"] = "x");
        var none = await page.SubmitAsync(form => form["Phrases"] = " ");
        var saved = await page.SubmitAsync(form => form["Phrases"] = "pinata\r\n  Pinata \r\nno  such   thing");
        var stale = await page.SubmitAsync(form => form["Phrases"] = "other");

        Assert.Contains("must have from 2 letters", Assert.Single(wrong.Errors));
        Assert.StartsWith("Enter from 1 to", Assert.Single(none.Errors));
        Assert.Contains("Somebody else saved the list", Assert.Single(stale.Errors));
        Assert.Contains("other", stale.Find("textarea").TextContent);
        Assert.Contains("Added", saved.Main);
        Assert.Equal(2, await world.CountAsync("worry_words"));
        Assert.Equal("The Piñata broke.", (await staff.GetAsync(SurveyUrls.Comments)).All("blockquote")[0]);
    }

    // A Tuesday at nine in London: four working hours end at one, two working days on Thursday at nine.
    [Fact]
    public async Task Unread_AfterTheirTime_AreToldOnceAndStandOnToday()
    {
        app.Clock.Advance(London.Instant(new(2026, 12, 1), new(9, 0)) - app.Clock.Now);
        await app.Given.CommentsAsync(CommentState.Unread, "We talk more.", "He had bruises.");
        await app.Given.CommentsAsync(CommentState.Read, "He had bruises and somebody read it.");

        Assert.Equal(0, await ToldAtAsync(new(2026, 12, 1), new(12, 55)));
        Assert.Equal(1, await ToldAtAsync(new(2026, 12, 1), new(13, 5)));
        Assert.Equal(1, await ToldAtAsync(new(2026, 12, 2), new(16, 55)));
        Assert.Equal(2, await ToldAtAsync(new(2026, 12, 3), new(9, 5)));
        Assert.Equal(2, await ToldAtAsync(new(2026, 12, 9), new(9, 5)));

        Assert.Equal(0, await world.CountAsync("outgoing_emails e where e::text ~* 'bruises|talk more'"));
        var today = (await (await app.BrowseAsStaffAsync()).GetAsync("/staff")).Main;
        Assert.Contains("2 survey comments to read", today);
        Assert.Contains("1 of them with words that can mean danger", today);
        Assert.Contains("Late", today);
    }

    private async Task<long> ToldAtAsync(DateOnly day, TimeOnly time)
    {
        app.Clock.Advance(London.Instant(day, time) - app.Clock.Now);
        await app.RunJobAsync(nameof(TellOfUnread));
        await app.RunJobAsync(nameof(TellOfUnread));
        return await world.CountAsync("outgoing_emails where kind = 'comments-wait'");
    }
}
