using System.Security.Cryptography;
using System.Text;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>
/// The private link of a delegate to their own page of a place. What it opens is a place and the person who has it: once
/// somebody else has the place, the former person's link and browser open nothing.
/// </summary>
internal static class DelegateLink
{
    public const string Purpose = "delegate";

    /// <summary>The subject of the link.</summary>
    public static Guid SubjectOf(Guid placeId, PersonKey person) =>
        new(SHA256.HashData([.. placeId.ToByteArray(), .. Encoding.UTF8.GetBytes($"{person.Email}\n{person.Name}\n{Purpose}")]).AsSpan(0, 16));
}

/// <summary>Makes the private links in emails that are written together, and remembers them for whoever writes them with the emails.</summary>
internal sealed class DelegateLinks(SiteOptions site, DateTimeOffset now)
{
    private readonly List<SecretLink> made = [];

    public IReadOnlyList<SecretLink> Made => made;

    /// <summary>The pages to which they lead ask something before the course.</summary>
    public bool AskBefore => site.AskBefore;

    /// <param name="placeId"></param>
    /// <param name="person"></param>
    /// <param name="endsAt">Of the date.</param>
    public string UrlOf(Guid placeId, PersonKey person, DateTimeOffset endsAt)
    {
        var token = SecretToken.New();
        made.Add(SecretLink.Of(token, DelegateLink.Purpose, DelegateLink.SubjectOf(placeId, person), now, BookingEmails.LinkExpiry(endsAt)));
        return site.Absolute(BookingUrls.DelegateLink(placeId, token.Value));
    }

    /// <summary>The private link of who booked.</summary>
    public string UrlOfBooking(Guid bookingId, DateTimeOffset expiresAt)
    {
        var token = SecretToken.New();
        made.Add(SecretLink.Of(token, Booking.LinkPurpose, bookingId, now, expiresAt));
        return site.Absolute(BookingUrls.PrivateLink(token.Value));
    }
}
