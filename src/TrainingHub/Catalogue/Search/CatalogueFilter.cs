namespace TrainingHub.Catalogue;

/// <summary>What a reader of the catalogue asked for. Null is no wish.</summary>
internal sealed record CatalogueFilter
{
    public string? Words { get; init; }
    public RunSlot? When { get; init; }
    public DeliveryMode? Delivery { get; init; }

    /// <summary>Dates held there, and those for every area.</summary>
    public Guid? AreaId { get; init; }
    public string? Tag { get; init; }
    public bool FreeOnly { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public bool WithPlacesOnly { get; init; }

    /// <summary>Something is asked of the dates, so that a course without a fitting date is of no use.</summary>
    public bool AsksForDates => this with { Words = null, Tag = null } != new CatalogueFilter();

    /// <summary>Everything but the words and the tag, which are asked of the course.</summary>
    public bool Fits(DateLine date, DateTimeOffset now) =>
        (When is null || date.Slot == When)
        && (Delivery is null || date.Delivery == Delivery)
        && (AreaId is null || date.AreaId == AreaId || date.IsForEveryArea)
        && (!FreeOnly || date.Price is { IsFreeForAll: true })
        && (From is null || date.RunsOn >= From)
        && (To is null || date.RunsOn <= To)
        && (!WithPlacesOnly || (!date.IsFullAt(now) && !date.IsClosedAt(now)));
}
