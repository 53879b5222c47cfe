using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>What the pages of one date say about it.</summary>
internal sealed record DateFacts
{
    public required Guid Id { get; init; }
    public required string Reference { get; init; }
    public required string Course { get; init; }
    public required string Slug { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public required DateOnly RunsOn { get; init; }
    public required RunSlot Slot { get; init; }
    public required RunState State { get; init; }
    public required DeliveryMode Delivery { get; init; }
    public required string? Venue { get; init; }
    public required string? Area { get; init; }
    public required string? Provider { get; init; }
    public required int Capacity { get; init; }
    public required int PlacesTaken { get; init; }

    public string When => $"{London.LongWords(RunsOn)}, {London.Times(StartsAt, EndsAt)}";

    public string Where => Delivery switch
    {
        DeliveryMode.Online => "Online",
        DeliveryMode.InPerson => Venue ?? "Venue to be confirmed",
    };

    public string SlotWords => Slot switch
    {
        RunSlot.Weekday => "Weekday",
        RunSlot.Saturday => "Saturday",
        RunSlot.Twilight => "Twilight",
    };

    public static Task<DateFacts?> FindAsync(TrainingHubDb db, Guid run, CancellationToken ct) =>
        Of(db, db.CourseRuns.Where(known => known.Id == run)).FirstOrDefaultAsync(ct);

    /// <summary>Projects dates to what is shown, keeping their order.</summary>
    public static IQueryable<DateFacts> Of(TrainingHubDb db, IQueryable<CourseRun> runs) =>
        from run in runs
        join course in db.Courses on run.CourseId equals course.Id
        select new DateFacts
        {
            Id = run.Id,
            Reference = run.Reference,
            Course = course.Title,
            Slug = course.Slug,
            StartsAt = run.StartsAt,
            EndsAt = run.EndsAt,
            RunsOn = run.RunsOn,
            Slot = run.Slot,
            State = run.State,
            Delivery = run.Delivery,
            Venue = db.Venues.Where(venue => venue.Id == run.VenueId).Select(venue => venue.Name).FirstOrDefault(),
            Area = db.Areas.Where(area => area.Id == run.AreaId).Select(area => area.Name).FirstOrDefault(),
            Provider = db.Providers.Where(provider => provider.Id == run.ProviderId).Select(provider => provider.Name).FirstOrDefault(),
            Capacity = run.Capacity,
            PlacesTaken = run.PlacesTaken,
        };
}
