using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum CorrectWaitingResult
{
    /// <summary>They wait under the name and address as typed, now or since before.</summary>
    Corrected,

    /// <summary>They do not wait any more.</summary>
    Gone,

    /// <summary>Somebody of this name and address waits for the same date already.</summary>
    WaitsAlready,
}

/// <summary>
/// Staff correct who waits, or take them off the list. It stays the same entry at its place in the queue, and others on the same
/// address are not touched. A corrected address gets the email about the list with a fresh link, the links in the wrong mailbox open
/// nothing, and emails about this entry that did not arrive there are put aside. History stands on the date, without who it was.
/// </summary>
internal sealed class CorrectWaiting(TrainingHubDb db, LinksInEmail links, StopEmail stop, OfferPlaces offer, TimeProvider clock, IOptions<SiteOptions> site)
{
    private static readonly string[] WithLink = [.. EmailCatalogue.All
        .Where(kind => kind.Message == typeof(WaitingListJoinedEmail) || kind.Message == typeof(WaitingOfferEmail) || kind.Message == typeof(WaitingOfferEndedEmail))
        .Select(kind => kind.Name)];

    public async Task<CorrectWaitingResult> RunAsync(Guid entryId, string name, string email, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        if (await WaitingLock.TakeAsync(db, entryId, ct) is not { } entry || await BookingSummaries.RunAsync(db, entry.RunId, ct) is not { } run)
        {
            return CorrectWaitingResult.Gone;
        }

        var (former, key) = (entry.Email, PersonKey.Of(email, name));
        var changes = HistoryChange.Of(HistoryChange.OfPerson("Name", entry.Name, name), HistoryChange.OfPerson("Email address", former, email));
        if (entry.Name == name && former == email)
        {
            return CorrectWaitingResult.Corrected;
        }

        if (await db.WaitingListEntries.Where(WaitingListEntry.IsLive).AnyAsync(
            other => other.RunId == entry.RunId && other.EmailKey == key.Email && other.NameKey == key.Name && other.Id != entryId, ct))
        {
            return CorrectWaitingResult.WaitsAlready;
        }

        var isNewAddress = entry.EmailKey != key.Email;
        entry.Correct(name, email);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { ConstraintName: "ux_waiting_list_entries_run_id_email_key_name_key" })
        {
            return CorrectWaitingResult.WaitsAlready;
        }

        await ConfirmedAddress.ConfirmAsync(db, email, now, ct);
        await UndeliverableAddress.ClearAsync(db, email, ct);
        if (isNewAddress)
        {
            await PutAsideAsync(entry, former, by, ct);
            await db.SecretLinks.Where(link => link.Purpose == WaitingListEntry.LinkPurpose && link.SubjectId == entry.Id).ExecuteDeleteAsync(ct);
            await JoinWaitingList.TellAsync(db, site.Value, run, entry, now, ct);
        }

        HistoryEntry.Add<CourseRun>(db, entry.RunId, by, "Somebody on the waiting list corrected", changes, now, isNewAddress ? "The email about the list went to the new address." : null);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return CorrectWaitingResult.Corrected;
    }

    /// <summary>What they were offered, if anything, goes to the next one.</summary>
    /// <returns>False when they had left before.</returns>
    public async Task<bool> TakeOffAsync(Guid entryId, Actor by, CancellationToken ct)
    {
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        if (await WaitingLock.TakeAsync(db, entryId, ct) is not { } entry)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        var undo = KeepUndo.Begin(db, now);
        entry.Leave();
        WaitingListEvent.Add(db, entryId, WaitingEventKind.TakenOff, now);
        HistoryEntry.Add<CourseRun>(db, entry.RunId, by, "Somebody taken off the waiting list", [], now, id: undo.Id);
        undo.End(UndoTakeOff.Kind, entryId, new TakenOff());
        await db.SaveChangesAsync(ct);
        await offer.RunAsync(entry.RunId, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    // Known by the link to leave, since the address may be that of others who wait.
    private async Task PutAsideAsync(WaitingListEntry entry, string address, Actor by, CancellationToken ct)
    {
        var own = await db.SecretLinks.AsNoTracking()
            .Where(link => link.Purpose == WaitingListEntry.LinkPurpose && link.SubjectId == entry.Id).Select(link => link.Hash).ToListAsync(ct);
        var stopped = await db.OutgoingEmails.AsNoTracking()
            .Where(email => email.ToAddress == address && WithLink.Contains(email.Kind) && email.Model != null && EmailStates.CanBeStopped.Contains(email.State))
            .Select(email => new { email.Id, email.Model })
            .ToListAsync(ct);
        foreach (var email in stopped.Where(email => links.HashesIn(email.Model!).Any(hash => own.Any(one => one.SequenceEqual(hash)))))
        {
            await stop.RunAsync(email.Id, by, ct);
        }
    }
}
