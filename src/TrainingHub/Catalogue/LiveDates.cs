using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>The coming dates with the places taken at this moment. A booking asks the table itself; this is what pages say.</summary>
internal sealed class LiveDates(IReadOnlyList<DateLine> inOrder)
{
    private readonly Dictionary<Guid, DateLine> byId = inOrder.ToDictionary(date => date.Id);

    /// <summary>The next one first; some may have begun since.</summary>
    public IReadOnlyList<DateLine> InOrder => inOrder;

    public static Task<LiveDates> ReadAsync(PublicMemory memory, TimeProvider clock) => memory.GetLiveAsync(async db =>
    {
        var places = await DateLines.Coming(db, clock.GetUtcNow())
            .Select(run => new { run.Id, run.Capacity, run.PlacesTaken })
            .ToDictionaryAsync(run => run.Id);
        var facts = await CatalogueFacts.ReadAsync(memory, clock);
        if (!places.Keys.All(facts.HasDate))
        {
            // A date was put in this very moment, and the bell has not been heard yet.
            memory.Forget();
            facts = await CatalogueFacts.ReadAsync(memory, clock);
        }

        return new LiveDates([.. facts.Dates
            .Where(date => places.ContainsKey(date.Id))
            .Select(date => date with { Capacity = places[date.Id].Capacity, PlacesTaken = places[date.Id].PlacesTaken })]);
    });

    /// <returns>Null when it has begun, is cancelled or unknown.</returns>
    public DateLine? Find(Guid id) => byId.GetValueOrDefault(id);
}
