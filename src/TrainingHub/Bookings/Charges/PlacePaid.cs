using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Bookings;

/// <summary>What has been paid for a place and is still here, in pence. The rule is written in the view places_paid.</summary>
internal sealed class PlacePaid
{
    public Guid PlaceId { get; init; }
    public Guid BookingId { get; init; }

    /// <summary>Received, less what went back, is on its way back, or was kept by a decision.</summary>
    public int HeldPence { get; init; }

    /// <summary>The price while it is held or confirmed, and what was charged for it.</summary>
    public int OwedPence { get; init; }

    /// <summary>Gone back, or on its way.</summary>
    public int GonePence { get; init; }
}

internal sealed class PlacePaidMap : IEntityTypeConfiguration<PlacePaid>
{
    public void Configure(EntityTypeBuilder<PlacePaid> builder) => builder.ToView("PlacesPaid").HasKey(place => place.PlaceId);
}
