using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Bookings;

/// <summary>A place that takes a seat, held or confirmed. The rule is <see cref="Place.LiveStates"/>; the view says it in SQL.</summary>
internal sealed class LivePlace
{
    public Guid Id { get; init; }
    public Guid BookingId { get; init; }
    public Guid RunId { get; init; }
    public Guid? PersonId { get; init; }
    public string? DelegateName { get; init; }
    public string? AccessNeeds { get; init; }
    public int PricePence { get; init; }
    public PlaceState State { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <inheritdoc cref="Place.AwaitsName"/>
    public bool AwaitsName { get; init; }

    /// <summary>Null in every row; there because ending a place goes through the view.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

internal sealed class LivePlaceMap : IEntityTypeConfiguration<LivePlace>
{
    public void Configure(EntityTypeBuilder<LivePlace> builder) => builder.ToView("LivePlaces").HasKey(place => place.Id);
}
