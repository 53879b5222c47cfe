using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>What staff do with an award: stop it, or send its applicant a new code, after which older ones open nothing.</summary>
internal sealed class KeepAwards(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <summary>Nobody books under it any more; what is booked stays. A second time changes nothing.</summary>
    public async Task<bool> StopAsync(Guid id, string reason, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.FreePlaceAwards.Where(one => one.Id == id && one.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(one => one.EndedAt, now), ct) == 0)
        {
            return false;
        }

        await DropCodesAsync(id, ct);
        HistoryEntry.Add<FreePlaceAward>(db, id, by, "Stopped", [], now, reason);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <returns>The address it goes to; null when the award is over or nobody is known to write to.</returns>
    public async Task<string?> SendCodeAsync(Guid id, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await FreePlaceAward.OpenAsync(db, id, now, ct) is not { } award || await ContactAsync(db, id, ct) is not { } contact)
        {
            return null;
        }

        await DropCodesAsync(id, ct);
        db.Add(OutgoingEmail.To(contact.Email, new AwardCodeEmail(contact.Name, AwardMail.Of(db, award, site.Value, now)), now, contact.About));
        HistoryEntry.Add<FreePlaceAward>(db, id, by, "New code sent", [], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return contact.Email;
    }

    /// <summary>Who was told of the award last; null when nobody is kept.</summary>
    public static async Task<AwardContact?> ContactAsync(TrainingHubDb db, Guid awardId, CancellationToken ct)
    {
        var latest = await (
            from application in db.FreePlaceApplications
            where application.AwardId == awardId
            join booking in db.Bookings on application.Id equals booking.FreePlaceApplicationId into bookings
            from booking in bookings.DefaultIfEmpty()
            orderby application.DecidedAt descending, application.Id
            select new
            {
                Name = application.ApplicantName ?? booking.BookerName,
                Email = application.ApplicantEmail ?? booking.BookerEmail,
                Reference = booking == null ? null : booking.Reference,
                application.Id,
            }).FirstOrDefaultAsync(ct);
        return latest is { Email: { } email } ? new(latest.Name ?? "", email, latest.Reference ?? latest.Id.ToString()) : null;
    }

    private Task<int> DropCodesAsync(Guid id, CancellationToken ct) =>
        db.SecretLinks.Where(link => link.Purpose == FreePlaceAward.CodePurpose && link.SubjectId == id).ExecuteDeleteAsync(ct);
}

/// <param name="Name"></param>
/// <param name="Email"></param>
/// <param name="About">By which staff find the emails: the booking's reference, or the application.</param>
internal sealed record AwardContact(string Name, string Email, string About);
