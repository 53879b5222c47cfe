namespace TrainingHub.Catalogue;

internal enum CourseOrder
{
    Soonest,

    /// <summary>To the place that the filter starts from.</summary>
    Nearest,
    Name,
    Price,
}

/// <summary>What a reader of the catalogue asked for. Null is no wish.</summary>
internal sealed record CatalogueFilter
{
    /// <summary>How far people go for a course, until they say otherwise.</summary>
    public const int UsualMiles = 10;

    public string? Words { get; init; }
    public IReadOnlyList<RunSlot>? When { get; init; }
    public DeliveryMode? Delivery { get; init; }

    /// <summary>Dates held there, and those for every area.</summary>
    public Guid? AreaId { get; init; }

    /// <summary>In person there.</summary>
    public string? Town { get; init; }

    /// <summary>In person, no further from there than <see cref="WithinMiles"/>.</summary>
    public NearPlace? Near { get; init; }
    public int WithinMiles { get; init; } = UsualMiles;
    public CourseLength? Length { get; init; }
    public string? Level { get; init; }

    /// <summary>Null is the offer's own, the best answer or the next date first.</summary>
    public CourseOrder? Order { get; init; }
    public string? Tag { get; init; }
    public bool FreeOnly { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public bool WithPlacesOnly { get; init; }

    /// <summary>Something is asked of the dates, so that a course without a fitting date is of no use.</summary>
    public bool AsksForDates => AsksBesideDays || From is not null || To is not null;

    /// <summary>Whether it has a wish for this parameter of the list.</summary>
    public bool Asks(string name) => name switch
    {
        "when" => When is not null,
        "delivery" => Delivery is not null,
        "area" => AreaId is not null,
        "town" => Town is not null,
        "length" => Length is not null,
        "level" => Level is not null,
        "fee" => FreeOnly,
        _ => false,
    };

    /// <summary>This, and what the other asks beside.</summary>
    public CatalogueFilter With(CatalogueFilter other) => this with
    {
        When = When ?? other.When,
        Delivery = Delivery ?? other.Delivery,
        AreaId = AreaId ?? other.AreaId,
        Town = Town ?? other.Town,
        Length = Length ?? other.Length,
        FreeOnly = FreeOnly || other.FreeOnly,
    };

    /// <summary>
    /// Those to come that fit everything but the words, the tag, the level and the length, which are asked of the course. Days are found by halving
    /// and nothing is copied when they are all that is asked, because many dates may be to come.
    /// </summary>
    /// <param name="inOrder">By when they begin.</param>
    /// <param name="now"></param>
    public IReadOnlyList<DateLine> Of(ArraySegment<DateLine> inOrder, DateTimeOffset now)
    {
        var first = CountUntil(inOrder, date => date.StartsAt <= now || date.RunsOn < From);
        var days = inOrder[first..Math.Max(first, CountUntil(inOrder, date => To is null || date.RunsOn <= To))];
        return AsksBesideDays ? [.. days.Where(date => Fits(date, now))] : days;
    }

    private bool AsksBesideDays => When is not null || Delivery is not null || AreaId is not null || Town is not null || Near is not null || FreeOnly || WithPlacesOnly;

    /// <summary>How many stand before the first of which it is not true; after that one it is true of none.</summary>
    private static int CountUntil(ArraySegment<DateLine> dates, Func<DateLine, bool> isBefore)
    {
        var (from, to) = (0, dates.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = isBefore(dates[middle]) ? (middle + 1, to) : (from, middle);
        }

        return from;
    }

    private bool Fits(DateLine date, DateTimeOffset now) =>
        (When is null || When.Contains(date.Slot))
        && (Delivery is null || date.Delivery == Delivery)
        && (AreaId is null || date.AreaId == AreaId || date.IsForEveryArea)
        && (Town is null || string.Equals(date.Town, Town, StringComparison.OrdinalIgnoreCase))
        && (Near is null || Near.MilesTo(date) <= WithinMiles)
        && (!FreeOnly || date.Price is { IsFreeForAll: true })
        && (!WithPlacesOnly || (!date.IsFullAt(now) && !date.IsClosedAt(now)));
}
