using Microsoft.AspNetCore.Mvc.Rendering;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue.Pages;

/// <summary>The filters of the catalogue in the words of its pages.</summary>
internal static class FilterWords
{
    /// <summary>The choices of a filter that has few.</summary>
    public static IEnumerable<SelectListItem> Items(string name, CatalogueChoices choices) => name switch
    {
        "when" => [new("Saturday", "saturday"), new("Sunday", "sunday"), new("Saturday or Sunday", "weekend"), new("Twilight: weekdays from 4pm", "twilight"), new("Weekday before 4pm", "weekday")],
        "delivery" => [new("Online", "online"), new("In person", "in-person")],
        "area" => choices.AreaLongNames.Select(area => new SelectListItem(area.Value, area.Key.ToLowerInvariant())),
        "town" => choices.Towns.Select(town => new SelectListItem(town, town.ToLowerInvariant())),
        "within" => CatalogueQuery.Distances.Select(miles => new SelectListItem($"{miles.Value} miles", miles.Key)),
        "level" => choices.Levels.Select(level => new SelectListItem(level, level.ToLowerInvariant())),
        CatalogueQuery.Order => [new("Next date first", "soonest"), new("Nearest first", "nearest"), new("A to Z", "name"), new("Lowest price first", "price")],
        "length" => [new("Half day", "half-day"), new("Full day", "full-day")],
        "tag" => choices.TagWords.Select(tag => new SelectListItem(tag.Value, tag.Key)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    /// <summary>What a word that was typed was taken for.</summary>
    public static string Of(WordFilter taken, CatalogueChoices choices) =>
        taken.Name == "fee" ? "Free" : Items(taken.Name, choices).First(item => item.Value == taken.Value).Text;

    /// <summary>What was chosen, by the name of the parameter.</summary>
    /// <param name="value">Gives the value of a parameter in the address, or null.</param>
    public static IEnumerable<(string Name, string Words)> Of(CatalogueFilter filter, CatalogueChoices choices, Func<string, string?> value)
    {
        if (filter.Words is { } words)
        {
            yield return ("q", $"“{words}”");
        }

        foreach (var name in (string[])["when", "delivery", "area", "town", "length", "level", "tag"])
        {
            if (value(name) is { } chosen && Items(name, choices).FirstOrDefault(item => item.Value.Equals(chosen, StringComparison.OrdinalIgnoreCase)) is { } item)
            {
                yield return (name, item.Text);
            }
        }

        if (filter.Near is { } near)
        {
            yield return ("near", $"In person within {filter.WithinMiles} miles of {near.Words}");
        }

        if (filter.FreeOnly)
        {
            yield return ("fee", "Free");
        }

        if (filter.WithPlacesOnly)
        {
            yield return ("places", "With places left");
        }

        if (filter.From is { } from)
        {
            yield return ("from", $"From {London.Words(from)}");
        }

        if (filter.To is { } to)
        {
            yield return ("to", $"Until {London.Words(to)}");
        }
    }

    /// <summary>The filters of an address as a query, to take them along; empty without any.</summary>
    public static QueryString Query(Func<string, string?> value) => QueryString.Create(
        CatalogueQuery.Parameters.Where(name => value(name) is not null).Select(name => KeyValuePair.Create(name, value(name))));
}
