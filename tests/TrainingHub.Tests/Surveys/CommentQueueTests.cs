using TrainingHub.Platform;
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
    [InlineData("Unread", Queue, "to read, newest first")]
    [InlineData("Concern", Queue + "?show=concerns", "raised, 45 of them open. Open ones first, the newest first")]
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

    [Theory]
    [InlineData("Mark as read", "Read")]
    [InlineData("Raise a concern", "Concern")]
    public async Task Queue_TextDealtWith_ReaderStaysOnTheirPage(string button, string state)
    {
        await AddAsync(45, "Unread");
        var staff = await app.BrowseAsStaffAsync();

        var next = await (await staff.GetAsync(Queue + "?page=2")).SubmitAsync(button: button);

        Assert.Equal(Queue + "?page=2", next.Address);
        Assert.Contains("44 to read, newest first. 21 to 40 are shown.", next.Main);
        Assert.Equal("Canary 24", next.All("blockquote")[0]);
        Assert.Contains($"{(state == "Read" ? "Comment marked as read" : "Concern raised")} by Ann Coordinator in November 2026: 1", next.Main);
        Assert.Equal(0, await new SurveyWorld(app).ScalarAsync<long>("select count(*) from history_entries join survey_comments on survey_comments.id = record_id or note || changes::text like '%Canary%'"));
        Assert.Equal(state, await new SurveyWorld(app).ScalarAsync<string>("select state from survey_comments where text = 'Canary 25'"));
    }

    [Fact]
    public async Task Queue_LastTextOfTheLastPageRead_ShowsThePageBefore()
    {
        await AddAsync(21, "Unread");
        var staff = await app.BrowseAsStaffAsync();

        var next = await (await staff.GetAsync(Queue + "?page=2")).SubmitAsync(button: "Mark as read");

        Assert.Contains("20 to read, newest first.", next.Main);
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
        var next = await read.SubmitAsync(button: "Raise a concern");

        Assert.Equal("Canary 1", Assert.Single(read.All("blockquote")));
        Assert.Equal(Queue + "?show=read", next.Address);
        Assert.Equal("Canary 1", Assert.Single((await next.FollowAsync("Concerns")).All("blockquote")));
    }

    [Fact]
    public async Task Concern_Closed_SaysByWhomAndWhatWasDoneAndOnlyOnce()
    {
        await AddAsync(2, "Concern");
        var staff = await app.BrowseAsStaffAsync();
        var form = await (await staff.GetAsync(Queue + "?show=concerns")).FollowAsync($"Close the concern with the reference {await ReferenceAsync("Canary 2")}");

        var empty = await form.SubmitAsync();
        var closed = await form.SubmitAsync(fields => fields["Outcome"] = "The duty team has it.");
        var again = await form.SubmitAsync(fields => fields["Outcome"] = "Something else.");

        Assert.Equal(["Enter what was done"], empty.Errors);
        Assert.Contains("Canary 2", form.Main);
        Assert.Contains("2 raised, 1 of them open.", closed.Main);
        Assert.Equal(["Canary 1", "Canary 2"], closed.All("blockquote"));
        Assert.Contains("Closed by Ann Coordinator in November 2026: The duty team has it.", closed.Main);
        Assert.Contains("Concern closed by Ann Coordinator in November 2026: 1", closed.Main);
        Assert.Contains("There is no such open concern.", again.Document.Body!.TextContent);
        Assert.Equal(1, await new SurveyWorld(app).ScalarAsync<long>("select count(*) from survey_comments where outcome = 'The duty team has it.'"));
        Assert.Equal(0, await new SurveyWorld(app).ScalarAsync<long>("select count(*) from history_entries where note || changes::text like '%duty team%'"));
    }

    [Fact]
    public async Task Concern_RaisedAgainAfterItWasClosed_StaysClosed()
    {
        await AddAsync(1, "Concern");
        var id = await new SurveyWorld(app).ScalarAsync<Guid>("select id from survey_comments");
        var ann = new Actor(await app.Given.StaffAsync(), "Ann");

        Assert.True(await app.WithAsync((ReviewComment review) => review.CloseConcernAsync(id, "Done.", ann, TestContext.Current.CancellationToken)));
        Assert.True(await app.WithAsync((ReviewComment review) => review.RaiseConcernAsync(id, ann, TestContext.Current.CancellationToken)));
        Assert.False(await app.WithAsync((ReviewComment review) => review.CloseConcernAsync(id, "Done again.", ann, TestContext.Current.CancellationToken)));

        Assert.Equal("Done.", await new SurveyWorld(app).ScalarAsync<string>("select outcome from survey_comments"));
    }

    private async Task<string> ReferenceAsync(string text) =>
        ReviewComment.ReferenceOf(await new SurveyWorld(app).ScalarAsync<Guid>($"select id from survey_comments where text = '{text}'"));

    private Task AddAsync(int count, string state) =>
        app.Given.CommentsAsync(Enum.Parse<CommentState>(state), [.. Enumerable.Range(1, count).Select(number => $"Canary {number}")]);
}
