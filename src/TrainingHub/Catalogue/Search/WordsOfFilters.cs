namespace TrainingHub.Catalogue;

/// <summary>Words that ask for a day, a place or a fee rather than for a subject.</summary>
internal static class WordsOfFilters
{
    private static readonly (string Typed, string Name, string Value)[] Fixed =
    [
        ("saturday", "when", "saturday"), ("saturdays", "when", "saturday"), ("sat", "when", "saturday"),
        ("sunday", "when", "sunday"), ("sundays", "when", "sunday"),
        ("weekend", "when", "weekend"), ("weekends", "when", "weekend"),
        ("twilight", "when", "twilight"), ("evening", "when", "twilight"), ("evenings", "when", "twilight"), ("after school", "when", "twilight"), ("after work", "when", "twilight"),
        ("weekday", "when", "weekday"), ("weekdays", "when", "weekday"), ("daytime", "when", "weekday"),
        ("online", "delivery", "online"), ("virtual", "delivery", "online"), ("teams", "delivery", "online"), ("zoom", "delivery", "online"), ("webinar", "delivery", "online"), ("remote", "delivery", "online"),
        ("in person", "delivery", "in-person"), ("face to face", "delivery", "in-person"), ("f2f", "delivery", "in-person"), ("classroom", "delivery", "in-person"),
        ("free", "fee", "free"), ("no cost", "fee", "free"), ("no charge", "fee", "free"),
        ("half day", "length", "half-day"), ("full day", "length", "full-day"),
    ];

    public static IEnumerable<(string Typed, string Name, string Value)> Of(CatalogueChoices choices) =>
    [
        .. Fixed,
        .. choices.AreaLongNames.SelectMany(area => new[] { area.Key, area.Value }.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(typed => (typed, "area", area.Key.ToLowerInvariant()))),
        .. choices.Towns.Select(town => (town, "town", town.ToLowerInvariant())),
    ];
}
