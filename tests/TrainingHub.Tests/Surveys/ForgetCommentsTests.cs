using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>What people wrote goes six financial years after its own, once somebody has read it; a concern and what nobody has read stay.</summary>
public sealed class ForgetCommentsTests(TestDatabase databases) : IAsyncLifetime
{
    private const int YearsKept = 6;
    private readonly TestApp app = new(databases);
    private SurveyWorld world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new SurveyWorld(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Comments_AfterSixFinancialYears_GoWithTheirQuotesOnceTheyAreRead()
    {
        await app.Given.CommentsAsync(CommentState.Read, "It has been read.");
        await app.Given.CommentsAsync(CommentState.Unread, "Nobody has read it.");
        await app.Given.CommentsAsync(CommentState.Concern, "It raised a concern.");
        await app.Given.CommentsAsync(CommentState.Read, "It is still linked.");
        var read = await world.ScalarAsync<Guid>("select id from survey_comments where text = 'It has been read.'");
        var coordinator = new Actor(await app.Given.StaffAsync(), "Cora Coordinator");
        Assert.Equal(QuoteResult.Done, await app.WithAsync((KeepQuotes quotes) => quotes.ProposeAsync(read, "It has been read.", coordinator, Ct)));
        await world.DoAsync("update survey_comments set response_id = null where text <> 'It is still linked.'");
        var gone = new FinancialYear(FinancialYear.Of(London.DateOf(app.Clock.Now)).StartsIn + YearsKept + 1).From;

        app.Clock.MoveTo(London.Instant(gone, TimeOnly.MinValue).AddSeconds(-1));
        Assert.Equal(0, await app.RunJobAsync(nameof(ForgetComments)));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await app.RunJobAsync(nameof(ForgetComments)));
        Assert.Equal(0, await app.RunJobAsync(nameof(ForgetComments)));

        Assert.Equal(
            "It is still linked., It raised a concern., Nobody has read it.",
            await world.ScalarAsync<string>("select string_agg(text, ', ' order by text) from survey_comments"));
        Assert.Equal(0, await world.CountAsync("survey_quotes"));
        Assert.Equal(4, await world.CountAsync("survey_responses"));
    }
}
