using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

/// <summary>One place of an order, to be priced.</summary>
/// <param name="Run">With a price.</param>
/// <param name="Who">Whatever tells people apart; null as long as nobody is named.</param>
internal readonly record struct PlaceToPrice(DateLine Run, object? Who);

/// <summary>
/// What each place of an order costs: the price of its date, or its share of a programme on every module of which one person is booked in this
/// order (<see cref="WholePrice"/>). Places without a name count as people too: the first of each date is one of them, the second another.
/// </summary>
internal static class OrderPrices
{
    /// <returns>A price for each place, in their order.</returns>
    public static IReadOnlyList<Price> Of(IReadOnlyList<PlaceToPrice> places, IReadOnlyList<WholePrice> wholes)
    {
        var unnamed = new Dictionary<Guid, int>();
        var people = new Dictionary<object, List<int>>();
        for (var place = 0; place < places.Count; place++)
        {
            var who = places[place].Who ?? (unnamed[places[place].Run.Id] = unnamed.GetValueOrDefault(places[place].Run.Id) + 1);
            if (!people.TryGetValue(who, out var own))
            {
                people.Add(who, own = []);
            }

            own.Add(place);
        }

        var prices = new Price[places.Count];
        foreach (var own in people.Values)
        {
            var inOrder = own.OrderBy(place => places[place].Run.StartsAt).ThenBy(place => places[place].Run.Id).ToList();
            var theirs = WholePrice.PricesOf(inOrder.ConvertAll(place => places[place].Run), wholes);
            for (var index = 0; index < inOrder.Count; index++)
            {
                prices[inOrder[index]] = theirs[index];
            }
        }

        return prices;
    }

    /// <summary>Of an order that is to be booked: by date, first who is named in their order, then the places without a name.</summary>
    public static IReadOnlyDictionary<Guid, IReadOnlyList<Price>> Of(
        BookPlaceRequest request, IReadOnlyDictionary<Guid, DateLine> runs, IReadOnlyList<WholePrice> wholes)
    {
        var places = request.Dates
            .SelectMany(date => date.Delegates.Select(person => (object?)person.Key).Concat(Enumerable.Repeat((object?)null, date.Unnamed)).Select(who => new PlaceToPrice(runs[date.RunId], who)))
            .ToList();
        var prices = Of(places, wholes);
        return Enumerable.Range(0, places.Count).GroupBy(place => places[place].Run.Id)
            .ToDictionary(date => date.Key, date => (IReadOnlyList<Price>)[.. date.Select(place => prices[place])]);
    }

    /// <summary>Of places that an order has, at the prices of this moment.</summary>
    /// <param name="db">Where the prices of programmes are.</param>
    /// <param name="places">Live ones.</param>
    /// <param name="runs">Their dates, at what the booker would pay today.</param>
    /// <param name="ct">To stop.</param>
    /// <returns>By place. One whose date has no price is left out.</returns>
    public static async Task<IReadOnlyDictionary<Guid, Price>> OfPlacesAsync(
        TrainingHubDb db, IEnumerable<(Guid PlaceId, Guid RunId, Guid? PersonId)> places, IReadOnlyList<DateLine> runs, CancellationToken ct)
    {
        var priced = runs.Where(run => run.Price is not null).ToDictionary(run => run.Id);
        var all = places.Where(place => priced.ContainsKey(place.RunId)).ToList();
        var prices = Of(all.ConvertAll(place => new PlaceToPrice(priced[place.RunId], place.PersonId)), await WholePrices.ReadAsync(db, priced.Keys, ct));
        return Enumerable.Range(0, all.Count).ToDictionary(place => all[place].PlaceId, place => prices[place]);
    }
}
