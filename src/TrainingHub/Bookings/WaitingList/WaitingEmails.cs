using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>The emails to who waits, each with a fresh link to their own page. Added to what is saved next.</summary>
internal static class WaitingEmails
{
    public static void Joined(TrainingHubDb db, SiteOptions site, DateLine run, WaitingListEntry entry, int? position, DateTimeOffset now) =>
        db.Add(OutgoingEmail.To(entry.Email, new WaitingListJoinedEmail(
            entry.Name, run.CourseDate(), Places(entry.PlacesWanted), OtherDates(site, run), Page(db, site, run, entry, now), position), now));

    public static void Offered(TrainingHubDb db, SiteOptions site, DateLine run, WaitingListEntry entry, DateTimeOffset until, DateTimeOffset now) =>
        db.Add(OutgoingEmail.To(entry.Email, Offer(db, site, run, entry, until, now), now));

    /// <summary>The offer that they know of ends sooner than they were told.</summary>
    public static void OfferedForLess(TrainingHubDb db, SiteOptions site, DateLine run, WaitingListEntry entry, DateTimeOffset until, DateTimeOffset now) =>
        db.Add(OutgoingEmail.To(entry.Email, Offer(db, site, run, entry, until, now) with { EndsSooner = true }, now));

    public static void OfferEnded(TrainingHubDb db, SiteOptions site, DateLine run, WaitingListEntry entry, bool isWithdrawn, DateTimeOffset now) =>
        db.Add(OutgoingEmail.To(entry.Email, new WaitingOfferEndedEmail(
            entry.Name, run.CourseDate(), isWithdrawn, OtherDates(site, run), Page(db, site, run, entry, now)), now));

    public static void Closed(TrainingHubDb db, SiteOptions site, DateLine run, WaitingListEntry entry, DateTimeOffset now) =>
        db.Add(OutgoingEmail.To(entry.Email, new WaitingListClosedEmail(entry.Name, run.CourseDate(), OtherDates(site, run)), now));

    public static string Places(int places) => places == 1 ? "1 place" : $"{places} places";

    /// <summary>"Monday 30 November 2026 at 4:50pm": somebody has to act by it.</summary>
    public static string Moment(DateTimeOffset until) =>
        $"{London.LongWords(London.DateOf(until))} at {London.Words(TimeOnly.FromDateTime(London.At(until)))}";

    private static WaitingOfferEmail Offer(TrainingHubDb db, SiteOptions site, DateLine run, WaitingListEntry entry, DateTimeOffset until, DateTimeOffset now) =>
        new(entry.Name, run.CourseDate(), Places(entry.PlacesWanted), Moment(until), Page(db, site, run, entry, now));

    private static string OtherDates(SiteOptions site, DateLine run) => site.Absolute(CatalogueUrls.Course(run.Slug));

    private static string Page(TrainingHubDb db, SiteOptions site, DateLine run, WaitingListEntry entry, DateTimeOffset now) =>
        site.Absolute(BookingUrls.YourWait(SecretLink.Issue(db, WaitingListEntry.LinkPurpose, entry.Id, now, run.EndsAt).Value));
}
