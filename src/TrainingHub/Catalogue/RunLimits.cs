using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>Who may book a date, until when, and how many it needs. All of it can be left open.</summary>
/// <param name="ClosesHoursBefore">Hours before the start after which nobody books; null is until it begins. It moves with the date.</param>
/// <param name="Minimum">Fewer than these may not be worth holding it for; null when any number will do.</param>
/// <param name="HeldBack">Null when every place is for everybody.</param>
internal sealed record RunLimits(int? ClosesHoursBefore = null, int? Minimum = null, HeldBack? HeldBack = null)
{
    public static readonly RunLimits None = new();

    public static RunLimits Of(CourseRun run) => new(
        run.BooksUntil is { } until ? (int)(run.StartsAt - until).TotalHours : null,
        run.MinimumPlaces,
        HeldBack.Of(run));

    public DateTimeOffset? BooksUntil(DateTimeOffset startsAt) => ClosesHoursBefore is { } hours ? startsAt.AddHours(-hours) : null;

    /// <summary>The same for a date so many days later.</summary>
    public RunLimits Later(int days) => this with { HeldBack = HeldBack is null ? null : HeldBack with { UntilOn = HeldBack.UntilOn.AddDays(days) } };
}

/// <summary>Places that only people of one sector may take, up to and including a day.</summary>
internal sealed record HeldBack(int Places, Guid SectorId, DateOnly UntilOn)
{
    /// <summary>The first instant at which anybody may take them.</summary>
    public DateTimeOffset Until => London.Instant(UntilOn.AddDays(1), TimeOnly.MinValue);

    public static HeldBack? Of(CourseRun run) => run is { HeldBackForId: { } sector, HeldBackUntil: { } until }
        ? new(run.HeldBack, sector, LastDayOf(until))
        : null;

    /// <summary>The day that ends at this instant.</summary>
    public static DateOnly LastDayOf(DateTimeOffset until) => London.DateOf(until).AddDays(-1);
}
