using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Surveys;

/// <summary>
/// Sends each due invitation once, of the end of a course, of an event and of three months later: claims few rows, asks again whether it may be sent, adds the email and marks the row, all in
/// one transaction. What one person is to be asked within a week goes in one message. One that cannot be written is left out and told of;
/// it holds up no other. A machine that dies half-way has sent nothing of that batch; a second run finds what is left, and what the pace
/// held back. What is too late is missed: 42 days, or 14 after the end of a course or an event.
/// </summary>
internal sealed partial class SendDueSurveys(
    TrainingHubDb db, SurveyMail mail, SurveyPace pace, WaitingCertificates certificates, TimeProvider clock, ILogger<SendDueSurveys> logger) : IJob
{
    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var handled = 0;
        var failures = new RowFailures();
        foreach (var claim in (InvitationClaim[])[InvitationClaim.Evaluations, InvitationClaim.Events, InvitationClaim.Invitations])
        {
            handled += await MissAsync(claim.Moment, ct);
            int batch;
            do
            {
                (batch, var sent) = await SendBatchAsync(claim, failures, ct);
                handled += sent;
            }
            while (batch == InvitationClaim.BatchSize && !pace.IsOver);
        }

        failures.ThrowIfAny(handled);
        return handled;
    }

    // At once: an import of old registers may schedule thousands of them.
    private async Task<int> MissAsync(SurveyMoment moment, CancellationToken ct)
    {
        var latest = clock.GetUtcNow().AddDays(-SurveyTimes.TooLateDaysOf(moment));
        return await db.SurveyInvitations
            .Where(invitation => invitation.Moment == moment && invitation.State == InvitationState.Scheduled && invitation.DueAt < latest)
            .ExecuteUpdateAsync(set => set.SetProperty(invitation => invitation.State, InvitationState.Missed), ct);
    }

    /// <returns>How many were claimed because they are due, and how many were handled.</returns>
    private async Task<(int Claimed, int Handled)> SendBatchAsync(InvitationClaim claim, RowFailures failures, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var handled = 0;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var due = await claim.DueAsync(db, now, failures.Rows, pace.Full, ct);
        var version = due.Count == 0 ? Guid.Empty : await PublishedAsync(claim.Moment, ct);
        foreach (var person in await InvitedPerson.ReadAsync(db, claim, due, now, ct))
        {
            try
            {
                handled += await SendAsync(person, version, now, ct);
            }
            catch (Exception failure) when (RowFailures.IsOfOneRow(failure))
            {
                person.Due.ForEach(one => failures.Add(failure, one.Invitation.Id));
                person.All.ForEach(one => db.Entry(one.Invitation).State = EntityState.Detached);
            }
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return (due.Count, handled);
    }

    private Task<Guid> PublishedAsync(SurveyMoment moment, CancellationToken ct) => (
        from version in db.SurveyVersions
        join survey in db.Surveys on version.SurveyId equals survey.Id
        where survey.Moment == moment && version.State == VersionState.Published
        select version.Id).SingleAsync(ct);

    private async Task<int> SendAsync(InvitedPerson person, Guid version, DateTimeOffset now, CancellationToken ct)
    {
        var refused = 0;
        foreach (var (invitation, invited) in person.Due)
        {
            if (invitation.WhyNotSend(invited, now) is { } refusal)
            {
                invitation.NotSend(refusal);
                LogNotSent(invitation.Id, refusal);
                refused++;
            }
        }

        // What is not due yet and may not be sent is looked at again when it is.
        var asked = person.All.FindAll(one => one.Invitation.WhyNotSend(one.Invited, now) is null);
        if (!asked.Exists(person.Due.Contains) || asked[0].Invited.Email is not { } address || !await pace.TakeAsync(address, ct))
        {
            return refused;
        }

        var delegates = asked.ConvertAll(one => one.Invited);
        var moment = asked[0].Invitation.Moment;
        var email = moment is SurveyMoment.End or SurveyMoment.Event
            ? mail.AddEvaluation(delegates, moment, await certificates.OfAsync(delegates.ConvertAll(one => one.PlaceId), now, ct), now)
            : mail.AddInvitation(delegates, now);
        asked.ForEach(one => one.Invitation.MarkSent(email, version, now));
        return refused + asked.Count;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Survey invitation {InvitationId} is not sent: {Refusal}")]
    private partial void LogNotSent(Guid invitationId, SendRefusal refusal);
}
