namespace TrainingHub.Catalogue;

/// <summary>What a reader of the catalogue asked for. Null is no wish.</summary>
internal sealed record CatalogueFilter
{
    public string? Words { get; init; }
    public RunSlot? When { get; init; }
    public DeliveryMode? Delivery { get; init; }

    /// <summary>Dates held there, and those for both areas.</summary>
    public Guid? AreaId { get; init; }
    public string? Tag { get; init; }
    public bool FreeOnly { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public bool WithPlacesOnly { get; init; }

    /// <summary>Something is asked of the dates, so that a course without a fitting date is of no use.</summary>
    public bool AsksForDates => this with { Words = null, Tag = null } != new CatalogueFilter();

    public IQueryable<CourseRun> Dates(TrainingHubDb db, DateTimeOffset now)
    {
        var dates = DateLines.Coming(db, now);
        if (When is { } when)
        {
            dates = dates.Where(run => run.Slot == when);
        }

        if (Delivery is { } delivery)
        {
            dates = dates.Where(run => run.Delivery == delivery);
        }

        if (AreaId is { } area)
        {
            dates = dates.Where(run => run.AreaId == area || db.Areas.Any(both => both.Id == run.AreaId && both.Name == "Both"));
        }

        if (FreeOnly)
        {
            dates = dates.Where(run => db.Set<RunPrice>().Any(price => price.RunId == run.Id && price.Pence == 0));
        }

        if (From is { } from)
        {
            dates = dates.Where(run => run.RunsOn >= from);
        }

        if (To is { } to)
        {
            dates = dates.Where(run => run.RunsOn <= to);
        }

        return WithPlacesOnly ? dates.Where(run => run.PlacesTaken < run.Capacity) : dates;
    }
}
