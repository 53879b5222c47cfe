using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;

namespace TrainingHub.Surveys;

/// <summary>What the survey page shows of one invitation. The course, area and sector are known and not asked again.</summary>
internal sealed record InvitedSurvey(
    Guid PlaceId,
    InvitationState State,
    SurveyMoment Moment,
    DateTimeOffset? SentAt,
    DateTimeOffset? ClosesAt,
    string Course,
    DateOnly AttendedOn,
    Guid AreaId,
    string Area,
    string Sector,
    Guid VersionId,
    Guid? ResponseId,
    string? Delegate,
    bool IsAddressShared)
{
    /// <summary>
    /// Whether the answers given before may be shown again. Not on an address that several people use: whoever opens the email next
    /// would read a colleague's. Nor what a manager answered: the delegate has had the link too.
    /// </summary>
    public bool ShowsAnswers => ResponseId is not null && !IsAddressShared && Moment != SurveyMoment.Manager;

    public bool TakesAnswersAt(DateTimeOffset now) => SurveyInvitation.TakesAnswers(State, ClosesAt, now);

    public string ClosesOnWords => SentAt is { } sentAt ? London.Words(SurveyTimes.ClosesOn(sentAt, Moment)) : "";

    // Each page of a survey asks this. As a query over eight tables in C# its making would cost more than its running.
    public static async Task<InvitedSurvey?> FindAsync(NpgsqlDataSource database, Guid invitationId, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select
                invitation.state,
                invitation.sent_at,
                invitation.closes_at,
                course.title,
                run.runs_on,
                area.id,
                area.long_name,
                sector.name,
                -- What was never sent is shown to nobody.
                coalesce(invitation.version_id, '00000000-0000-0000-0000-000000000000'),
                own_answer(invitation.id, $2),
                place.delegate_name,
                person.email,
                booking.booker_name,
                booking.booker_email,
                exists (
                    select
                    from people other
                    join places on places.person_id = other.id
                    where other.email_key = person.email_key
                      and other.id <> person.id
                ),
                invitation.moment,
                place.id
            from survey_invitations invitation
            join places place on place.id = invitation.place_id
            join bookings booking on booking.id = place.booking_id
            join course_runs run on run.id = place.run_id
            join courses course on course.id = run.course_id
            join areas area on area.id = booking.area_id
            join sectors sector on sector.id = booking.sector_id
            left join people person on person.id = place.person_id
            where invitation.id = $1
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = invitationId });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new InvitedSurvey(
                reader.GetGuid(16),
                Enum.Parse<InvitationState>(reader.GetString(0)),
                Enum.Parse<SurveyMoment>(reader.GetString(15)),
                reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1),
                reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2),
                reader.GetString(3),
                reader.GetFieldValue<DateOnly>(4),
                reader.GetGuid(5),
                reader.GetString(6),
                reader.GetString(7),
                reader.GetGuid(8),
                reader.IsDBNull(9) ? null : reader.GetGuid(9),
                Text(reader, 10),
                reader.GetBoolean(14) || IsAlsoTheBookers(Text(reader, 11), Text(reader, 10), Text(reader, 13), Text(reader, 12)))
            : null;
    }

    /// <summary>Somebody else booked with the delegate's own address.</summary>
    private static bool IsAlsoTheBookers(string? email, string? name, string? bookerEmail, string? bookerName) =>
        email is not null && bookerEmail is not null && EmailAddress.KeyOf(email) == EmailAddress.KeyOf(bookerEmail)
        && PersonKey.NameOf(name ?? "") != PersonKey.NameOf(bookerName ?? "");

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>The answers given before, for correction.</summary>
    public static async Task<SurveyAnswers> ReadAnswersAsync(TrainingHubDb db, Guid responseId, CancellationToken ct)
    {
        var response = await db.SurveyResponses.AsNoTracking().SingleAsync(response => response.Id == responseId, ct);
        var comments = await db.SurveyComments
            .Where(comment => comment.ResponseId == responseId)
            .OrderBy(comment => comment.State == CommentState.Concern)
            .ThenByDescending(comment => comment.CreatedAt)
            .Select(comment => new { comment.QuestionKey, comment.Text })
            .ToListAsync(ct);
        return new SurveyAnswers(
            response.VersionId, response.OptionIds,
            comments.GroupBy(comment => comment.QuestionKey).ToDictionary(question => question.Key, question => (string?)question.First().Text));
    }
}
