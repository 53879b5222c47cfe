using Npgsql;
using NpgsqlTypes;
using TrainingHub.Attendance;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Surveys;

/// <summary>
/// Looks once a day at each certificate that waits, from 08:00 in London, and lets those go on whose holder has said how the course was; whose
/// evaluation is over, did not arrive or is not asked any more; and who wants no survey emails. <see cref="KeepCertificates"/> issues them. Once a day and all
/// together, so that the hour of a certificate does not tell whose answer came just before. One statement: what it has looked at it passes
/// over, so a second run or another node finds nothing.
/// </summary>
internal sealed class EndCertificateWaits(NpgsqlDataSource database, TimeProvider clock) : IJob
{
    /// <summary>Looks at what was not looked at today.</summary>
    internal const string Look =
        """
        update certificate_waits wait
        set looked_on = @today,
            ended_on = case when person.id is null
                or person.surveys_stopped_at is not null
                or invitation.state in ('Answered', 'Closed', 'Stopped', 'Missed')
                or invitation.closes_at <= @now
                or email.state = any(@undelivered)
                or (invitation.id is null and ((run.ends_at at time zone 'Europe/London')::date < @earliest or not exists (
                    select
                    from survey_versions version
                    join surveys survey on survey.id = version.survey_id
                    where survey.moment = case when course.kind = 'Course' then 'End' else 'Event' end and version.state = 'Published')))
                then @today end
        from places place
        join course_runs run on run.id = place.run_id
        join courses course on course.id = run.course_id
        left join people person on person.id = place.person_id
        left join survey_invitations invitation on invitation.place_id = place.id and invitation.moment in ('End', 'Event')
        left join outgoing_emails email on email.id = invitation.email_id
        where place.id = wait.place_id
        and wait.ended_on is null
        and wait.looked_on < @today
        """;

    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    /// <summary>Replaced only by the test of what happens otherwise.</summary>
    internal string Guard { get; init; } = Look;

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = London.DateOf(now);
        if (now < London.Instant(today, CertificateOptions.LookHour))
        {
            return 0;
        }

        await using var look = database.CreateCommand(Guard);
        look.Parameters.Add(new NpgsqlParameter("today", today));
        look.Parameters.Add(new NpgsqlParameter("now", now));
        look.Parameters.Add(new NpgsqlParameter("earliest", today.AddDays(-SurveyTimes.EvaluationTooLateDays)));
        look.Parameters.Add(new NpgsqlParameter("undelivered", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = EmailStates.ReachedNobody.Select(state => state.ToString()).ToArray() });
        return await look.ExecuteNonQueryAsync(ct);
    }
}
