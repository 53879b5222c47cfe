using Npgsql;
using TrainingHub.Platform.Data;
using TrainingHub.Reporting;
using TrainingHub.Tests.Surveys;
using Xunit;

namespace TrainingHub.Tests.Reporting;

/// <summary>The role as which reports read answers: what it can see, and that they are it.</summary>
public sealed class ReportsRoleTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Role_OfAllTables_ReadsAnswersAndListsAlone()
    {
        var tables = await new SurveyWorld(app).ScalarAsync<string>(
            $"""
            select string_agg(c.relname, ' ' order by c.relname)
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where nspname in ('public', 'hangfire') and relkind in ('r', 'v', 'm', 'p')
              and has_any_column_privilege('{DatabaseRoles.Reports}', c.oid, 'select, insert, update, references')
            """);

        Assert.Equal(
            "areas courses sectors survey_options survey_questions survey_responses survey_versions surveys toolkits version_options withheld_answers", tables);
    }

    [Theory]
    [InlineData("select count(*) from people")]
    [InlineData("select count(*) from places")]
    [InlineData("select count(*) from bookings")]
    [InlineData("select count(*) from survey_invitations")]
    [InlineData("select count(*) from survey_links")]
    [InlineData("select count(*) from survey_comments")]
    [InlineData("select count(*) from outgoing_emails")]
    [InlineData("select run_id from survey_responses")]
    [InlineData("select xmin from survey_responses")]
    [InlineData("select own_answer(id, now()) from survey_versions")]
    [InlineData("delete from survey_responses")]
    public async Task Role_WhatLeadsToPeople_IsRefused(string statement)
    {
        await using var answers = await AnswersConnection.OpenAsync(app.Database, Ct);
        await using var command = answers.CreateCommand(statement);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteScalarAsync(Ct));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Connection_GivenBack_IsTheProgramsAgain()
    {
        await using var one = NpgsqlDataSource.Create(app.Database.ConnectionString + ";Maximum Pool Size=1;Application Name=one");
        await using (var answers = await AnswersConnection.OpenAsync(one, Ct))
        {
            await using var who = answers.CreateCommand("select current_user::text");
            Assert.Equal(DatabaseRoles.Reports, await who.ExecuteScalarAsync(Ct));
        }

        await using var after = one.CreateCommand("select current_user::text");
        Assert.Equal(PrivatePostgres.Application, await after.ExecuteScalarAsync(Ct));
    }

    // Were it read by the program's own role, nothing would be refused.
    [Fact]
    public async Task ImpactReport_RightOfTheRoleTakenAway_IsRefused()
    {
        var world = new SurveyWorld(app);
        await world.DoAsync($"revoke select on surveys, survey_versions from {DatabaseRoles.Reports}");
        try
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => app.WithAsync(async (TrainingHubDb db) =>
                await ImpactReport.ReadAsync(db, app.Database, new ReportFilter(null, null, null, null, null, null), Ct)));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
        finally
        {
            await world.DoAsync($"grant select on surveys, survey_versions to {DatabaseRoles.Reports}");
        }
    }
}
