using Microsoft.EntityFrameworkCore;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;

namespace TrainingHub.PersonalData;

/// <summary>What staff write down when somebody asks.</summary>
/// <param name="Person">Whose record it is taken from, when they started from one.</param>
internal sealed record NewDataRequest(
    Guid Id, DataRequestKind Kind, string Name, string? Email, string? Contact, string? Asked, string? Identity, DateOnly ReceivedOn, Guid? Person);

/// <summary>
/// Writes a request down, once for each form, and tells the asker that it came when an address is known. Due a calendar month after the
/// day on which it was received, however late it is written down.
/// </summary>
internal sealed class RecordRequest(TrainingHubDb db, TimeProvider clock)
{
    public async Task RunAsync(NewDataRequest asked, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (reference, kind, due) = (Reference.New(), asked.Kind.ToString(), DataRequest.DueOf(asked.ReceivedOn));
        var added = await db.Database.ExecuteSqlAsync(
            $"""
            insert into data_requests (id, reference, kind, name, email, contact, asked, identity, received_on, due_on, outcome, created_at)
            values ({asked.Id}, {reference}, {kind}, {asked.Name}, {asked.Email}, {asked.Contact}, {asked.Asked}, {asked.Identity}, {asked.ReceivedOn}, {due}, '[]', {now})
            on conflict (id) do nothing
            """,
            ct);
        if (added == 0)
        {
            return;
        }

        if (asked.Person is { } person && await db.People.AnyAsync(one => one.Id == person, ct))
        {
            db.Add(new DataRequestRecord { RequestId = asked.Id, Kind = HeldKind.Person, RecordId = person });
        }

        HistoryEntry.Add<DataRequest>(db, asked.Id, by, "Recorded", [new("Due", null, London.Words(due))], now);
        if (asked.Email is { } email)
        {
            db.Add(OutgoingEmail.To(email, new DataRequestReceivedEmail(asked.Name, asked.Kind.ToAsker(), reference, London.Words(due)), now, about: reference));
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
