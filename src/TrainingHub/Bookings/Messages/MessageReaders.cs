using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Email;

namespace TrainingHub.Bookings;

/// <summary>One person, an address and a name, whatever number of places and dates they have.</summary>
/// <param name="Name"></param>
/// <param name="Email"></param>
/// <param name="Person"></param>
/// <param name="Runs">The dates by which they are reached, in their order.</param>
/// <param name="Booking">The first booking by which they are reached; null for who waits.</param>
/// <param name="Reference">Of that booking.</param>
/// <param name="Place">Of who has one, on the first of the dates.</param>
internal sealed record MessageReader(
    string Name, string Email, PersonKey Person, IReadOnlyList<DateLine> Runs, Guid? Booking, string? Reference, Guid? Place);

/// <summary>Whom a message reaches, in the order of their names, and whom it does not.</summary>
/// <param name="People"></param>
/// <param name="WithoutAddress">Whose address is not held, or is none.</param>
/// <param name="Undeliverable">Whose mailbox does not exist, as mail servers said.</param>
/// <param name="JoiningLinks">Of the dates that have one.</param>
/// <param name="LinksUntil">By booking, until when a private link to it is to work.</param>
internal sealed record MessageReaders(
    IReadOnlyList<MessageReader> People, int WithoutAddress, int Undeliverable, IReadOnlyDictionary<Guid, string> JoiningLinks,
    IReadOnlyDictionary<Guid, DateTimeOffset> LinksUntil)
{
    public int LeftOut => WithoutAddress + Undeliverable;

    private sealed record Found(string? Name, string? Email, Guid RunId, Guid? Booking, string? Reference, Guid? Place);

    /// <param name="db"></param>
    /// <param name="dates"></param>
    /// <param name="audience"></param>
    /// <param name="bookings">Only those who are reached by one of these, which nobody is who waits; null is everybody.</param>
    /// <param name="ct"></param>
    public static async Task<MessageReaders> ReadAsync(
        TrainingHubDb db, IReadOnlyList<DateLine> dates, MessageAudience audience, IReadOnlyList<Guid>? bookings, CancellationToken ct)
    {
        var ids = dates.Select(date => date.Id).ToList();
        var found = await (audience switch
        {
            MessageAudience.Delegates => Delegates(db, ids),
            MessageAudience.Bookers => Bookers(db, ids),
            MessageAudience.Waiting => Waiting(db, ids),
        }).ToListAsync(ct);
        if (bookings is not null)
        {
            found.RemoveAll(one => one.Booking is not { } id || !bookings.Contains(id));
        }

        var dead = await UndeliverableAddress.AmongAsync(db, found.Select(one => one.Email), ct);
        var byPerson = found
            .GroupBy(one => PersonKey.Of(one.Email ?? $"{one.Booking}", one.Name ?? $"{one.Place}"))
            .Select(one => ReaderOf(one.Key, [.. one], dates))
            .OrderBy(one => one.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(one => one.Email, StringComparer.Ordinal)
            .ToList();
        var reached = byPerson.Where(one => EmailAddress.IsValid(one.Email)).ToList();
        var people = reached.Where(one => !dead.Contains(one.Person.Email)).ToList();
        var linked = people.Select(one => one.Booking).OfType<Guid>().Distinct().ToList();
        var ends = await (
            from place in db.Places
            join run in db.CourseRuns on place.RunId equals run.Id
            where linked.Contains(place.BookingId)
            group run.EndsAt by place.BookingId into booking
            select new { booking.Key, Last = booking.Max() }).ToDictionaryAsync(one => one.Key, one => BookingEmails.LinkExpiry(one.Last), ct);
        var links = await db.CourseRuns.Where(run => ids.Contains(run.Id) && run.JoiningLink != null)
            .ToDictionaryAsync(run => run.Id, run => run.JoiningLink!, ct);
        return new(people, byPerson.Count - reached.Count, reached.Count - people.Count, links, ends);
    }

    private static MessageReader ReaderOf(PersonKey person, List<Found> found, IReadOnlyList<DateLine> dates)
    {
        var runs = dates.Where(date => found.Exists(one => one.RunId == date.Id)).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).ToList();
        var first = found.Find(one => one.RunId == runs[0].Id) ?? found[0];
        return new(first.Name ?? "", first.Email ?? "", person, runs, first.Booking, first.Reference, first.Place);
    }

    private static IQueryable<Found> Delegates(TrainingHubDb db, List<Guid> runs) =>
        from place in db.LivePlaces
        join booking in db.Bookings on place.BookingId equals booking.Id
        from person in db.People.Where(person => person.Id == place.PersonId).DefaultIfEmpty()
        where runs.Contains(place.RunId) && place.State == PlaceState.Confirmed
        orderby place.Id
        select new Found(person.Name ?? place.DelegateName, person.Email, place.RunId, booking.Id, booking.Reference, place.Id);

    private static IQueryable<Found> Bookers(TrainingHubDb db, List<Guid> runs) =>
        from place in db.LivePlaces
        join booking in db.Bookings on place.BookingId equals booking.Id
        where runs.Contains(place.RunId)
        orderby booking.Id
        select new Found(booking.BookerName, booking.BookerEmail, place.RunId, booking.Id, booking.Reference, null);

    private static IQueryable<Found> Waiting(TrainingHubDb db, List<Guid> runs) =>
        from entry in db.WaitingListEntries.Where(WaitingListEntry.IsLive)
        where runs.Contains(entry.RunId)
        orderby entry.CreatedAt, entry.Id
        select new Found(entry.Name, entry.Email, entry.RunId, null, null, null);
}
