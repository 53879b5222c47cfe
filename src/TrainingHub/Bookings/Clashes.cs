using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;

namespace TrainingHub.Bookings;

/// <summary>Somebody has a live place on another date that runs at the same time. Only who made that booking may be told so.</summary>
internal sealed record Clash(string Name, Guid BookingId, DateLine Other)
{
    public string Words => $"{Name} also has a place on {Other.Course}, {Other.When}. The two are at the same time.";
}

/// <summary>Finds who of some people is booked elsewhere while a date runs. An end that is another's start is no clash.</summary>
internal static class Clashes
{
    public static async Task<IReadOnlyList<Clash>> FindAsync(TrainingHubDb db, DateLine run, IEnumerable<PersonKey> people, CancellationToken ct)
    {
        var keys = people.ToHashSet();
        var emails = keys.Select(key => key.Email).Distinct().ToList();
        var found = await (
            from person in db.People.AsNoTracking()
            join place in db.LivePlaces on person.Id equals place.PersonId
            join other in db.CourseRuns on place.RunId equals other.Id
            where emails.Contains(person.EmailKey) && other.Id != run.Id && other.State == RunState.Scheduled
                && other.StartsAt < run.EndsAt && run.StartsAt < other.EndsAt
            orderby other.StartsAt, place.Id
            select new { person.EmailKey, person.NameKey, place.DelegateName, place.BookingId, place.RunId }).ToListAsync(ct);
        found.RemoveAll(place => !keys.Contains(new(place.EmailKey, place.NameKey)));
        if (found.Count == 0)
        {
            return [];
        }

        var runs = (await BookingSummaries.RunsAsync(db, found.Select(place => place.RunId), ct)).ToDictionary(other => other.Id);
        return [.. found.Where(place => runs.TryGetValue(place.RunId, out var other) && other.EachMeeting.Any(one => run.EachMeeting.Any(one.Overlaps))).Select(place => new Clash(place.DelegateName ?? "", place.BookingId, runs[place.RunId]))];
    }
}
