using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;

namespace TrainingHub.Surveys;

/// <summary>
/// Stores what somebody answered by the code in the room. Whose address or reference fits exactly one place of the date is answered for as
/// by the link in the email: one invitation, which the key of the table sees to, and a second answer corrects the first. Everybody else's
/// answer names nobody and is stored without a link; the same form sent twice is stored once. Nothing that comes back tells the two apart,
/// so that nobody learns who is booked.
/// </summary>
internal sealed class AnswerInRoom(TrainingHubDb db, NpgsqlDataSource database, AnswerSurvey answer, TimeProvider clock)
{
    /// <summary>What was not sent yet counts as sent from now on. Of two phones that find no invitation, the second takes the first one's.</summary>
    internal const string Invite =
        """
        insert into survey_invitations (id, place_id, moment, due_on, due_at, state, sent_at, version_id, reminders_sent, closes_at, created_at)
        select gen_random_uuid(), @place, @moment, due.due_on, (due.due_on + time '09:00') at time zone 'Europe/London', 'Sent', @now, @version, 0, @closes_at, @now
        from (select (ends_at at time zone 'Europe/London')::date + 1 as due_on from course_runs where id = @run) due
        on conflict (place_id, moment) do update
        set state = 'Sent', sent_at = excluded.sent_at, version_id = excluded.version_id, closes_at = excluded.closes_at
        where survey_invitations.sent_at is null and survey_invitations.state <> 'Withdrawn'
        """;

    /// <summary>Invites and looks in one. Replaced only by the test of what happens otherwise.</summary>
    internal string Guard { get; init; } = Invite;

    /// <param name="run">The date.</param>
    /// <param name="form">Of the form; becomes the id of an answer that names nobody.</param>
    /// <param name="who">An address or a booking reference, as it was typed; null where somebody stays unnamed.</param>
    /// <param name="answers"></param>
    /// <param name="ct"></param>
    public async Task RunAsync(Guid run, Guid form, string? who, SurveyAnswers answers, CancellationToken ct)
    {
        if (await PlaceAsync(run, who, ct) is { } place
            && await answer.RunAsync(await InviteAsync(place, run, answers.VersionId, ct), answers, ct) is null)
        {
            return;
        }

        await AddUnnamedAsync(run, form, answers, ct);
    }

    /// <returns>Null unless it fits one place alone: an address may be several people's, and a booking may hold several places.</returns>
    private async Task<Guid?> PlaceAsync(Guid run, string? who, CancellationToken ct)
    {
        if (who is null)
        {
            return null;
        }

        var (email, reference) = (EmailAddress.KeyOf(who), Reference.Normalise(who));
        var places = await (
            from line in db.RegisterPlaces
            join person in db.People on line.PersonId equals person.Id
            join booking in db.Bookings on line.BookingId equals booking.Id
            where line.RunId == run && (person.EmailKey == email || booking.Reference == reference)
            orderby line.PlaceId
            select line.PlaceId).Take(2).ToListAsync(ct);
        return places is [var place] ? place : null;
    }

    private async Task<Guid> InviteAsync(Guid place, Guid run, Guid version, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var moment = SurveyMoments.SoonAfter(await db.Courses.Where(course => db.CourseRuns.Any(one => one.Id == run && one.CourseId == course.Id)).Select(course => course.Kind).SingleAsync(ct));
        await using var command = database.CreateCommand(Guard);
        command.Parameters.Add(new NpgsqlParameter("place", place));
        command.Parameters.Add(new NpgsqlParameter("run", run));
        command.Parameters.Add(new NpgsqlParameter("moment", $"{moment}"));
        command.Parameters.Add(new NpgsqlParameter("version", version));
        command.Parameters.Add(new NpgsqlParameter("now", now));
        command.Parameters.Add(new NpgsqlParameter("closes_at", SurveyTimes.ClosesAt(now, moment)));
        await command.ExecuteNonQueryAsync(ct);
        return await db.SurveyInvitations.Where(invitation => invitation.PlaceId == place && invitation.Moment == moment)
            .Select(invitation => invitation.Id).SingleAsync(ct);
    }

    private async Task AddUnnamedAsync(Guid run, Guid form, SurveyAnswers answers, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var added = await db.Database.ExecuteSqlAsync(
            $"""
            insert into survey_responses (id, course_id, run_id, submitted_on, version_id, option_ids, origin)
            select {form}, course_id, id, {London.DateOf(now)}, {answers.VersionId}, {answers.OptionIds.ToArray()}, 'Room'
            from course_runs
            where id = {run}
            on conflict (id) do nothing
            """,
            ct);
        if (added == 1)
        {
            db.AddRange(answers.Comments(form, now));
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }
}
