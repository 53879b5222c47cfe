using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>What an email says of an award, with a new code, which is saved with the next change.</summary>
internal static class AwardMail
{
    /// <summary>Of the award under which these places are; null when they are under none.</summary>
    public static async Task<AwardToUse?> OfAsync(TrainingHubDb db, IReadOnlyList<Place> places, SiteOptions site, DateTimeOffset now, CancellationToken ct)
    {
        var id = places.Select(place => place.FreePlaceAwardId).FirstOrDefault(one => one is not null);
        return id is null ? null : Of(db, await db.FreePlaceAwards.AsNoTracking().SingleAsync(award => award.Id == id, ct), site, now);
    }

    public static AwardToUse Of(TrainingHubDb db, FreePlaceAward award, SiteOptions site, DateTimeOffset now) => new(
        award.IssueCode(db, now), award.OrganisationName, award.Places - award.PlacesUsed, award.Places, London.Words(award.ValidUntil),
        site.Absolute(CatalogueUrls.Courses));
}
