using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <param name="PlaceId"></param>
/// <param name="Name">Of who comes; by when somebody is to be named, where nobody is.</param>
/// <param name="Email"></param>
/// <param name="HasAccessNeeds"></param>
/// <param name="PricePence"></param>
/// <param name="PriceRule"></param>
internal sealed record BookedDelegate(Guid PlaceId, string Name, string? Email, bool HasAccessNeeds, int PricePence, string PriceRule)
{
    /// <summary>Nobody is named yet.</summary>
    public bool IsUnnamed { get; private init; }

    public static BookedDelegate Unnamed(Guid placeId, DateLine run, int pricePence, string priceRule) =>
        new(placeId, NameLater.Words(run.RunsOn), null, false, pricePence, priceRule) { IsUnnamed = true };
}

/// <summary>One date of an order with those of its places that are spoken of.</summary>
internal sealed record BookedDate(DateLine Run, IReadOnlyList<BookedDelegate> Delegates)
{
    public IReadOnlyList<string> Names => [.. Delegates.Select(person => person.Name)];

    public OrderDate Email => new(Run.CourseDate(), Names);
}

/// <summary>What the emails and pages of a booking speak of. Dates in the order in which they begin, at least one.</summary>
/// <param name="Reference"></param>
/// <param name="BookerName"></param>
/// <param name="BookerEmail"></param>
/// <param name="Method"></param>
/// <param name="PurchaseOrder"></param>
/// <param name="IsTakenHere">This program invoices it and takes money for it; otherwise nothing here knows whether it was paid.</param>
/// <param name="Dates"></param>
internal sealed record BookingSummary(
    string Reference,
    string BookerName,
    string BookerEmail,
    PaymentMethod Method,
    string? PurchaseOrder,
    bool IsTakenHere,
    IReadOnlyList<BookedDate> Dates)
{
    /// <summary>The cancellation policy that was accepted, a sentence each, where an email is to say it.</summary>
    public IReadOnlyList<string> Policy { get; init; } = [];

    /// <summary>The first date.</summary>
    public DateLine Run => Dates[0].Run;

    public DateTimeOffset LastEndsAt => Dates.Max(date => date.Run.EndsAt);

    public IEnumerable<BookedDelegate> Delegates => Dates.SelectMany(date => date.Delegates);

    public int PlaceCount => Dates.Sum(date => date.Delegates.Count);

    /// <summary>Each name once, however many dates it is booked on; and each place for which nobody is named yet.</summary>
    public IReadOnlyList<string> Names => [.. Delegates.DistinctBy(person => (person.Name, person.IsUnnamed ? person.PlaceId : Guid.Empty)).Select(person => person.Name)];

    public bool AccessNeedsGiven => Delegates.Any(person => person.HasAccessNeeds);

    public string PriceWords => WordsOf([.. Delegates.Select(person => person.PricePence)]);

    public string PriceRules => string.Join(", ", Delegates.Select(person => person.PriceRule).Distinct());

    /// <summary>"Neglect" or "Neglect and 1 more date".</summary>
    public string Title => OrderTitle.Of(Run.Course, Dates.Count);

    /// <summary>All dates for an email; null when there is one, which every email names anyway.</summary>
    public IReadOnlyList<OrderDate>? EmailDates => Dates.Count > 1 ? [.. Dates.Select(date => date.Email)] : null;

    /// <summary>
    /// Those who get an email of their own: everybody but the booker, also who only shares the booker's address. Each with their dates
    /// and nobody else's.
    /// </summary>
    public IEnumerable<BookedPerson> DelegatesBesideBooker
    {
        get
        {
            var booker = PersonKey.Of(BookerEmail, BookerName);
            return Dates
                .SelectMany(date => date.Delegates.Where(person => person.Email is not null).Select(person => (Date: date, Person: person)))
                .GroupBy(place => PersonKey.Of(place.Person.Email!, place.Person.Name))
                .Where(places => places.Key != booker)
                .Select(places => new BookedPerson(
                    places.First().Person.Name,
                    places.First().Person.Email!,
                    places.Any(place => place.Person.HasAccessNeeds),
                    [.. places.Select(place => place.Date.Run)],
                    [.. places.Select(place => place.Person.PlaceId)]));
        }
    }

    /// <summary>"£110 (2 places at £55)", "£55" or "Free".</summary>
    public static string WordsOf(IReadOnlyCollection<int> pencePerPlace)
    {
        var total = new Money(pencePerPlace.Sum());
        if (total == Money.Zero || pencePerPlace.Count == 1)
        {
            return total.ToString();
        }

        return pencePerPlace.Distinct().Count() == 1
            ? $"{total} ({pencePerPlace.Count} places at {new Money(pencePerPlace.First())})"
            : $"{total} ({pencePerPlace.Count} places)";
    }
}

/// <summary>A delegate of an order and the dates on which they are booked, at least one.</summary>
/// <param name="Name"></param>
/// <param name="Email"></param>
/// <param name="HasAccessNeeds"></param>
/// <param name="Runs"></param>
/// <param name="PlaceIds">The place on each of the dates, in their order.</param>
internal sealed record BookedPerson(string Name, string Email, bool HasAccessNeeds, IReadOnlyList<DateLine> Runs, IReadOnlyList<Guid> PlaceIds);
