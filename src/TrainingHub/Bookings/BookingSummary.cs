using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

internal sealed record BookedDelegate(string Name, string? Email, bool HasAccessNeeds, int PricePence);

/// <summary>What the emails of a booking speak of.</summary>
internal sealed record BookingSummary(
    string Reference,
    string BookerName,
    string BookerEmail,
    PaymentMethod Method,
    string? PurchaseOrder,
    IReadOnlyList<BookedDelegate> Delegates,
    string PriceRule,
    BookableRun Run)
{
    public IReadOnlyList<string> Names => [.. Delegates.Select(person => person.Name)];

    public bool AccessNeedsGiven => Delegates.Any(person => person.HasAccessNeeds);

    public string PriceWords => WordsOf([.. Delegates.Select(person => person.PricePence)]);

    /// <summary>Those who get an email of their own: everybody but the booker, also who only shares the booker's address.</summary>
    public IEnumerable<(string Name, string Email, bool HasAccessNeeds)> DelegatesBesideBooker
    {
        get
        {
            var booker = PersonKey.Of(BookerEmail, BookerName);
            foreach (var person in Delegates)
            {
                if (person.Email is { } address && PersonKey.Of(address, person.Name) != booker)
                {
                    yield return (person.Name, address, person.HasAccessNeeds);
                }
            }
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
