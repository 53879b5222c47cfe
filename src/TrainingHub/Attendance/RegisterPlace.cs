using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Attendance;

/// <summary>
/// A line of a register: a confirmed place of a date that was not cancelled, with its mark. Counts of attendances, absences and
/// places that nobody has marked all come from here.
/// </summary>
internal sealed class RegisterPlace
{
    public Guid PlaceId { get; init; }
    public Guid BookingId { get; init; }
    public Guid RunId { get; init; }
    public Guid? PersonId { get; init; }

    /// <summary>Null: not marked yet, or not known.</summary>
    public Mark? Mark { get; init; }

    /// <summary>Came for all or part; null as <see cref="Mark"/> is.</summary>
    public bool? Attended { get; init; }
    public DateTimeOffset? MarkedAt { get; init; }
}

internal sealed class RegisterPlaceMap : IEntityTypeConfiguration<RegisterPlace>
{
    public void Configure(EntityTypeBuilder<RegisterPlace> builder) => builder.ToView("RegisterPlaces").HasKey(place => place.PlaceId);
}
