using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Bookings;

/// <summary>A place that ended because the partnership cancelled its date. The rule is written in the view places_ended_with_date.</summary>
internal sealed class PlaceEndedWithDate
{
    public Guid PlaceId { get; init; }
    public Guid BookingId { get; init; }
    public Guid RunId { get; init; }

    /// <summary>Until then the booker may give it another date, and its money waits; null gives the money back at once.</summary>
    public DateTimeOffset? ChooseUntil { get; init; }
}

internal sealed class PlaceEndedWithDateMap : IEntityTypeConfiguration<PlaceEndedWithDate>
{
    public void Configure(EntityTypeBuilder<PlaceEndedWithDate> builder) => builder.ToView("PlacesEndedWithDate").HasKey(place => place.PlaceId);
}
