using Npgsql;
using TrainingHub.Platform.Data;
using TrainingHub.Reporting;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>Answers of the schema that had a column for each question (before migration 0120) say afterwards what they said.</summary>
public sealed class OlderAnswersTests(TestDatabase databases) : IAsyncLifetime
{
    private NpgsqlDataSource database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = NpgsqlDataSource.Create(TablesOwner.Of(await databases.CreateEmptyAsync()));
        await Migrator.ApplyBeforeAsync(database, "0120", Ct);
        await DoAsync(
            """
            insert into areas (id, name, long_name, sort_order, kind) values (gen_random_uuid(), 'BCP', 'BCP', 1, 'Place');
            insert into sectors (id, name, sort_order) values (gen_random_uuid(), 'Education', 1);
            insert into courses (id, slug, title, summary, audience, is_new, search_words) values (gen_random_uuid(), 'c', 'C', '', '', false, '');
            insert into questions (key, position, kind, wording, example_prompt)
            values ('confidence', 1, 'Scale', 'How confident?', null), ('knowledge', 2, 'Scale', 'How much?', null), ('changed_practice', 3, 'YesNo', 'Changed?', 'Examples'),
                ('impacted_families', 4, 'YesNo', 'Impacted?', 'Examples'), ('toolkits', 5, 'Toolkits', 'Toolkits?', null), ('recommend', 6, 'YesNo', 'Recommend?', null);
            insert into scale_options (id, question_key, position, label)
            values ('00000000-0000-0000-0000-0000000000c1', 'confidence', 1, 'Low'), ('00000000-0000-0000-0000-0000000000c2', 'confidence', 2, 'High'),
                ('00000000-0000-0000-0000-0000000000d1', 'knowledge', 1, 'None'), ('00000000-0000-0000-0000-0000000000d2', 'knowledge', 2, 'Much');
            insert into toolkits (id, name, sort_order)
            values ('00000000-0000-0000-0000-0000000000e1', 'One', 1), ('00000000-0000-0000-0000-0000000000e2', 'Two', 2);
            insert into survey_responses (
                id, course_id, area_id, sector_id, submitted_on, submitted_within, confidence_id, knowledge_id, changed_practice, impacted_families, recommend,
                uses_toolkits, toolkit_ids, origin)
            select ('00000000-0000-0000-0000-00000000000' || n)::uuid, course.id, area.id, sector.id, '2026-01-01', case n when 3 then 'Year' else 'Day' end,
                ('00000000-0000-0000-0000-0000000000c' || 1 + n % 2)::uuid, '00000000-0000-0000-0000-0000000000d2', n > 1, n > 2, n < 3,
                case n when 1 then true when 2 then false end, case n when 1 then '{00000000-0000-0000-0000-0000000000e2,00000000-0000-0000-0000-0000000000e1}'::uuid[] else '{}' end,
                'Import'
            from generate_series(1, 3) n, courses course, areas area, sectors sector;
            insert into survey_comments (id, response_id, question_key, text, state, created_at)
            values (gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 'changed_practice', 'We meet.', 'Unread', now());
            insert into withheld_answers (id, area_id, submitted_on, submitted_within, course_id, count)
            select gen_random_uuid(), area.id, '2025-04-01', 'Year', course.id, 3 from areas area, courses course
            """);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Migration_AnswersByColumn_AreTheSameByWhatWasChosen()
    {
        await Migrator.ApplyAsync(database, Ct);

        Assert.Equal(
            [
                "1 changed_practice No", "1 confidence High", "1 impacted_families No", "1 knowledge Much", "1 recommend Yes", "1 toolkits One", "1 toolkits Two",
                "2 changed_practice Yes", "2 confidence Low", "2 impacted_families No", "2 knowledge Much", "2 recommend Yes", "2 toolkits None",
                // Left blank in a file: nobody knows.
                "3 changed_practice Yes", "3 confidence High", "3 impacted_families Yes", "3 knowledge Much", "3 recommend No",
            ],
            await ReadAsync("select right(response_id::text, 1) || ' ' || question_key || ' ' || label from survey_answers order by 1"));
        Assert.Equal(
            ["00000000-0000-0000-0000-0000000000c1", "00000000-0000-0000-0000-0000000000c2"],
            await ReadAsync("select id::text from survey_options where question_key = 'confidence' order by position"));
        Assert.Equal(["We meet. Changed? 1"], await ReadAsync(
            """
            select comment.text || ' ' || question.wording || ' ' || version.number
            from survey_comments comment
            join survey_questions question on question.version_id = comment.version_id and question.key = comment.question_key
            join survey_versions version on version.id = comment.version_id and version.state = 'Published'
            """));
        Assert.Equal(["3 three-months"], await ReadAsync("select count || ' ' || key from withheld_answers join surveys on surveys.id = survey_id"));
        Assert.DoesNotContain(await Audit.RunAsync(database, new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero), Ct), line => line.IsWrong && line.Invariant.StartsWith("Every answer", StringComparison.Ordinal));
    }

    private async Task DoAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<List<string>> ReadAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
