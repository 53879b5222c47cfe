using Microsoft.EntityFrameworkCore;
using TrainingHub.Emails;

namespace TrainingHub.Platform.Email;

/// <summary>
/// Puts a test for one member of staff into the outbox. While one to the same address is not sent yet it adds none: a second click, or
/// a mail server that takes nothing, makes no pile of them.
/// </summary>
internal sealed class SendTestEmail(TrainingHubDb db, TimeProvider clock)
{
    private static readonly string Kind = EmailCatalogue.Of(new TestMessageEmail("", "")).Name;

    /// <returns>Whether one was added.</returns>
    public async Task<bool> RunAsync(string address, string name, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext({Kind}), hashtext({address}))", ct);
        if (await To(db, address).AnyAsync(email => email.State == EmailState.Queued || email.State == EmailState.Sending || email.State == EmailState.Waiting, ct))
        {
            return false;
        }

        db.Add(OutgoingEmail.To(address, new TestMessageEmail(name, London.Moment(now)), now));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>The tests to that address.</summary>
    public static IQueryable<OutgoingEmail> To(TrainingHubDb db, string address) =>
        db.OutgoingEmails.AsNoTracking().Where(email => email.Kind == Kind && email.ToAddress == address);
}
