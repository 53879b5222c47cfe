using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

/// <summary>Another coming date of the course, and whether everybody on a date fits on it as things stand. The command asks again, under locks.</summary>
/// <param name="Date"></param>
/// <param name="Moving">Places that would move there.</param>
/// <param name="Ending">Places of people who have one there already.</param>
/// <param name="WhyNot">As words in a sentence; null when all fit.</param>
/// <param name="Miles">"about 4 miles" from the date's own venue; null when that is not known.</param>
internal sealed record MergeTarget(DateLine Date, int Moving, int Ending, string? WhyNot, string? Miles)
{
    private const int Most = 60;

    private sealed record Coming(Guid? PersonId, Guid SectorId);

    /// <summary>In the order in which they begin.</summary>
    public static async Task<IReadOnlyList<MergeTarget>> ReadAsync(TrainingHubDb db, DateLine ending, DateTimeOffset now, CancellationToken ct)
    {
        var dates = await DateLines.Of(db, DateLines.Coming(db, now).Where(run => run.CourseId == ending.CourseId && run.Id != ending.Id))
            .OrderBy(date => date.StartsAt).ThenBy(date => date.Id).Take(Most).ToListAsync(ct);
        var people = await (
            from place in db.LivePlaces
            join booking in db.Bookings on place.BookingId equals booking.Id
            where place.RunId == ending.Id
            select new Coming(place.PersonId, booking.SectorId)).ToListAsync(ct);
        var (ids, persons) = (dates.ConvertAll(date => date.Id), people.Select(one => one.PersonId).OfType<Guid>().ToList());
        var there = (await db.LivePlaces.Where(place => ids.Contains(place.RunId) && place.PersonId != null && persons.Contains(place.PersonId.Value))
            .Select(place => new { place.RunId, PersonId = place.PersonId!.Value }).ToListAsync(ct)).ToLookup(place => place.RunId, place => place.PersonId);
        var near = ending.Postcode is { } postcode ? new DistrictsOnMap(await SaveDistricts.ReadAsync(db, ct)).Find(postcode) : null;
        return dates.ConvertAll(date =>
        {
            var moving = people.Where(one => one.PersonId is not { } person || !there[date.Id].Contains(person)).ToList();
            return new MergeTarget(date, moving.Count, people.Count - moving.Count, WhyNotAll(date, moving, now), near?.Distance(date));
        });
    }

    // Those of the sector for which places are held take these first, so the order in which they move does not matter.
    private static string? WhyNotAll(DateLine date, List<Coming> moving, DateTimeOffset now)
    {
        var others = moving.Count(one => one.SectorId != date.HeldBackForId);
        if (others <= date.LeftAt(now) && moving.Count <= date.LeftFor(date.HeldBackForId, now))
        {
            return null;
        }

        string[] kept =
        [
            .. date.OwedToWaitingAt(now) is var owed and > 0 ? [$"{owed} for its waiting list"] : Array.Empty<string>(),
            .. date.HeldBackAt(now) is var held and > 0 ? [$"{held} for {date.HeldBackFor}"] : Array.Empty<string>(),
        ];
        var free = date.PlacesLeft switch { 0 => "Full", 1 => "1 place is free", var left => $"{left} places are free" };
        return $"{free}{(kept.Length == 0 ? "" : $", but kept: {string.Join(" and ", kept)}")}; {moving.Count} {(moving.Count == 1 ? "is" : "are")} needed";
    }
}
