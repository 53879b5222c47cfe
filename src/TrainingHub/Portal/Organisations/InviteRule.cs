using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Portal;

/// <summary>
/// Whom a training lead may invite: an address at the domain of their own, or of somebody who booked or was booked for the organisation.
/// A domain at which anybody has an address says nothing. Everybody else is added by staff.
/// </summary>
internal static class InviteRule
{
    private static readonly string[] ForAnybody =
    [
        "gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.com", "live.co.uk", "msn.com", "yahoo.com", "yahoo.co.uk", "ymail.com",
        "icloud.com", "me.com", "mac.com", "aol.com", "aol.co.uk", "btinternet.com", "talktalk.net", "virginmedia.com", "sky.com", "ntlworld.com", "proton.me",
        "protonmail.com", "mail.com", "gmx.com", "gmx.co.uk", "zoho.com",
    ];

    /// <param name="db"></param>
    /// <param name="organisation"></param>
    /// <param name="lead">Who invites; as the next one, an address key.</param>
    /// <param name="invited"></param>
    /// <param name="ct"></param>
    public static async Task<bool> AllowsAsync(TrainingHubDb db, Guid organisation, string lead, string invited, CancellationToken ct)
    {
        var bookings = OrganisationYear.BookingsOf(db, organisation);
        return (DomainOf(lead) == DomainOf(invited) && !ForAnybody.Contains(DomainOf(lead)))
            || await bookings.AnyAsync(booking => booking.BookerEmailKey == invited, ct)
            || await db.Places.AnyAsync(
                place => bookings.Any(booking => booking.Id == place.BookingId) && db.People.Any(person => person.Id == place.PersonId && person.EmailKey == invited), ct);
    }

    private static string DomainOf(string email) => email[(email.LastIndexOf('@') + 1)..];
}
