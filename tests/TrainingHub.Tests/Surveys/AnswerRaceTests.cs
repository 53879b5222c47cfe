using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TrainingHub.Platform.Data;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>One invitation answered by many who meet at its row, with the guard and without it.</summary>
public sealed class AnswerRaceTests(TestDatabase databases)
{
    private const int Clients = 16;

    private static readonly string Guarded = SqlFile.Read("TrainingHub.Surveys.Sql.AnswerSurvey.sql");

    // Looks at the invitation before it waits for its row, and not when it has it.
    private static readonly string Unlocked = Unguarded.Instead(
        Guarded,
        "and state = any(@open_states)",
        "and (select seen.state from survey_invitations seen where seen.id = survey_invitations.id) = any(@open_states)");

    [Fact]
    public async Task AnswerSurvey_SixteenAtOnce_LeaveOneResponse()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        var world = new SurveyWorld(app);
        var (place, invitation, _, _) = await world.InvitedAsync();

        await AnswerAtOnceAsync(app, invitation, Guarded);

        Assert.Equal(1, await ResponsesAsync(world, place));
        Assert.Equal(InvitationState.Answered, (await world.InvitationAsync(place)).State);
    }

    /// <summary>The twin: without the lock, and the key behind it, every client adds a response.</summary>
    [Fact]
    public async Task AnswerSurvey_SixteenAtOnceWithoutTheGuard_LeaveMore()
    {
        await using var app = await WithoutKeyAsync();
        var world = new SurveyWorld(app);
        var (place, invitation, _, _) = await world.InvitedAsync();

        await AnswerAtOnceAsync(app, invitation, Unlocked);

        Assert.Equal(Clients, await ResponsesAsync(world, place));
    }

    [Fact]
    public async Task AnswerSurvey_WithoutTheGuardInSequence_LeavesOneResponse()
    {
        await using var app = await WithoutKeyAsync();
        var world = new SurveyWorld(app);
        var (place, invitation, _, _) = await world.InvitedAsync();
        var answers = await AnswersAsync(app);

        for (var client = 0; client < Clients; client++)
        {
            await AnswerAsync(app, invitation, answers, Unlocked);
        }

        Assert.Equal(1, await ResponsesAsync(world, place));
    }

    private async Task<TestApp> WithoutKeyAsync()
    {
        var app = new TestApp(await databases.CreateAsync());
        await new SurveyWorld(app).DoAsync("alter table survey_links drop constraint pk_survey_links");
        return app;
    }

    private static Task<long> ResponsesAsync(SurveyWorld world, AttendedPlace place) =>
        world.CountAsync($"survey_responses where run_id = '{place.RunId}'");

    private static async Task AnswerAtOnceAsync(TestApp app, Guid invitation, string guard)
    {
        var answers = await AnswersAsync(app);
        await Gate.MeetAtRowAsync(
            app.Database, "survey_invitations", invitation, [.. Enumerable.Repeat<Func<Task>>(() => AnswerAsync(app, invitation, answers, guard), Clients)]);
    }

    private static async Task AnswerAsync(TestApp app, Guid invitation, SurveyAnswers answers, string guard)
    {
        await using var scope = app.Scope();
        var command = new AnswerSurvey(
            scope.ServiceProvider.GetRequiredService<NpgsqlDataSource>(), scope.ServiceProvider.GetRequiredService<TrainingHubDb>(),
            scope.ServiceProvider.GetRequiredService<TimeProvider>())
        {
            Guard = guard,
        };
        Assert.Null(await command.RunAsync(invitation, answers, SurveyWorld.Ct));
    }

    private static async Task<SurveyAnswers> AnswersAsync(TestApp app) => Given.NewAnswers(await app.Given.AskedAsync());
}
