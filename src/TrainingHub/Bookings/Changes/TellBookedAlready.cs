using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>
/// Tells somebody who has a certain place that somebody else tried to give them another one on the same date: who tries that learns
/// that there is something, and for some of those who come it matters who knows where they will be. Once a day for a person and date.
/// </summary>
internal sealed class TellBookedAlready(TrainingHubDb db, Tries tries, TimeProvider clock, IOptions<SiteOptions> site)
{
    private static readonly TryBound OnceADay = new("booked-already", Most: 1, TimeSpan.FromDays(1));

    /// <returns>Whether an email is queued now.</returns>
    public async Task<bool> RunAsync(Guid runId, PersonKey person, CancellationToken ct)
    {
        var seated = await (
            from place in db.LivePlaces
            join known in db.People on place.PersonId equals known.Id
            where place.RunId == runId && place.State == PlaceState.Confirmed && known.EmailKey == person.Email && known.NameKey == person.Name
            select new { place.Id, known.Name, known.Email }).FirstOrDefaultAsync(ct);
        if (seated is null
            || await BookingSummaries.RunAsync(db, runId, ct) is not { } run
            || await tries.TakeAsync(OnceADay, seated.Id.ToString(), ct) is not null)
        {
            return false;
        }

        var message = new TrainingHub.Emails.BookedAlreadyEmail(seated.Name, run.CourseDate(), BookingEmails.DateUrl(run, site.Value));
        db.Add(OutgoingEmail.To(seated.Email, message, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return true;
    }
}
