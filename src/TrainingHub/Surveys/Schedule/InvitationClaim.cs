using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Surveys;

/// <summary>
/// Invitations of which a message is due, few at a time and locked until the transaction ends, so that two senders never have the same one;
/// and with them what else the same people would be written to about within a week. Rows whose time has come are in the order of that time.
/// </summary>
internal static class InvitationClaim
{
    public const int BatchSize = 50;

    /// <param name="db"></param>
    /// <param name="state">In which they wait.</param>
    /// <param name="column">When: due_at or next_reminder_at.</param>
    /// <param name="now"></param>
    /// <param name="not">Those that failed in this run.</param>
    /// <param name="fullDomains">Mail domains that get nothing more in this run.</param>
    /// <param name="ct"></param>
    public static Task<List<SurveyInvitation>> DueAsync(
        TrainingHubDb db, InvitationState state, string column, DateTimeOffset now, IReadOnlyList<Guid> not, string[] fullDomains, CancellationToken ct) =>
        db.SurveyInvitations.FromSqlRaw(
            $$"""
            select invitation.*
            from survey_invitations invitation
            join places place on place.id = invitation.place_id
            left join people person on person.id = place.person_id
            where invitation.state = {0}
            and invitation.{{column}} <= {1}
            and (invitation.closes_at is null or invitation.closes_at > {1})
            and invitation.id <> all({2})
            and coalesce(lower(substring(person.email from '[^@]*$')), '') <> all({3})
            order by invitation.{{column}}, invitation.id
            limit {4}
            for update of invitation skip locked
            """, state.ToString(), now, not.ToArray(), fullDomains, BatchSize).ToListAsync(ct);

    /// <summary>Of the same people, not among those that were claimed.</summary>
    public static Task<List<SurveyInvitation>> TogetherAsync(
        TrainingHubDb db, InvitationState state, string column, DateTimeOffset now, IReadOnlyList<Guid> claimed, IReadOnlyList<Guid> people, CancellationToken ct) =>
        db.SurveyInvitations.FromSqlRaw(
            $$"""
            select invitation.*
            from survey_invitations invitation
            join places place on place.id = invitation.place_id
            where invitation.state = {0}
            and invitation.{{column}} <= {1}
            and (invitation.closes_at is null or invitation.closes_at > {2})
            and invitation.id <> all({3})
            and place.person_id = any({4})
            order by invitation.{{column}}, invitation.id
            for update of invitation skip locked
            """, state.ToString(), now.AddDays(SurveyTimes.TogetherDays), now, claimed.ToArray(), people.ToArray()).ToListAsync(ct);
}
