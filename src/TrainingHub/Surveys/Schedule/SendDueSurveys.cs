using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Surveys;

/// <summary>
/// Sends each due invitation once: claims few rows, asks again whether it may be sent, adds the email and marks the row, all in
/// one transaction. One that cannot be written is left out and told of; it holds up no other. A machine that dies half-way has sent nothing of that batch; a second run finds what is left. What is more
/// than 42 days late is missed.
/// </summary>
internal sealed partial class SendDueSurveys(TrainingHubDb db, SurveyMail mail, TimeProvider clock, ILogger<SendDueSurveys> logger) : IJob
{
    private const int BatchSize = 50;

    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    // The lock keeps two senders apart.
    private const string Claim =
        """
        select *
        from survey_invitations
        where state = 'Scheduled'
        and due_at <= {0}
        and id <> all({2})
        order by due_at, id
        limit {1}
        for update skip locked
        """;

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var handled = await MissAsync(ct);
        var failures = new RowFailures();
        int batch;
        do
        {
            batch = await SendBatchAsync(failures, ct);
            handled += batch;
        }
        while (batch == BatchSize);

        failures.ThrowIfAny(handled);
        return handled;
    }

    // At once: an import of old registers may schedule thousands of them.
    private async Task<int> MissAsync(CancellationToken ct)
    {
        var latest = clock.GetUtcNow().AddDays(-SurveyTimes.TooLateDays);
        return await db.SurveyInvitations
            .Where(invitation => invitation.State == InvitationState.Scheduled && invitation.DueAt < latest)
            .ExecuteUpdateAsync(set => set.SetProperty(invitation => invitation.State, InvitationState.Missed), ct);
    }

    private async Task<int> SendBatchAsync(RowFailures failures, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var claimed = await db.SurveyInvitations
            .FromSqlRaw(Claim, now, BatchSize, failures.Rows.ToArray())
            .ToListAsync(ct);
        var version = claimed.Count == 0 ? Guid.Empty : await PublishedAsync(ct);
        var delegates = await InvitedDelegate.ReadAsync(db, claimed.ConvertAll(invitation => invitation.Id), ct);
        foreach (var invitation in claimed)
        {
            try
            {
                Send(invitation, delegates[invitation.Id], version, now);
            }
            catch (Exception failure) when (RowFailures.IsOfOneRow(failure))
            {
                failures.Add(failure, invitation.Id);
                db.Entry(invitation).State = EntityState.Detached;
            }
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return claimed.Count;
    }

    private Task<Guid> PublishedAsync(CancellationToken ct) => (
        from version in db.SurveyVersions
        join survey in db.Surveys on version.SurveyId equals survey.Id
        where survey.Key == Survey.ThreeMonths && version.State == VersionState.Published
        select version.Id).SingleAsync(ct);

    private void Send(SurveyInvitation invitation, InvitedDelegate invited, Guid version, DateTimeOffset now)
    {
        if (invitation.WhyNotSend(invited, now) is { } refusal)
        {
            invitation.NotSend(refusal);
            LogNotSent(invitation.Id, refusal);
            return;
        }

        invitation.MarkSent(mail.AddInvitation(invited, now), version, now);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Survey invitation {InvitationId} is not sent: {Refusal}")]
    private partial void LogNotSent(Guid invitationId, SendRefusal refusal);
}
