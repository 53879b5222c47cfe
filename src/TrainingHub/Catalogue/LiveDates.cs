using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>The coming dates that visitors see, with the places taken at this moment. A booking asks the table itself; this is what pages say.</summary>
internal sealed class LiveDates(IReadOnlyList<DateLine> inOrder)
{
    private readonly Dictionary<Guid, DateLine> byId = inOrder.ToDictionary(date => date.Id);

    /// <summary>The next one first; some may have begun since.</summary>
    public IReadOnlyList<DateLine> InOrder => inOrder;

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
            .Select(date => date with
            {
                Capacity = places[date.Id].Capacity,
                PlacesTaken = places[date.Id].PlacesTaken,
                PlacesLeft = places[date.Id].PlacesLeft,
                PlacesWaitedFor = places[date.Id].PlacesWaitedFor,
                HeldBackLeft = places[date.Id].HeldBackLeft,
            })]);
    });

    /// <returns>Null when it has begun, is cancelled or unknown.</returns>
    public DateLine? Find(Guid id) => byId.GetValueOrDefault(id);
}
