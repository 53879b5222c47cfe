namespace TrainingHub.Surveys;

/// <summary>One person of a batch.</summary>
/// <param name="Due">What is due.</param>
/// <param name="All">That, and what they would be written to about within the next days.</param>
internal sealed record InvitedPerson(List<(SurveyInvitation Invitation, InvitedDelegate Invited)> Due, List<(SurveyInvitation Invitation, InvitedDelegate Invited)> All)
{
    /// <summary>The people of those that were claimed, in the order of the first that is due.</summary>
    public static async Task<List<InvitedPerson>> ReadAsync(
        TrainingHubDb db, InvitationClaim claim, List<SurveyInvitation> due, DateTimeOffset now, CancellationToken ct)
    {
        var delegates = await InvitedDelegate.ReadAsync(db, due.ConvertAll(invitation => invitation.Id), ct);
        var people = delegates.Values.Where(invited => invited.PersonId is not null).Select(invited => invited.PersonId!.Value).Distinct().ToList();
        var more = await claim.TogetherAsync(db, now, due.ConvertAll(invitation => invitation.Id), people, ct);
        var others = (await InvitedDelegate.ReadAsync(db, more.ConvertAll(invitation => invitation.Id), ct)).Values.ToLookup(invited => invited.PersonId);
        // Who is nobody any more is one of their own.
        return [.. due.GroupBy(invitation => delegates[invitation.Id].PersonId ?? invitation.Id).Select(person =>
        {
            var first = person.Select(invitation => (invitation, delegates[invitation.Id])).ToList();
            return new InvitedPerson(first, [.. first, .. others[person.Key].Select(invited => (more.Single(one => one.Id == invited.InvitationId), invited))]);
        })];
    }
}
