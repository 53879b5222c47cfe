using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Data;

namespace TrainingHub.Platform.Email;

internal enum SendAgainResult
{
    Queued,

    /// <summary>It is in the hands of a sender at this moment.</summary>
    BeingSent,

    /// <summary>A private link in it has run out, so that the email would lead nowhere.</summary>
    LinksGone,

    /// <summary>What it said is not held any more, or not in a form that this version can send.</summary>
    ContentGone,

    /// <summary>Its link is for its reader alone: it went out already, or is to go to another address.</summary>
    ForReaderAlone,
    NotFound,
}

/// <summary>
/// Sends one email once more, to its own address or to another. What did not arrive goes out as the same row, and private links in the
/// former one end; of what was sent stays a row, and a copy goes out, whose id makes a second click harmless. Private links are made
/// anew. Staff vouch for the address: it is neither undeliverable nor one that has not asked.
/// </summary>
internal sealed class SendEmailAgain(TrainingHubDb db, LinksInEmail links, TimeProvider clock)
{
    /// <summary>The private links in what was sent; null when one is out of date.</summary>
    public Task<KeptLinks?> LinksAsync(OutgoingEmail email, CancellationToken ct) => links.FindAsync(db, email.Model ?? "", clock.GetUtcNow(), ct);

    /// <param name="id"></param>
    /// <param name="copyId">Of the copy, if one is made.</param>
    /// <param name="address">A valid one.</param>
    /// <param name="kept">Its private links, when what they open has been changed since; null to look them up.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<SendAgainResult> RunAsync(Guid id, Guid copyId, string address, KeptLinks? kept, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        var email = await db.OutgoingEmails.FromSql($"select * from outgoing_emails where id = {id} for update").AsNoTracking().SingleOrDefaultAsync(ct);
        if (WhyNot(email) is { } refusal)
        {
            return refusal;
        }

        var wasSent = email!.State == EmailState.Sent;
        var isOther = EmailAddress.KeyOf(email.ToAddress) != EmailAddress.KeyOf(address);
        if (email.IsForReaderAlone && (wasSent || isOther))
        {
            return SendAgainResult.ForReaderAlone;
        }

        if ((email.State == EmailState.Queued && !isOther) || (wasSent && await db.OutgoingEmails.AnyAsync(one => one.Id == copyId, ct)))
        {
            return SendAgainResult.Queued;
        }

        if ((kept ?? await LinksAsync(email, ct)) is not { } found)
        {
            return SendAgainResult.LinksGone;
        }

        if (email.Requeued(wasSent ? copyId : id, found.Renew(db, email.Model!, now), address, now) is not { } again)
        {
            return SendAgainResult.ContentGone;
        }

        db.Entry(again).State = wasSent ? EntityState.Added : EntityState.Modified;
        if (!wasSent)
        {
            await found.EndAsync(db, ct);
        }

        await ConfirmedAddress.ConfirmAsync(db, address, now, ct);
        await UndeliverableAddress.ClearAsync(db, address, ct);
        HistoryEntry.Add<OutgoingEmail>(db, id, by, isOther ? "Sent again to another address" : "Sent again", [], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return SendAgainResult.Queued;
    }

    private static SendAgainResult? WhyNot(OutgoingEmail? email) => email switch
    {
        null => SendAgainResult.NotFound,
        { State: EmailState.Sending } => SendAgainResult.BeingSent,
        { Model: null } => SendAgainResult.ContentGone,
        _ => null,
    };
}
