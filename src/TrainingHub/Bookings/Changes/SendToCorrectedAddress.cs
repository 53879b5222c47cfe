using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;

namespace TrainingHub.Bookings;

internal enum CorrectedResult
{
    /// <summary>The email goes out again.</summary>
    Sent,

    /// <summary>Whoever was corrected gets a new email of this kind, so that this one is not needed.</summary>
    SentAnew,

    /// <summary>Corrected, and this email cannot be sent any more.</summary>
    OnlyCorrected,

    /// <summary>Nothing was done: the corrected person has another place on a date of theirs.</summary>
    AlreadyOnDate,

    /// <summary>Nothing was done: the booking is not as it was.</summary>
    Changed,
}

/// <summary>
/// Sends an email again to a corrected address and corrects it, in the same transaction, for those of the booking who were reached by
/// the wrong one, each by the command of the booking's page. Private links in it open to the corrected people what they opened before,
/// and those in the wrong mailbox open nothing.
/// </summary>
internal sealed class SendToCorrectedAddress(
    TrainingHubDb db, CorrectBooker correctBooker, CorrectDelegate correctDelegate, SendEmailAgain again, StopEmail stop, TimeProvider clock)
{
    /// <param name="email">As the page read it.</param>
    /// <param name="copyId">Of the copy, if one is made.</param>
    /// <param name="address">Another address than the email's.</param>
    /// <param name="owners">Who is corrected; at least one.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<CorrectedResult> RunAsync(
        OutgoingEmail email, Guid copyId, string address, IReadOnlyList<AddressOwner> owners, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var links = await again.LinksAsync(email, ct);
        var moved = new Dictionary<Guid, Guid>();
        foreach (var owner in owners)
        {
            if (await CorrectAsync(owner, address, by, ct) is { } refusal)
            {
                return refusal;
            }

            await AddMovedAsync(moved, owner, email.ToAddress, address, ct);
        }

        await UndeliverableAddress.ClearAsync(db, address, ct);
        var result = await IsSentAnewAsync(email, address, now, ct) ? await DropAsync(email, by, ct)
            : links is not null && await again.RunAsync(email.Id, copyId, address, links.MovedTo(moved), by, ct) == SendAgainResult.Queued ? CorrectedResult.Sent
            : CorrectedResult.OnlyCorrected;
        await transaction.CommitAsync(ct);
        return result;
    }

    private async Task<CorrectedResult?> CorrectAsync(AddressOwner owner, string address, Actor by, CancellationToken ct)
    {
        if (owner.IsBooker)
        {
            var own = owner.Place is null ? OwnPlace.Stays : OwnPlace.IsCorrected;
            return await correctBooker.RunAsync(owner.BookingId, new(owner.Name, address, owner.Organisation), own, by, ct) switch
            {
                CorrectBookerResult.Corrected => null,
                CorrectBookerResult.AlreadyOnDate => CorrectedResult.AlreadyOnDate,
                CorrectBookerResult.NotFound => CorrectedResult.Changed,
            };
        }

        var outcome = await correctDelegate.RunAsync(owner.BookingId, owner.Place ?? Guid.Empty, owner.Name, address, ct, by);
        return outcome.Result switch
        {
            DelegateChangeResult.Changed => null,
            DelegateChangeResult.AlreadyOnDate => CorrectedResult.AlreadyOnDate,
            DelegateChangeResult.NotALivePlace or DelegateChangeResult.RunStarted or DelegateChangeResult.NotPaidYet
                or DelegateChangeResult.TooManyChanges or DelegateChangeResult.SamePerson or DelegateChangeResult.PrerequisiteMissing => CorrectedResult.Changed,
        };
    }

    // A delegate's link opens a place to the person who has it, who has another address now.
    private async Task AddMovedAsync(Dictionary<Guid, Guid> moved, AddressOwner owner, string before, string after, CancellationToken ct)
    {
        var places = await db.LivePlaces.Where(place => place.BookingId == owner.BookingId).Select(place => place.Id).ToListAsync(ct);
        foreach (var place in places)
        {
            moved[DelegateLink.SubjectOf(place, PersonKey.Of(before, owner.Name))] = DelegateLink.SubjectOf(place, PersonKey.Of(after, owner.Name));
        }
    }

    private Task<bool> IsSentAnewAsync(OutgoingEmail email, string address, DateTimeOffset now, CancellationToken ct) =>
        db.OutgoingEmails.AnyAsync(one => one.About == email.About && one.Kind == email.Kind && one.ToAddress == address && one.CreatedAt >= now && one.Id != email.Id, ct);

    private async Task<CorrectedResult> DropAsync(OutgoingEmail email, Actor by, CancellationToken ct)
    {
        await stop.RunAsync(email.Id, by, ct);
        return CorrectedResult.SentAnew;
    }
}
