using Npgsql;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Surveys;

/// <summary>
/// One invitation for each attended place of a course (attended or part, confirmed, with a person), due three months after it.
/// Also moves unsent invitations with their run, and withdraws those of all moments after it whose mark was changed to absent or whose date or place was
/// cancelled, and revives them when that is undone. Each statement is a transaction of its own and changes nothing the second
/// time, so dying half-way or running on two machines does no harm.
/// </summary>
internal sealed partial class ScheduleSurveys(NpgsqlDataSource database, TimeProvider clock, ILogger<ScheduleSurveys> logger) : IJob
{
    /// <summary>The places whose delegates are asked, with the last day of their course.</summary>
    internal const string Attended =
        """
        select line.place_id, (run.ends_at at time zone 'Europe/London')::date as ended_on
        from register_places line
        join course_runs run on run.id = line.run_id
        where line.attended and line.person_id is not null
        """;

    /// <summary>The same of courses alone: an event asks its own short survey soon after, and nothing three months later.</summary>
    private const string AttendedCourses =
        """
        select line.place_id, (run.ends_at at time zone 'Europe/London')::date as ended_on
        from register_places line
        join course_runs run on run.id = line.run_id
        join courses course on course.id = run.course_id
        where line.attended and line.person_id is not null and course.kind = 'Course'
        """;

    /// <summary>Of two that find no invitation the key lets one in, and the other passes over it.</summary>
    internal const string Insert =
        $"""
        insert into survey_invitations (id, place_id, moment, due_on, due_at, state, reminders_sent, created_at)
        select gen_random_uuid(), attended.place_id, 'ThreeMonths', due.due_on, due.due_at, 'Scheduled', 0, @now
        from ({AttendedCourses}) attended
        join unnest(@ended_on, @due_on, @due_at) as due (ended_on, due_on, due_at) on due.ended_on = attended.ended_on
        where not exists (select from survey_invitations invitation where invitation.place_id = attended.place_id and invitation.moment = 'ThreeMonths')
        on conflict (place_id, moment) do nothing
        """;

    public static TimeSpan Every => TimeSpan.FromMinutes(5);

    /// <summary>Adds what is missing. Replaced only by the test of what happens otherwise.</summary>
    internal string Guard { get; init; } = Insert;

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var handled = await WithdrawAsync(ct);
        handled += await ReviveAsync(ct);
        var dates = await ReadDatesAsync(ct);
        if (dates.Count == 0)
        {
            return handled;
        }

        if (SurveyTimes.DueOn(dates.Max()) > Platform.WorkingDays.KnownUntil)
        {
            LogHolidaysEnd(Platform.WorkingDays.KnownUntil);
        }

        handled += await MoveAsync(dates, ct);
        return handled + await InsertAsync(dates, ct);
    }

    private async Task<int> WithdrawAsync(CancellationToken ct) => await ExecuteAsync(
        """
        update survey_invitations invitation
        set state = 'Withdrawn', next_reminder_at = null
        where invitation.state in ('Scheduled', 'Sent')
        and invitation.moment <> 'Before'
        and not exists (select from register_places line where line.place_id = invitation.place_id and line.attended)
        """, ct);

    private async Task<int> ReviveAsync(CancellationToken ct) => await ExecuteAsync(
        $"""
        update survey_invitations invitation
        set state = case when sent_at is null then 'Scheduled' else 'Sent' end
        from ({Attended}) attended
        where attended.place_id = invitation.place_id
        and invitation.state = 'Withdrawn'
        and (invitation.sent_at is null or invitation.closes_at > @now)
        """, ct, new NpgsqlParameter("now", clock.GetUtcNow()));

    /// <summary>The course dates of places that have no invitation, or an unsent one: few, however many places there are.</summary>
    private async Task<List<DateOnly>> ReadDatesAsync(CancellationToken ct)
    {
        await using var query = database.CreateCommand(
            $"""
            select distinct attended.ended_on
            from ({AttendedCourses}) attended
            left join survey_invitations invitation on invitation.place_id = attended.place_id and invitation.moment = 'ThreeMonths'
            where invitation.id is null
            or invitation.state = 'Scheduled'
            """);
        await using var rows = await query.ExecuteReaderAsync(ct);
        var dates = new List<DateOnly>();
        while (await rows.ReadAsync(ct))
        {
            dates.Add(rows.GetFieldValue<DateOnly>(0));
        }

        return dates;
    }

    private async Task<int> MoveAsync(List<DateOnly> dates, CancellationToken ct) => await ExecuteAsync(
        $"""
        update survey_invitations invitation
        set due_on = due.due_on, due_at = due.due_at
        from ({Attended}) attended
        join unnest(@ended_on, @due_on, @due_at) as due (ended_on, due_on, due_at) on due.ended_on = attended.ended_on
        where attended.place_id = invitation.place_id
        and invitation.moment = 'ThreeMonths'
        and invitation.state = 'Scheduled'
        and invitation.due_at <> due.due_at
        """, ct, DueDates(dates));

    private async Task<int> InsertAsync(List<DateOnly> dates, CancellationToken ct) =>
        await ExecuteAsync(Guard, ct, [new NpgsqlParameter("now", clock.GetUtcNow()), .. DueDates(dates)]);

    private static NpgsqlParameter[] DueDates(List<DateOnly> dates)
    {
        var dueOn = dates.ConvertAll(SurveyTimes.DueOn);
        return
        [
            new("ended_on", dates.ToArray()),
            new("due_on", dueOn.ToArray()),
            new("due_at", dueOn.ConvertAll(SurveyTimes.SendAt).ToArray()),
        ];
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Bank holidays are known until {KnownUntil} only: surveys are due after that")]
    private partial void LogHolidaysEnd(DateOnly knownUntil);
}
