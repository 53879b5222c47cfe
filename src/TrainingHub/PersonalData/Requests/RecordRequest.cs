using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.PersonalData;

/// <summary>What somebody asks, as they or staff wrote it down.</summary>
/// <param name="Person">Whose record it is taken from, when staff started from one.</param>
internal sealed record NewDataRequest(
    Guid Id, DataRequestKind Kind, string Name, string? Email, string? Contact, string? Asked, string? Identity, DateOnly ReceivedOn, Guid? Person);

/// <summary>
/// Writes a request or a complaint down, once for each form, and tells the asker that it came when an address is known: that acknowledges a
/// complaint. A complaint that came by the public form is told to whoever answers for data protection, without its words. Due as
/// <see cref="DataRequest.DueOf"/> says after the day on which it was received, however late it is written down.
/// </summary>
internal sealed class RecordRequest(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <returns>Its reference, of the first time when the form is sent again.</returns>
    public async Task<string> RunAsync(NewDataRequest asked, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (reference, kind, due) = (Reference.New(), asked.Kind.ToString(), DataRequest.DueOf(asked.Kind, asked.ReceivedOn));
        DateOnly? acknowledged = asked is { Kind: DataRequestKind.Complaint, Email: not null } ? London.DateOf(now) : null;
        var added = await db.Database.ExecuteSqlAsync(
            $"""
            insert into data_requests (id, reference, kind, name, email, contact, asked, identity, received_on, due_on, acknowledged_on, outcome, created_at)
            values ({asked.Id}, {reference}, {kind}, {asked.Name}, {asked.Email}, {asked.Contact}, {asked.Asked}, {asked.Identity}, {asked.ReceivedOn}, {due}, {acknowledged}, '[]', {now})
            on conflict (id) do nothing
            """,
            ct);
        if (added == 0)
        {
            return await db.DataRequests.Where(one => one.Id == asked.Id).Select(one => one.Reference).SingleAsync(ct);
        }

        if (asked.Person is { } person && await db.People.AnyAsync(one => one.Id == person, ct))
        {
            db.Add(new DataRequestRecord { RequestId = asked.Id, Kind = HeldKind.Person, RecordId = person });
        }

        HistoryEntry.Add<DataRequest>(db, asked.Id, by, "Recorded", [new("Due", null, London.Words(due))], now);
        Tell(asked, by, reference, due, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return reference;
    }

    private void Tell(NewDataRequest asked, Actor by, string reference, DateOnly due, DateTimeOffset now)
    {
        if (asked.Email is { } email)
        {
            db.Add(asked.Kind == DataRequestKind.Complaint
                ? OutgoingEmail.To(email, new DataComplaintReceivedEmail(asked.Name, reference, London.Words(asked.ReceivedOn), London.Words(due)), now, about: reference)
                : OutgoingEmail.To(email, new DataRequestReceivedEmail(asked.Name, asked.Kind.ToAsker(), reference, London.Words(due)), now, about: reference));
        }

        if (by == Actor.Visitor)
        {
            var arrived = new DataComplaintArrivedEmail(reference, London.Words(due), site.Value.Absolute(PersonalDataUrls.Request(asked.Id)));
            db.Add(OutgoingEmail.To(site.Value.DataProtectionEmail, arrived, now, about: reference));
        }
    }
}
