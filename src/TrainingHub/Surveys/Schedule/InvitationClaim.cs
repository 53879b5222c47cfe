using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Surveys;

/// <summary>
/// Invitations of which a message is due, few at a time and locked until the transaction ends, so that two senders never have the same one;
/// and with them what else of that moment the same people would be written to about soon. In the order of their time.
/// </summary>
internal sealed class InvitationClaim
{
    public const int BatchSize = 50;

    public static readonly InvitationClaim Evaluations = new(SurveyMoment.End, InvitationState.Scheduled, "due_at", daysTogether: 0);
    public static readonly InvitationClaim Events = new(SurveyMoment.Event, InvitationState.Scheduled, "due_at", daysTogether: 0);
    public static readonly InvitationClaim Invitations = new(SurveyMoment.ThreeMonths, InvitationState.Scheduled, "due_at", SurveyTimes.TogetherDays);
    public static readonly InvitationClaim Reminders = new(SurveyMoment.ThreeMonths, InvitationState.Sent, "next_reminder_at", SurveyTimes.TogetherDays);

    private readonly string due;
    private readonly string together;
    private readonly int daysTogether;

    /// <param name="moment">Whose questions they ask.</param>
    /// <param name="state">In which they wait.</param>
    /// <param name="column">Until when.</param>
    /// <param name="daysTogether">What is due so soon after goes in the same message.</param>
    private InvitationClaim(SurveyMoment moment, InvitationState state, string column, int daysTogether)
    {
        (Moment, this.daysTogether) = (moment, daysTogether);
        due =
            $$"""
            select invitation.*
            from survey_invitations invitation
            join places place on place.id = invitation.place_id
            left join people person on person.id = place.person_id
            where invitation.moment = '{{moment}}'
            and invitation.state = '{{state}}'
            and invitation.{{column}} <= {0}
            and (invitation.closes_at is null or invitation.closes_at > {0})
            and invitation.id <> all({1})
            and coalesce(lower(substring(person.email from '[^@]*$')), '') <> all({2})
            order by invitation.{{column}}, invitation.id
            limit {3}
            for update of invitation skip locked
            """;
        together =
            $$"""
            select invitation.*
            from survey_invitations invitation
            join places place on place.id = invitation.place_id
            where invitation.moment = '{{moment}}'
            and invitation.state = '{{state}}'
            and invitation.{{column}} <= {0}
            and (invitation.closes_at is null or invitation.closes_at > {1})
            and invitation.id <> all({2})
            and place.person_id = any({3})
            order by invitation.{{column}}, invitation.id
            for update of invitation skip locked
            """;
    }

    public SurveyMoment Moment { get; }

    /// <param name="db"></param>
    /// <param name="now"></param>
    /// <param name="not">Those that failed in this run.</param>
    /// <param name="fullDomains">Mail domains that get nothing more in this run.</param>
    /// <param name="ct"></param>
    public Task<List<SurveyInvitation>> DueAsync(TrainingHubDb db, DateTimeOffset now, IReadOnlyList<Guid> not, string[] fullDomains, CancellationToken ct) =>
        db.SurveyInvitations.FromSqlRaw(due, now, not.ToArray(), fullDomains, BatchSize).ToListAsync(ct);

    /// <summary>Of the same people, not among those that were claimed.</summary>
    public Task<List<SurveyInvitation>> TogetherAsync(
        TrainingHubDb db, DateTimeOffset now, IReadOnlyList<Guid> claimed, IReadOnlyList<Guid> people, CancellationToken ct) =>
        db.SurveyInvitations.FromSqlRaw(together, now.AddDays(daysTogether), now, claimed.ToArray(), people.ToArray()).ToListAsync(ct);
}
