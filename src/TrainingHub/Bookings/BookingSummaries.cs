using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>Reads what the emails of a booking speak of, and makes the link in them.</summary>
internal static class BookingSummaries
{
    /// <summary>Summary of a booking with the given places, at least one: by date, and on each date in the order given.</summary>
    public static async Task<BookingSummary> ReadAsync(
        TrainingHubDb db, Booking booking, IReadOnlyList<Place> places, CancellationToken ct)
    {
        var runs = await RunsForAsync(db, booking, places.Select(place => place.RunId), ct);
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
            Booking.TakenHere.Contains(booking.Origin),
            [.. runs.Select(run => new BookedDate(run, [.. places.Where(place => place.RunId == run.Id).Select(place => place.AwaitsName
                ? BookedDelegate.Unnamed(place.Id, run, place.PricePence, place.PriceRule)
                : new BookedDelegate(
                place.Id,
                place.DelegateName ?? "",
                place.PersonId is { } person ? addresses.GetValueOrDefault(person) : null,
                place.AccessNeeds is not null,
                place.PricePence,
                place.PriceRule))]))]);
    }

    public static async Task<DateLine?> RunAsync(TrainingHubDb db, Guid runId, CancellationToken ct) =>
        (await FindAsync(db, [runId], ct)).GetValueOrDefault(runId);

    /// <summary>The dates of places, each once, in the order in which they begin.</summary>
    public static async Task<IReadOnlyList<DateLine>> RunsAsync(TrainingHubDb db, IEnumerable<Guid> runIds, CancellationToken ct) =>
        InOrder(await FindAsync(db, [.. runIds.Distinct()], ct));

    /// <summary>The same, at what its booker would pay today.</summary>
    public static async Task<IReadOnlyList<DateLine>> RunsForAsync(TrainingHubDb db, Booking booking, IEnumerable<Guid> runIds, CancellationToken ct) =>
        await RunsForAsync(db, booking.SectorId, booking.AreaId, runIds, ct);

    /// <summary>The same, at what somebody who works there would pay.</summary>
    public static async Task<IReadOnlyList<DateLine>> RunsForAsync(TrainingHubDb db, Guid sectorId, Guid areaId, IEnumerable<Guid> runIds, CancellationToken ct) =>
        InOrder(await OpenAsync(db, connection => BookableRuns.FindForAsync(connection, [.. runIds.Distinct()], sectorId, areaId, ct), ct));

    private static IReadOnlyList<DateLine> InOrder(Dictionary<Guid, DateLine> runs) => [.. runs.Values.OrderBy(run => run.StartsAt).ThenBy(run => run.Id)];

    private static Task<Dictionary<Guid, DateLine>> FindAsync(TrainingHubDb db, Guid[] runIds, CancellationToken ct) =>
        OpenAsync(db, connection => BookableRuns.FindAsync(connection, runIds, ct), ct);

    private static async Task<Dictionary<Guid, DateLine>> OpenAsync(
        TrainingHubDb db, Func<NpgsqlConnection, Task<Dictionary<Guid, DateLine>>> find, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            return await find((NpgsqlConnection)db.Database.GetDbConnection());
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>The messages of a booking with a new private link in them, which is saved with the next change.</summary>
    public static async Task<BookingEmails> EmailsAsync(
        TrainingHubDb db, Booking booking, BookingSummary summary, SiteOptions site, DateTimeOffset now, CancellationToken ct) =>
        new(summary, site, await NewLinkAsync(db, booking.Id, now, ct));

    /// <summary>A new private link, saved with the next change. It lasts as long for any message, whichever dates that one speaks of.</summary>
    public static async Task<SecretToken> NewLinkAsync(TrainingHubDb db, Guid bookingId, DateTimeOffset now, CancellationToken ct)
    {
        var lastEndsAt = await (
            from place in db.Places
            join run in db.CourseRuns on place.RunId equals run.Id
            where place.BookingId == bookingId
            select run.EndsAt).MaxAsync(ct);
        return SecretLink.Issue(db, Booking.LinkPurpose, bookingId, now, BookingEmails.LinkExpiry(lastEndsAt));
    }

    /// <summary>The private links in a mailbox that was wrong open nothing any more.</summary>
    public static Task<int> DropLinksAsync(TrainingHubDb db, Guid bookingId, CancellationToken ct) =>
        db.SecretLinks.Where(link => link.Purpose == Booking.LinkPurpose && link.SubjectId == bookingId).ExecuteDeleteAsync(ct);

    /// <summary>Queues an email to the booker. An imported booking may have nobody to write to.</summary>
    public static void TellBooker(TrainingHubDb db, Booking booking, TrainingHub.Emails.IEmailMessage message, DateTimeOffset now)
    {
        if (EmailAddress.IsValid(booking.BookerEmail))
        {
            db.Add(OutgoingEmail.To(booking.BookerEmail!, message, now, booking.Reference));
        }
    }
}
