using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Catalogue;

/// <summary>
/// What is held in a slot. <see cref="PlacesTaken"/> is changed only by the statements of Bookings, which check and count in one step; a
/// CHECK in the table refuses what would get past them.
/// </summary>
internal sealed class EventSession
{
    public const int TitleLength = 200;
    public const int AboutLength = 1000;
    public const int SpeakersLength = 300;
    public const int RoomLength = 100;
    public const int MaxCapacity = 500;

    public required Guid Id { get; init; }
    public required Guid SlotId { get; init; }
    public required string Title { get; init; }
    public string? About { get; init; }

    /// <summary>Names as visitors read them.</summary>
    public string? Speakers { get; init; }
    public string? Room { get; init; }

    /// <summary>Null is as many as come to the event.</summary>
    public int? Capacity { get; init; }
    public int PlacesTaken { get; private set; }

    /// <summary>Null without a capacity; the table works it out.</summary>
    public int? PlacesLeft { get; private set; }
    public int Version { get; init; }
}

internal sealed class EventSessionMap : IEntityTypeConfiguration<EventSession>
{
    public void Configure(EntityTypeBuilder<EventSession> builder)
    {
        builder.Property(session => session.Title).HasMaxLength(EventSession.TitleLength);
        builder.Property(session => session.About).HasMaxLength(EventSession.AboutLength);
        builder.Property(session => session.Speakers).HasMaxLength(EventSession.SpeakersLength);
        builder.Property(session => session.Room).HasMaxLength(EventSession.RoomLength);
        builder.Property(session => session.PlacesTaken).HasDefaultValue(0);
        builder.Property(session => session.PlacesLeft)
            .HasComputedColumnSql("case when capacity is not null then greatest(0, capacity - places_taken) end", stored: true);
        builder.Property(session => session.Version).HasDefaultValue(0);
        builder.HasAlternateKey(session => new { session.Id, session.SlotId });
        builder.HasOne<EventSlot>().WithMany().HasForeignKey(session => session.SlotId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_event_sessions_capacity", "capacity between 1 and 500");
            table.HasCheckConstraint("ck_event_sessions_places", "places_taken >= 0 and (capacity is null or places_taken <= capacity)");
        });
    }
}
