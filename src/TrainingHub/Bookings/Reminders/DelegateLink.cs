using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>
/// The private link of a delegate to their own page of a place. What it opens is a place and the person who has it: once
/// somebody else has the place, the former person's link and browser open nothing.
/// </summary>
internal static class DelegateLink
{
    public const string Purpose = "delegate";

    /// <summary>The subject of the link.</summary>
    public static Guid SubjectOf(Guid placeId, Guid personId) =>
        new(SHA256.HashData([.. placeId.ToByteArray(), .. personId.ToByteArray(), .. Encoding.UTF8.GetBytes(Purpose)]).AsSpan(0, 16));

    /// <summary>Issues a link that is saved with the next change, and gives its path.</summary>
    public static string Issue(DbContext db, Guid placeId, Guid personId, DateTimeOffset now, DateTimeOffset endsAt)
    {
        var token = SecretLink.Issue(db, Purpose, SubjectOf(placeId, personId), now, BookingEmails.LinkExpiry(endsAt));
        return BookingUrls.DelegateLink(placeId, token.Value);
    }
}
