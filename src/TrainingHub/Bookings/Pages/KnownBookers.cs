using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>Who is signed in and has booked before, so that the form need not ask again what is known.</summary>
internal sealed class KnownBookers(TrainingHubDb db, SignedInAddress signedIn)
{
    /// <returns>Null when nobody is signed in, or nothing was booked with the address.</returns>
    public async Task<KnownBooker?> FindAsync(HttpContext http, CancellationToken ct) =>
        await signedIn.FindAsync(http, ct) is { } email ? await KnownBooker.FindAsync(db, email, ct) : null;
}
