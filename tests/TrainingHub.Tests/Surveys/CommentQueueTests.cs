using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>Every free text can be reached, however many there are: one of them may be about a child at risk.</summary>
public sealed class CommentQueueTests(TestDatabase databases) : IAsyncLifetime
{
    private const string Queue = "/staff/surveys/comments";
    private readonly TestApp app = new(databases);

    public async ValueTask InitializeAsync() => await app.InitializeAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Theory]
    [InlineData("Unread", Queue, "to read, those with words of the list first, then the newest")]
    [InlineData("Read", Queue + "?show=read", "read, newest first")]
    public async Task Queue_MoreThanOnePage_ShowsEveryTextOnceInOrder(string state, string address, string words)
    {
        await AddAsync(45, state);
        var staff = await app.BrowseAsStaffAsync();

        var page = await staff.GetAsync(address);
        var texts = page.All("blockquote").ToList();
        Assert.Contains($"45 {words}. 1 to 20 are shown.", page.Main);
        while (page.Document.QuerySelector("a[rel=next]") is not null)
        {
            page = await page.FollowAsync("Next page");
            texts.AddRange(page.All("blockquote"));
        }

        Assert.Equal(Enumerable.Range(1, 45).Reverse().Select(number => $"Canary {number}"), texts);
        Assert.Contains("41 to 45 are shown.", page.Main);
    }

    [Fact]
    public async Task Queue_TextRead_ReaderStaysOnTheirPage()
    {
        await AddAsync(45, "Unread");
        var staff = await app.BrowseAsStaffAsync();

        var next = await (await staff.GetAsync(Queue + "?page=2")).SubmitAsync(button: "Mark as read");

        Assert.Equal(Queue + "?page=2", next.Address);
        Assert.Contains("44 to read, those with words of the list first, then the newest. 21 to 40 are shown.", next.Main);
        Assert.Equal("Canary 24", next.All("blockquote")[0]);
        Assert.Contains("Comment marked as read by Ann Coordinator in November 2026: 1", next.Main);
        Assert.Equal(0, await new SurveyWorld(app).ScalarAsync<long>("select count(*) from history_entries join survey_comments on survey_comments.id = record_id or note || changes::text like '%Canary%'"));
        Assert.Equal("Read", await new SurveyWorld(app).ScalarAsync<string>("select state from survey_comments where text = 'Canary 25'"));
    }

    [Fact]
    public async Task Queue_LastTextOfTheLastPageRead_ShowsThePageBefore()
    {
        await AddAsync(21, "Unread");
        var staff = await app.BrowseAsStaffAsync();

        var next = await (await staff.GetAsync(Queue + "?page=2")).SubmitAsync(button: "Mark as read");

        Assert.Contains("20 to read, those with words of the list first, then the newest.", next.Main);
        Assert.Equal("Canary 21", next.All("blockquote")[0]);
        Assert.Null(next.Document.QuerySelector(".govuk-pagination"));
    }

    [Theory]
    [InlineData("?page=0")]
    [InlineData("?page=-7")]
    [InlineData("?page=rubbish")]
    public async Task Queue_PageThatIsNone_ShowsTheFirst(string query)
    {
        await AddAsync(21, "Unread");

        var page = await (await app.BrowseAsStaffAsync()).GetAsync(Queue + query);

        Assert.Equal("Canary 21", page.All("blockquote")[0]);
    }

    [Fact]
    public async Task Text_ThatWasRead_IsFoundAgainAndMayStillRaiseAConcern()
    {
        await AddAsync(1, "Read");
        var staff = await app.BrowseAsStaffAsync();

        var read = await (await staff.GetAsync(Queue)).FollowAsync("Read");
        await (await read.FollowAsync("Raise a concern")).SubmitAsync(form => form["Kind"] = "Professional");

        Assert.Equal("Canary 1", Assert.Single(read.All("blockquote")));
        Assert.Equal(1, await new SurveyWorld(app).CountAsync("concerns where kind = 'Professional' and state = 'Raised'"));
        Assert.Empty((await staff.GetAsync(Queue + "?show=read")).All("blockquote"));
    }

    [Fact]
    public async Task Queue_WordsOfTheList_StandFirstAndSayWhich()
    {
        await app.Given.CommentsAsync(CommentState.Unread, "He had BRÛISES on his arm.", "We talk more.", "We bought new chairs.");
        var staff = await app.BrowseAsStaffAsync();

        var page = await staff.GetAsync(Queue);

        Assert.Equal(["He had BRÛISES on his arm.", "We bought new chairs.", "We talk more."], page.All("blockquote"));
        Assert.Contains("Has: “bruis”.", page.Main);
        Assert.Equal(["We bought new chairs.", "We talk more.", "He had BRÛISES on his arm."], (await staff.GetAsync(Queue + "?sort=newest")).All("blockquote"));
    }

    private Task AddAsync(int count, string state) =>
        app.Given.CommentsAsync(Enum.Parse<CommentState>(state), [.. Enumerable.Range(1, count).Select(number => $"Canary {number}")]);
}
