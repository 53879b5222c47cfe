using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>Who gave an answer, asked by the role that the program runs as: of the tables, and of the functions that it may call.</summary>
public sealed class IdentityRolesTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly SurveyWorld surveys = new(app);
    private readonly ConcernWorld world = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("select count(*) from survey_links")]
    [InlineData("update survey_links set response_id = response_id")]
    [InlineData("delete from survey_links")]
    [InlineData("alter table survey_links add column mine integer")]
    [InlineData("select place_id from legal_holds")]
    [InlineData("delete from legal_holds")]
    [InlineData("select xmin from survey_responses")]
    [InlineData("select ctid from survey_responses")]
    [InlineData("select xmin from survey_comments")]
    [InlineData("set role traininghub_identity")]
    [InlineData("create or replace function is_held(place uuid) returns boolean language sql as 'select false'")]
    public async Task Program_StatementOfItsOwn_IsRefused(string statement) =>
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => AskAsync(statement))).SqlState);

    [Fact]
    public async Task Answer_GivenOnAThursday_SaysItsMondayWhateverWritesIt()
    {
        var (place, invitation, _, _) = await surveys.InvitedAsync();
        var answers = Given.NewAnswers(await app.Given.AskedAsync());
        Assert.Null(await app.WithAsync((AnswerSurvey answer) => answer.RunAsync(invitation, answers, Ct)));

        await AskAsync($"update survey_responses set submitted_on = '2026-11-19' where run_id = '{place.RunId}'");

        Assert.Equal(new DateOnly(2026, 11, 16), await surveys.ScalarAsync<DateOnly>($"select submitted_on from survey_responses where run_id = '{place.RunId}'"));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => surveys.DoAsync(
            $"alter table survey_responses disable trigger answers_say_the_week; update survey_responses set submitted_on = '2026-11-19' where run_id = '{place.RunId}'"));
        Assert.Equal("ck_survey_responses_week", refused.ConstraintName);
    }

    [Fact]
    public async Task OwnAnswer_OnceTheSurveyIsClosed_IsNotSaid()
    {
        var (place, _, _) = await world.WrittenAsync("Harmless");
        var invitation = await surveys.InvitationAsync(place);
        var closesAt = invitation.ClosesAt ?? default;

        Assert.NotNull(await AskAsync("select own_answer($1, $2)", invitation.Id, closesAt.AddSeconds(-1)));
        Assert.Null(await AskAsync("select own_answer($1, $2)", invitation.Id, closesAt));
    }

    [Fact]
    public async Task Unlink_OfAnOpenSurveyOrAHeldAnswer_DestroysNothing()
    {
        var (open, _, _) = await world.WrittenAsync("Harmless");
        var raised = await world.RaisedAsync();
        var closesAt = (await surveys.InvitationAsync(raised.Place)).ClosesAt ?? default;
        var (other, held) = (await ResponseAsync(open), await ResponseAsync(raised.Place));

        Assert.Equal(0L, await AskAsync("select unlink_answers($1, $2)", new[] { other, held }, closesAt.AddDays(-1)));
        Assert.Equal(1L, await AskAsync("select unlink_answers($1, $2)", new[] { other, held }, closesAt));

        Assert.Equal(1, await surveys.CountAsync($"survey_links where response_id = '{held}'"));
    }

    [Fact]
    public async Task IdentifyWriter_WithoutTwoPeopleOrTooLate_NamesNoPlaceAndOtherwiseKeepsTheLook()
    {
        var raised = await world.RaisedAsync();
        var (lead, other) = (await world.ActorAsync("Lena Lead"), await world.ActorAsync("Otto Other"));
        await app.WithAsync((IdentifyWriter identify) => identify.AskAsync(raised.Id, "Why", lead, Ct));
        var now = app.Clock.Now;

        Assert.Null(await LookAsync(now));
        await app.WithAsync((IdentifyWriter identify) => identify.DecideAsync(raised.Id, isApproved: true, other, Ct));
        Assert.Null(await LookAsync(now + IdentityRequest.ShownFor));
        Assert.Equal(raised.Place.PlaceId, await LookAsync(now));

        Assert.Equal(1, await surveys.CountAsync($"identity_views view join identity_requests request on request.id = view.request_id where request.concern_id = '{raised.Id}'"));

        Task<object?> LookAsync(DateTimeOffset at) => AskAsync("select identify_writer($1, $2, $3, $4)", raised.Id, Guid.NewGuid(), lead.Id, at);
    }

    [Fact]
    public async Task Start_RoleThatMayNotMakeRoles_SaysWhatAnAdministratorRuns()
    {
        var plain = $"plain_{Guid.NewGuid():N}";
        await surveys.DoAsync($"create role {plain} login");
        await using var database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(app.Database.ConnectionString) { Username = plain, Pooling = false }.ConnectionString);

        var migrating = await Assert.ThrowsAsync<SetUpException>(() => DatabaseRoles.RequireAsync(database, Ct));
        var running = await Assert.ThrowsAsync<SetUpException>(() => DatabaseRoles.RequireReportsAsync(database, Ct));
        await surveys.DoAsync($"grant traininghub_identity, traininghub_reports to {plain} with admin option");
        await DatabaseRoles.RequireAsync(database, Ct);
        await DatabaseRoles.RequireReportsAsync(database, Ct);
        await surveys.DoAsync($"drop role {plain}");

        Assert.Contains($"grant traininghub_identity to {plain} with admin option; grant traininghub_reports to {plain} with admin option;", migrating.Message, StringComparison.Ordinal);
        Assert.Contains("traininghub_reports: run “migrate”", running.Message, StringComparison.Ordinal);
    }

    private Task<Guid> ResponseAsync(AttendedPlace place) => surveys.ScalarAsync<Guid>($"select id from survey_responses where run_id = '{place.RunId}'");

    private async Task<object?> AskAsync(string sql, params object[] values)
    {
        await using var command = app.Database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        return await command.ExecuteScalarAsync(Ct) is { } found and not DBNull ? found : null;
    }
}
