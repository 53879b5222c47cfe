using System.Globalization;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>
/// The words of an address (/courses?when=saturday&amp;fee=free) as a filter. A value that is not known is refused by
/// name; nothing is guessed.
/// </summary>
internal sealed class CatalogueQuery
{
    public const int MaxWords = 100;

    /// <summary>How the list is shown: by course, or "date".</summary>
    public const string By = "by";

    /// <summary>The page of a list.</summary>
    public const string Page = "page";

    /// <summary>The order of the list.</summary>
    public const string Order = "order";

    /// <summary>Parameters with few values.</summary>
    public static readonly string[] Choices = ["when", "delivery", "area", "town", "within", "length", "level", "tag", "fee", "places"];

    /// <summary>Parameters that a reader fills in freely.</summary>
    public static readonly string[] Typed = ["q", "near", "from", "to"];

    /// <summary>All that narrow the list.</summary>
    public static readonly string[] Parameters = [.. Choices, .. Typed];

    public static readonly IReadOnlyDictionary<string, IReadOnlyList<RunSlot>> Whens = new Dictionary<string, IReadOnlyList<RunSlot>>(StringComparer.OrdinalIgnoreCase)
    {
        ["weekday"] = [RunSlot.Weekday],
        ["saturday"] = [RunSlot.Saturday],
        ["sunday"] = [RunSlot.Sunday],
        ["weekend"] = [RunSlot.Saturday, RunSlot.Sunday],
        ["twilight"] = [RunSlot.Twilight],
    };

    public static readonly IReadOnlyDictionary<string, DeliveryMode> Deliveries = new Dictionary<string, DeliveryMode>(StringComparer.OrdinalIgnoreCase)
    {
        ["online"] = DeliveryMode.Online,
        ["in-person"] = DeliveryMode.InPerson,
    };

    public static readonly IReadOnlyDictionary<string, CourseLength> Lengths = new Dictionary<string, CourseLength>(StringComparer.OrdinalIgnoreCase)
    {
        ["half-day"] = CourseLength.HalfDay,
        ["full-day"] = CourseLength.FullDay,
    };

    /// <summary>Miles.</summary>
    public static readonly IReadOnlyDictionary<string, int> Distances = new Dictionary<string, int> { ["5"] = 5, ["10"] = 10, ["20"] = 20, ["40"] = 40 };

    public static readonly IReadOnlyDictionary<string, CourseOrder> Orders = new Dictionary<string, CourseOrder>(StringComparer.OrdinalIgnoreCase)
    {
        ["soonest"] = CourseOrder.Soonest,
        ["nearest"] = CourseOrder.Nearest,
        ["name"] = CourseOrder.Name,
        ["price"] = CourseOrder.Price,
    };

    private readonly Dictionary<string, string> errors = new(StringComparer.Ordinal);

    /// <summary>By the name of the parameter.</summary>
    public IReadOnlyDictionary<string, string> Errors => errors;

    public CatalogueFilter Filter { get; private set; } = new();

    /// <param name="read">Gives the value of a parameter, or null.</param>
    /// <param name="choices">The areas and tags that exist.</param>
    public static CatalogueQuery Read(Func<string, string?> read, CatalogueChoices choices)
    {
        var asked = new CatalogueQuery();
        asked.Filter = new CatalogueFilter
        {
            Words = asked.Words(Given(read("q"))),
            When = asked.Known("when", Given(read("when")), Whens),
            Delivery = asked.OneOf("delivery", Given(read("delivery")), Deliveries),
            AreaId = asked.OneOf("area", Given(read("area")), choices.AreaIds),
            Town = asked.Listed("town", Given(read("town")), choices.Towns),
            Near = asked.Near(Given(read("near")), choices.Districts),
            WithinMiles = asked.OneOf("within", Given(read("within")), Distances) ?? CatalogueFilter.UsualMiles,
            Level = asked.Listed("level", Given(read("level")), choices.Levels),
            Order = asked.OneOf(Order, Given(read(Order)), Orders),
            Length = asked.OneOf("length", Given(read("length")), Lengths),
            Tag = asked.Listed("tag", Given(read("tag")), choices.Tags),
            FreeOnly = asked.Only("fee", Given(read("fee")), "free"),
            WithPlacesOnly = asked.Only("places", Given(read("places")), "available"),
            From = asked.Date("from", Given(read("from"))),
            To = asked.Date("to", Given(read("to"))),
        };
        if (asked.Filter is { From: { } from, To: { } to } && to < from)
        {
            asked.errors["to"] = "The last day must be the same as or after the first day";
        }

        return asked;
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private string? Words(string? value)
    {
        if (value?.Length > MaxWords)
        {
            errors["q"] = string.Create(CultureInfo.InvariantCulture, $"Search for {MaxWords} characters or fewer");
            return null;
        }

        return value;
    }

    private T? OneOf<T>(string name, string? value, IReadOnlyDictionary<string, T> known)
        where T : struct => Listed(name, value, known.Keys) is { } key ? known[key] : null;

    private T? Known<T>(string name, string? value, IReadOnlyDictionary<string, T> known)
        where T : class => Listed(name, value, known.Keys) is { } key ? known[key] : null;

    private string? Listed(string name, string? value, IEnumerable<string> known)
    {
        var found = known.FirstOrDefault(one => one.Equals(value, StringComparison.OrdinalIgnoreCase));
        if (value is not null && found is null)
        {
            errors[name] = Unknown(value, known);
        }

        return found;
    }

    private NearPlace? Near(string? value, DistrictsOnMap districts)
    {
        if (value is null)
        {
            return null;
        }

        var found = districts.Find(value);
        if (found is null)
        {
            errors["near"] = DistrictsOnMap.IsPostcode(value)
                ? "We do not know how far that postcode is from our venues. Enter one of this area, or choose a town"
                : "Enter a postcode or its first half, like BH15 1AA or BH15";
        }

        return found;
    }

    private static string Unknown(string value, IEnumerable<string> known)
    {
        var shown = value.Length <= 40 ? value : value[..40] + "…";
        return $"“{shown}” is not a choice here. Choose {string.Join(", ", known)} or nothing";
    }

    private bool Only(string name, string? value, string expected)
    {
        var isExpected = expected.Equals(value, StringComparison.OrdinalIgnoreCase);
        if (value is not null && !isExpected)
        {
            errors[name] = Unknown(value, [expected]);
        }

        return isExpected;
    }

    private DateOnly? Date(string name, string? value)
    {
        if (value is null)
        {
            return null;
        }

        if (CivilDate.Parse(value) is { } date)
        {
            return date;
        }

        errors[name] = $"{(name == "from" ? "The first day" : "The last day")} must be a real date, like 27/3/2027";
        return null;
    }
}
