using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>
/// The third outcome: staff need to know more before they decide. The applicant is asked by email and answers by its private link; places stay
/// held, and the days to decide stand still meanwhile. Asked again, the new question takes the place of the old one.
/// </summary>
internal sealed class AskApplicant(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <returns>False when it does not wait for a decision any more.</returns>
    public async Task<bool> RunAsync(Guid applicationId, string question, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await DecideAlone.LockAsync(db, applicationId, ct) is not { State: FreePlaceState.Pending } application)
        {
            return false;
        }

        application.Ask(question, now);
        var booking = await db.Bookings.AsNoTracking().FirstOrDefaultAsync(one => one.FreePlaceApplicationId == applicationId, ct);
        if ((application.ApplicantEmail ?? booking?.BookerEmail) is { } address)
        {
            var link = SecretLink.Issue(db, FreePlaceApplication.LinkPurpose, applicationId, now, now.AddYears(1));
            var message = new MoreWantedEmail(
                application.ApplicantName ?? booking?.BookerName ?? "", application.OrganisationName, question, ArePlacesHeld: booking is not null,
                site.Value.Absolute(FreePlaceUrls.PrivateLink(link.Value)));
            db.Add(OutgoingEmail.To(address, message, now, booking?.Reference ?? applicationId.ToString()));
        }

        // Not the question: it is kept with the application, and goes with it.
        if (booking is null)
        {
            HistoryEntry.Add<FreePlaceApplication>(db, applicationId, by, "More asked of the applicant", [], now);
        }
        else
        {
            HistoryEntry.Add<Booking>(db, booking.Id, by, "More asked of the applicant for a free place", [], now);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
