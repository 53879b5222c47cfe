using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TrainingHub.Platform.Data;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>One invitation answered by many at once, with the guard and without it.</summary>
public sealed class AnswerRaceTests(TestApp app) : IClassFixture<TestApp>
{
    private const int Clients = 16;
    private readonly SurveyWorld world = new(app);

    [Fact]
    public async Task AnswerSurvey_SixteenAtOnce_LeaveOneResponse()
    {
        var (place, invitation, _, _) = await world.InvitedAsync();

        await AnswerAtOnceAsync(invitation, statement => statement);

        Assert.Equal(1, await world.CountAsync($"survey_responses where run_id = '{place.RunId}'"));
        Assert.Equal(InvitationState.Answered, (await world.InvitationAsync(place)).State);
    }

    /// <summary>The twin: without the condition and the key behind it every client adds a response.</summary>
    [Fact]
    public async Task AnswerSurvey_SixteenAtOnceWithoutTheGuard_LeaveMore()
    {
        var (place, invitation, _, _) = await world.InvitedAsync();
        await world.DoAsync("alter table survey_links drop constraint pk_survey_links");

        await AnswerAtOnceAsync(invitation, statement => statement.Replace("and state = any(@open_states)", "", StringComparison.Ordinal));

        Assert.Equal(Clients, await world.CountAsync($"survey_responses where run_id = '{place.RunId}'"));
    }

    private async Task AnswerAtOnceAsync(Guid invitation, Func<string, string> guard)
    {
        await using var scope = app.Scope();
        var lists = await SurveyLists.ReadAsync(scope.ServiceProvider.GetRequiredService<TrainingHubDb>(), SurveyWorld.Ct);
        var answers = new SurveyAnswers(
            lists.Scale(Question.Confidence).First().Id, lists.Scale(Question.Knowledge).First().Id, false, null, false, null, false, [], true);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            await using var own = app.Scope();
            var command = new AnswerSurvey(
                own.ServiceProvider.GetRequiredService<NpgsqlDataSource>(), own.ServiceProvider.GetRequiredService<TrainingHubDb>(),
                own.ServiceProvider.GetRequiredService<TimeProvider>())
            {
                Statement = guard(SqlFile.Read("TrainingHub.Surveys.Sql.AnswerSurvey.sql")),
            };
            Assert.Null(await command.RunAsync(invitation, answers, SurveyWorld.Ct));
        }));
    }
}
