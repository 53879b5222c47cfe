using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>Reads what the emails of a booking speak of, and makes the link that stands in them.</summary>
internal static class BookingSummaries
{
    /// <summary>Summary of a booking with the given places, in the order given. All places of a booking are on one date.</summary>
    public static async Task<BookingSummary> ReadAsync(
        TrainingHubDb db, Booking booking, IReadOnlyList<Place> places, CancellationToken ct)
    {
        var runId = await db.Places.Where(place => place.BookingId == booking.Id).Select(place => place.RunId).FirstAsync(ct);
        var run = await RunAsync(db, runId, ct) ?? throw new InvalidOperationException($"Date {runId} is gone.");
        var people = places.Select(place => place.PersonId).ToList();
        var addresses = await db.People.AsNoTracking()
            .Where(person => people.Contains(person.Id))
            .Select(person => new { person.Id, person.Email })
            .ToDictionaryAsync(person => person.Id, person => person.Email, ct);
        return new(
            booking.Reference,
            booking.BookerName ?? "",
            booking.BookerEmail ?? "",
            booking.PaymentMethod,
            booking.PurchaseOrder,
            [.. places.Select(place => new BookedDelegate(
                place.DelegateName ?? "",
                place.PersonId is { } person ? addresses.GetValueOrDefault(person) : null,
                place.AccessNeeds is not null,
                place.PricePence))],
            places.Count > 0 ? places[0].PriceRule : "",
            run);
    }

    public static async Task<BookableRun?> RunAsync(TrainingHubDb db, Guid runId, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            return await BookableRun.FindAsync((NpgsqlConnection)db.Database.GetDbConnection(), runId, ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>The messages of a booking with a new private link in them, which is saved with the next change.</summary>
    public static BookingEmails Emails(TrainingHubDb db, Booking booking, BookingSummary summary, SiteOptions site, DateTimeOffset now)
    {
        var token = SecretLink.Issue(db, Booking.LinkPurpose, booking.Id, now, BookingEmails.LinkExpiry(summary.Run.EndsAt));
        return new(summary, site, token);
    }

    /// <summary>Queues an email to the booker. An imported booking may have nobody to write to.</summary>
    public static void TellBooker(TrainingHubDb db, Booking booking, TrainingHub.Emails.IEmailMessage message, DateTimeOffset now)
    {
        if (EmailAddress.IsValid(booking.BookerEmail))
        {
            db.Add(OutgoingEmail.To(booking.BookerEmail!, message, now, booking.Reference));
        }
    }
}
