using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages;

/// <summary>
/// A booking with what its emails tell of it, for a browser that opened one of its links or in which the booker's address is signed in. To
/// any other there is none.
/// </summary>
internal sealed class PrivateBooking(TrainingHubDb db, PrivateAccess access, SignedInAddress signedIn)
{
    public Task<PaidBooking?> FindAsync(HttpContext http, string reference, CancellationToken ct) =>
        FindAsync(http, reference, [Booking.LinkPurpose], ct);

    /// <summary>Also for whoever was sent the invoice alone.</summary>
    public Task<PaidBooking?> FindForInvoiceAsync(HttpContext http, string reference, CancellationToken ct) =>
        FindAsync(http, reference, [Booking.LinkPurpose, WriteDocuments.LinkPurpose], ct);

    private async Task<PaidBooking?> FindAsync(HttpContext http, string reference, string[] purposes, CancellationToken ct)
    {
        var normal = Reference.Normalise(reference);
        var booking = await db.Bookings.AsNoTracking().FirstOrDefaultAsync(one => one.Reference == normal, ct);
        if (booking is null
            || (!purposes.Any(purpose => access.IsGranted(http, purpose, booking.Id)) && !await signedIn.IsAsync(http, booking.BookerEmail, ct)))
        {
            return null;
        }

        var places = await db.Places.AsNoTracking().Where(place => place.BookingId == booking.Id).OrderBy(place => place.Id).ToListAsync(ct);
        var live = places.Where(place => place.IsLive).ToList();
        return new(booking, await BookingSummaries.ReadAsync(db, booking, live.Count > 0 ? live : places, ct));
    }
}

internal sealed record PaidBooking(Booking Booking, BookingSummary Summary)
{
    public string Total => new Money(Summary.Delegates.Sum(person => person.PricePence)).ToString();

    /// <summary>"10:35am", with the day when it is another one.</summary>
    public string HeldUntil(DateTimeOffset now) => Booking.HeldUntil is not { } until ? ""
        : London.DateOf(until) == London.DateOf(now) ? London.Words(TimeOnly.FromDateTime(London.At(until)))
        : London.Moment(until);
}
