using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>The coming dates that visitors see, with the places taken at this moment. A booking asks the table itself; this is what pages say.</summary>
internal sealed class LiveDates(DateLine[] inOrder)
{
    private readonly Dictionary<Guid, DateLine> byId = inOrder.ToDictionary(date => date.Id);
    private readonly Dictionary<Guid, DateLine[]> byCourse = inOrder.GroupBy(date => date.CourseId).ToDictionary(course => course.Key, course => course.ToArray());

    private readonly Dictionary<(Guid Course, RunSlot Slot), DateLine[]> bySlot =
        inOrder.GroupBy(date => (date.CourseId, date.Slot)).ToDictionary(slot => slot.Key, slot => slot.ToArray());
    private readonly Dictionary<(Guid Course, string Town), DateLine[]> byTown =
        inOrder.Where(date => date.Town is not null).GroupBy(date => (date.CourseId, Key(date.Town ?? ""))).ToDictionary(town => town.Key, town => town.ToArray());

    /// <summary>The first days of the months in which there are dates, in their order.</summary>
    public IReadOnlyList<DateOnly> Months { get; } = [.. inOrder.Select(date => new DateOnly(date.RunsOn.Year, date.RunsOn.Month, 1)).Distinct()];

    /// <summary>Those dates of a course that fit a filter and are to come. Many may be: only those of the town or the kind of day are looked at.</summary>
    public IReadOnlyList<DateLine> OfCourse(Guid courseId, CatalogueFilter filter, DateTimeOffset now) => filter.Of(
        filter.Town is { } town ? byTown.GetValueOrDefault((courseId, Key(town))) ?? []
        : filter.When is [var slot] ? bySlot.GetValueOrDefault((courseId, slot)) ?? []
        : byCourse.GetValueOrDefault(courseId) ?? [], now);

    private static string Key(string town) => town.ToUpperInvariant();

    public static Task<LiveDates> ReadAsync(PageCache cache, TimeProvider clock) => cache.GetLiveAsync(async db =>
    {
        var places = await DateLines.OfPublicCourses(db, clock.GetUtcNow())
            .Select(run => new { run.Id, run.Capacity, run.PlacesTaken, run.PlacesLeft, run.PlacesWaitedFor, run.HeldBackLeft })
            .ToDictionaryAsync(run => run.Id);
        var snapshot = await CatalogueSnapshot.ReadAsync(cache, clock);
        if (!places.Keys.All(snapshot.HasDate))
        {
            // A date was added a moment ago, and the notification has not arrived yet.
            cache.Forget();
            snapshot = await CatalogueSnapshot.ReadAsync(cache, clock);
        }

        return new LiveDates([.. snapshot.Dates
            .Where(date => places.ContainsKey(date.Id) && date.Pence is not null)
            .Select(date => (Date: date, Now: places[date.Id]))
            .Select(one => (one.Date.Capacity, one.Date.PlacesTaken, one.Date.PlacesWaitedFor, one.Date.HeldBackLeft) == (one.Now.Capacity, one.Now.PlacesTaken, one.Now.PlacesWaitedFor, one.Now.HeldBackLeft)
                ? one.Date
                : one.Date with
                {
                    Capacity = one.Now.Capacity,
                    PlacesTaken = one.Now.PlacesTaken,
                    PlacesLeft = one.Now.PlacesLeft,
                    PlacesWaitedFor = one.Now.PlacesWaitedFor,
                    HeldBackLeft = one.Now.HeldBackLeft,
                })]);
    });

    /// <returns>Null when it has begun, is cancelled or unknown.</returns>
    public DateLine? Find(Guid id) => byId.GetValueOrDefault(id);
}
