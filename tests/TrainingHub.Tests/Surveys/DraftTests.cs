using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>A draft is started, changed, discarded and published once, whoever does it at the same time.</summary>
public sealed class DraftTests(TestDatabase databases) : IAsyncLifetime
{
    private const string Own = "survey_id = (select id from surveys where key = 'three-months')";
    private static readonly QuestionFacts Useful = Given.NewQuestion("How useful", QuestionKind.Number);
    private readonly TestApp app = new(databases);
    private SurveyWorld world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new SurveyWorld(app);
        await app.Given.NumbersCheckedAsync();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Start_ByManyAtOnce_IsOneCopyOfWhatIsPublished()
    {
        var survey = await world.ScalarAsync<Guid>("select id from surveys");

        var drafts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.WithAsync((EditDraft edit) => edit.StartAsync(survey, Actor.CommandLine, Ct))));

        Assert.Single(drafts.Distinct());
        Assert.Equal(2, await world.CountAsync($"survey_versions where {Own}"));
        Assert.Equal(await world.CountAsync($"survey_options o join survey_versions v on v.id = o.version_id where v.number = 1 and {Own}"), await world.CountAsync($"survey_options o join survey_versions v on v.id = o.version_id where v.number = 2 and {Own}"));
        Assert.Equal(1, await world.CountAsync("history_entries where record_type = 'SurveyVersion' and act = 'Draft started'"));
    }

    [Fact]
    public async Task Publish_ByManyAtOnceAndAgain_IsPublishedOnce()
    {
        var (version, revision) = await app.Given.DraftAsync(Useful);

        var refusals = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PublishAsync(version, revision)));
        var again = await PublishAsync(version, revision);

        Assert.All([.. refusals, again], refusal => Assert.Null(refusal));
        Assert.Equal("1 Retired, 2 Published", await StatesAsync());
        Assert.Equal(1, await world.CountAsync("history_entries where record_type = 'SurveyVersion' and act = 'Published'"));
    }

    [Fact]
    public async Task Publish_ChangedSinceItWasLookedAt_IsRefused()
    {
        var (version, revision) = await app.Given.DraftAsync(Useful);
        await app.Given.DraftAsync(Given.NewQuestion("What next", QuestionKind.Text));

        Assert.Equal(DraftRefusal.Changed, await PublishAsync(version, revision));
        Assert.Equal("1 Published, 2 Draft", await StatesAsync());
    }

    [Fact]
    public async Task Publish_NumbersNotCheckedForSixMonths_IsRefused()
    {
        var (version, revision) = await app.Given.DraftAsync(Useful);
        app.Clock.Advance(TimeSpan.FromDays(183));

        Assert.Equal(DraftRefusal.NumbersUnchecked, await PublishAsync(version, revision));
        await app.Given.NumbersCheckedAsync();
        Assert.Null(await PublishAsync(version, revision));
    }

    [Fact]
    public async Task Change_ByASecondEditor_IsRefusedAndNothingIsMerged()
    {
        var (version, revision) = await app.Given.DraftAsync();

        Assert.Null(await SaveAsync(version, revision, Useful));
        Assert.Equal(DraftRefusal.Changed, await SaveAsync(version, revision, Useful));
        Assert.Equal(1, await world.CountAsync("survey_questions where key like 'how_useful%'"));
    }

    [Theory]
    [InlineData(nameof(QuestionKind.One), "Alone")]
    [InlineData(nameof(QuestionKind.YesNo), "Yes", "No", "Perhaps")]
    public async Task Publish_OptionsThatDoNotFit_IsRefusedHereAndByTheDatabase(string kind, params string[] options)
    {
        var (version, revision) = await app.Given.DraftAsync(Given.NewQuestion("Which", Enum.Parse<QuestionKind>(kind), options));

        Assert.Equal(DraftRefusal.Faulty, await PublishAsync(version, revision));
        var failure = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => world.DoAsync(
            "update survey_versions set state = 'Retired' where state = 'Published'; update survey_versions set state = 'Published', published_at = now() where state = 'Draft'"));
        Assert.Equal("ck_survey_versions_complete", failure.ConstraintName);
    }

    [Fact]
    public async Task Publish_AnotherKindThatIsToBeCompared_IsRefusedHereAndByTheDatabase()
    {
        var (version, revision) = await app.Given.DraftAsync(Useful with { Key = "recommend" });

        Assert.Equal(DraftRefusal.Faulty, await PublishAsync(version, revision));
        var failure = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => world.DoAsync(
            "update survey_versions set state = 'Retired' where state = 'Published'; update survey_versions set state = 'Published', published_at = now() where state = 'Draft'"));
        Assert.Equal("ck_survey_versions_comparable", failure.ConstraintName);
    }

    [Fact]
    public async Task Discard_Draft_LeavesWhatIsPublished()
    {
        var (version, _) = await app.Given.DraftAsync(Useful);

        await app.WithAsync((EditDraft edit) => edit.DiscardAsync(version, Actor.CommandLine, Ct));
        await app.WithAsync((EditDraft edit) => edit.DiscardAsync(version, Actor.CommandLine, Ct));

        Assert.Equal("1 Published", await StatesAsync());
        Assert.Equal(1, await world.CountAsync("history_entries where record_type = 'SurveyVersion' and act = 'Draft discarded'"));
    }

    [Fact]
    public async Task Discard_Published_DoesNothing()
    {
        var asked = await app.Given.AskedAsync();

        await app.WithAsync((EditDraft edit) => edit.DiscardAsync(asked.Id, Actor.CommandLine, Ct));

        Assert.Equal("1 Published", await StatesAsync());
    }

    private Task<DraftRefusal?> PublishAsync(Guid version, int revision) =>
        app.WithAsync((PublishDraft publish) => publish.RunAsync(version, revision, Actor.CommandLine, Ct));

    private Task<DraftRefusal?> SaveAsync(Guid version, int revision, QuestionFacts facts) =>
        app.WithAsync((EditDraft edit) => edit.SaveAsync(version, revision, facts, Actor.CommandLine, Ct));

    private Task<string> StatesAsync() => world.ScalarAsync<string>($"select string_agg(number || ' ' || state, ', ' order by number) from survey_versions where {Own}");
}
