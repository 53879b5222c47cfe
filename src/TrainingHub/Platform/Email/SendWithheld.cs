using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform.Email;

/// <summary>
/// The owner of a mailbox wants the emails that were withheld: they are queued, and the mailbox counts as confirmed. A second call finds
/// none.
/// </summary>
internal sealed class SendWithheld(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="address">As the emails have it.</param>
    /// <returns>How many are queued now.</returns>
    public async Task<int> RunAsync(string address, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await ConfirmedAddress.ConfirmAsync(db, address, now, ct);
        var queued = await db.OutgoingEmails
            .Where(email => email.State == EmailState.Withheld && email.ToAddress == address)
            .ExecuteUpdateAsync(
                email => email
                    .SetProperty(one => one.State, EmailState.Queued)
                    .SetProperty(one => one.DueAt, now)
                    .SetProperty(one => one.AttemptCount, 0),
                ct);
        await transaction.CommitAsync(ct);
        return queued;
    }
}
