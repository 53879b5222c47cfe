using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Bookings;

/// <summary>One booking on the date that is merged into another.</summary>
/// <param name="Booking"></param>
/// <param name="Moving">Its places that move.</param>
/// <param name="Ending">Its places of people who have a place there already.</param>
/// <param name="Others">Its live places on other dates.</param>
internal sealed record MergedBooking(Booking Booking, IReadOnlyList<Place> Moving, IReadOnlyList<Place> Ending, IReadOnlyList<Place> Others)
{
    public BookingOnDate Ended => new(Booking, Ending, [.. Others, .. Moving]);
}

/// <summary>Whom merging a date into another moves, and who has a place there already. True until the commit when both dates are locked.</summary>
internal sealed record MergePlan(IReadOnlyList<MergedBooking> Bookings, IReadOnlyList<WaitingListEntry> Waiting)
{
    public IReadOnlyList<Place> Moving => [.. Bookings.SelectMany(one => one.Moving)];
    public IReadOnlyList<Place> Ending => [.. Bookings.SelectMany(one => one.Ending)];

    /// <summary>Their payment page names the date, so nobody is moved while it is open.</summary>
    public IReadOnlyList<Booking> BeingPaid => [.. Bookings.Select(one => one.Booking).Where(booking => booking.AwaitsCardPayment)];

    /// <summary>The numbers that were shown: who confirms others than these looks again.</summary>
    public string Mark => string.Create(CultureInfo.InvariantCulture, $"{Moving.Count}-{Ending.Count}-{Waiting.Count}");

    public static async Task<MergePlan> ReadAsync(TrainingHubDb db, Guid fromId, Guid toId, CancellationToken ct)
    {
        var people = await DatePeople.ReadAsync(db, fromId, ct);
        var persons = people.Bookings.SelectMany(on => on.Places).Select(place => place.PersonId).OfType<Guid>().ToList();
        var there = (await db.LivePlaces
            .Where(place => place.RunId == toId && place.PersonId != null && persons.Contains(place.PersonId.Value))
            .Select(place => place.PersonId!.Value).ToListAsync(ct)).ToHashSet();
        return new(
            [.. people.Bookings.Select(on =>
            {
                var isThere = on.Places.ToLookup(place => place.PersonId is { } person && there.Contains(person));
                return new MergedBooking(on.Booking, [.. isThere[false]], [.. isThere[true]], on.Others);
            })],
            people.Waiting);
    }
}
