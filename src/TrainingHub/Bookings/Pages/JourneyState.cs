using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Bookings.Pages;

/// <summary>
/// Where a visitor is on the way to a booking: the date on which it was begun, and what was typed so far if anything was. That date is the
/// address of the order, also when it was taken out of it: two orders that are begun in two tabs on two dates never mix. Answers that have become
/// a booking count as none, so that the next booking starts afresh; BookedMark is their <see cref="BookingAnswers.Mark"/>.
/// Offer is what the waiting list of that date has offered to who books, while it lasts.
/// </summary>
internal sealed record JourneyState(DateLine Run, Guid? BookingId, BookingAnswers? Answers, BookedBooking? Booked, string? BookedMark = null, PlacesOffered? Offer = null)
{
    /// <summary>Of the order, in the order in which they begin; at least one.</summary>
    public IReadOnlyList<DateLine> Dates { get; init; } = [Run];

    /// <summary>The prices of programmes of which the dates are all modules.</summary>
    public IReadOnlyList<WholePrice> Wholes { get; init; } = [];

    public bool IsOneDate => Dates.Count == 1;

    public bool IsFree => Dates.All(date => date.Price?.IsFree == true);

    /// <summary>The date on which it was begun is one of the order.</summary>
    public bool HasRun => Dates.Any(date => date.Id == Run.Id);

    public bool IsAdding => Answers?.AddedToId is not null;

    /// <summary>"Neglect" or "Neglect and 1 more date".</summary>
    public string Title => Emails.OrderTitle.Of(Dates[0].Course, Dates.Count);

    public int PlacesOn(DateLine date) => Answers?.PlacesOn(date.Id) ?? 0;

    public int Places => Dates.Sum(PlacesOn);

    /// <summary>"£110 (2 places at £55)"; null while a date has no price.</summary>
    public string? CostOf(DateLine date) => date.Price is null ? null : BookingSummary.WordsOf([.. Priced().Where(place => place.Run.Id == date.Id).Select(place => place.Price.Each.Pence)]);

    /// <summary>The same for all dates.</summary>
    public string? Total => Dates.Any(date => date.Price is null) ? null : BookingSummary.WordsOf([.. Priced().Select(place => place.Price.Each.Pence)]);

    public int TotalPence => Priced().Sum(place => place.Price.Each.Pence);

    /// <summary>The rules by which the places cost what they do, each once.</summary>
    public IReadOnlyList<string> PriceRules => [.. Priced().Select(place => place.Price.Rule).Distinct()];

    /// <summary>Those of them that are of a programme as a whole.</summary>
    public IReadOnlyList<string> WholeRules => WholeRulesOf(Priced().Select(place => place.Price));

    /// <summary>What one person costs who comes to all dates, by the price of a programme as a whole; empty when that is what the dates cost.</summary>
    public IReadOnlyList<string> Together => Dates.Any(date => date.Price is null) ? [] : WholeRulesOf(WholePrice.PricesOf(Dates, Wholes));

    /// <summary>What one person costs on all of their dates; with why, where that is less than the fees of the dates.</summary>
    public string CostOf(PersonAnswer person)
    {
        var own = Priced().Where(place => ReferenceEquals(place.Who, person)).Select(place => place.Price).ToList();
        return string.Join(". ", WholeRulesOf(own).Prepend(new Money(own.Sum(price => price.Each.Pence)).ToString()));
    }

    private static List<string> WholeRulesOf(IEnumerable<Price> prices) => [.. prices.Where(price => price.AlonePence is not null).Select(price => price.Rule).Distinct()];

    private List<(DateLine Run, object? Who, Price Price)> Priced()
    {
        var places = Dates.Where(date => date.Price is not null)
            .SelectMany(date => (Answers?.PeopleOn(date.Id) ?? []).Concat(Enumerable.Repeat((object?)null, Answers?.LaterOn(date.Id) ?? 0)).Select(who => new PlaceToPrice(date, who)))
            .ToList();
        return [.. places.Zip(OrderPrices.Of(places, Wholes), (place, price) => (place.Run, place.Who, price))];
    }

    /// <summary>What is left for who books; everything, as long as their sector is not known.</summary>
    public int LeftOn(DateLine date, DateTimeOffset now) => date.LeftFor(Answers?.SectorId ?? date.HeldBackForId, now) + (OfferOn(date)?.Places ?? 0);

    public PlacesOffered? OfferOn(DateLine date) => date.Id == Run.Id ? Offer : null;

    /// <summary>Two dates to which one of the people comes, and which are at the same time.</summary>
    public IEnumerable<string> ClashWords =>
        from first in Enumerable.Range(0, Dates.Count)
        from second in Enumerable.Range(first + 1, Dates.Count - first - 1)
        let one = Dates[first]
        let other = Dates[second]
        where one.EachMeeting.Any(meeting => other.EachMeeting.Any(meeting.Overlaps))
        from person in Answers?.People ?? []
        where person.ComesTo(one.Id) && person.ComesTo(other.Id)
        select $"{person.Name} is to come to {one.Course}, {one.When}, and to {other.Course}, {other.When}. The two are at the same time.";
}
