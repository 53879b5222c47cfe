using Npgsql;

namespace TrainingHub.Surveys;

/// <summary>
/// Stores what a delegate answers before their course, from their own page of the place: one invitation for the place, which the key of the
/// table sees to, and a second answer corrects the first. Until the course starts; a date that moves takes the end with it. What is
/// stored carries the time of the booking and not of the answer.
/// </summary>
internal sealed class AnswerBefore(NpgsqlDataSource database, AnswerSurvey answer, TimeProvider clock)
{
    /// <summary>Of two tabs that find no invitation, the second takes the first one's. What was answered stays as it was asked.</summary>
    internal const string Invite =
        """
        insert into survey_invitations (id, place_id, moment, due_on, due_at, state, sent_at, version_id, reminders_sent, closes_at, created_at)
        select gen_random_uuid(), place.id, 'Before', (run.starts_at at time zone 'Europe/London')::date, run.starts_at, 'Sent', booking.created_at, @version, 0, run.starts_at, booking.created_at
        from places place
        join bookings booking on booking.id = place.booking_id
        join course_runs run on run.id = place.run_id
        where place.id = @place and place.state = 'Confirmed' and run.state = 'Scheduled' and run.starts_at > @now
        on conflict (place_id, moment) do update
        set closes_at = excluded.closes_at,
            state = case when survey_invitations.state = 'Answered' then 'Answered' else 'Sent' end,
            version_id = case when survey_invitations.state = 'Answered' then survey_invitations.version_id else excluded.version_id end
        returning id
        """;

    /// <summary>Invites and looks in one. Replaced only by the test of what happens otherwise.</summary>
    internal string Guard { get; init; } = Invite;

    /// <returns>Null when it is stored.</returns>
    public async Task<AnswerRefusal?> RunAsync(Guid place, SurveyAnswers answers, CancellationToken ct)
    {
        await using var invite = database.CreateCommand(Guard);
        invite.Parameters.Add(new NpgsqlParameter("place", place));
        invite.Parameters.Add(new NpgsqlParameter("version", answers.VersionId));
        invite.Parameters.Add(new NpgsqlParameter("now", clock.GetUtcNow()));
        return await invite.ExecuteScalarAsync(ct) is Guid invitation ? await answer.RunAsync(invitation, answers, ct) : AnswerRefusal.NotOpen;
    }
}
