using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Surveys;

/// <summary>
/// One invitation to say how the course or the event was for each attended place, due at 09:00 on the day after its last day. Those that ended more than
/// <see cref="SurveyTimes.EvaluationTooLateDays"/> days ago are left alone, so that an old register that is put right, or an import, writes to
/// nobody. Moves what is unsent with its date, and takes up what the code in the room left without an answer; <see cref="ScheduleSurveys"/> withdraws and revives the invitations of all moments. Each
/// statement is a transaction of its own and changes nothing the second time.
/// </summary>
internal sealed class ScheduleEvaluations(NpgsqlDataSource database, TimeProvider clock) : IJob
{
    private const string DueAt = "(attended.ended_on + 1 + time '09:00') at time zone 'Europe/London'";

    /// <summary>Of two that find no invitation the key lets one in, and the other passes over it.</summary>
    internal const string Insert =
        $"""
        insert into survey_invitations (id, place_id, moment, due_on, due_at, state, reminders_sent, created_at)
        select gen_random_uuid(), attended.place_id, case when course.kind = 'Course' then 'End' else 'Event' end, attended.ended_on + 1, {DueAt}, 'Scheduled', 0, @now
        from ({ScheduleSurveys.Attended}) attended
        join places place on place.id = attended.place_id
        join course_runs run on run.id = place.run_id
        join courses course on course.id = run.course_id
        where attended.ended_on >= @earliest
        and exists (
            select
            from survey_versions version
            join surveys survey on survey.id = version.survey_id
            where survey.moment = case when course.kind = 'Course' then 'End' else 'Event' end and version.state = 'Published')
        and not exists (select from survey_invitations invitation where invitation.place_id = attended.place_id and invitation.moment in ('End', 'Event'))
        on conflict (place_id, moment) do nothing
        """;

    private const string Move =
        $"""
        update survey_invitations invitation
        set due_on = attended.ended_on + 1, due_at = {DueAt}
        from ({ScheduleSurveys.Attended}) attended
        where attended.place_id = invitation.place_id
        and invitation.moment in ('End', 'Event')
        and invitation.state = 'Scheduled'
        and invitation.due_on <> attended.ended_on + 1
        """;

    /// <summary>
    /// What the code in the room invited and nobody answered, since the process died in between: an email asks after all. Only what was
    /// never emailed, and while that would not be too late.
    /// </summary>
    private const string AskByEmail =
        """
        update survey_invitations
        set state = 'Scheduled', sent_at = null, version_id = null, closes_at = null
        where moment in ('End', 'Event') and state = 'Sent' and email_id is null
        and sent_at between @latest and @now - interval '10 minutes'
        """;

    public static TimeSpan Every => TimeSpan.FromMinutes(5);

    /// <summary>Adds what is missing. Replaced only by the test of what happens otherwise.</summary>
    internal string Guard { get; init; } = Insert;

    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var move = database.CreateCommand(Move);
        var moved = await move.ExecuteNonQueryAsync(ct);
        var now = clock.GetUtcNow();
        await using var ask = database.CreateCommand(AskByEmail);
        ask.Parameters.Add(new NpgsqlParameter("now", now));
        ask.Parameters.Add(new NpgsqlParameter("latest", now.AddDays(-SurveyTimes.EvaluationTooLateDays)));
        moved += await ask.ExecuteNonQueryAsync(ct);
        await using var insert = database.CreateCommand(Guard);
        insert.Parameters.Add(new NpgsqlParameter("now", now));
        insert.Parameters.Add(new NpgsqlParameter("earliest", London.DateOf(now).AddDays(-SurveyTimes.EvaluationTooLateDays)));
        return moved + await insert.ExecuteNonQueryAsync(ct);
    }
}
