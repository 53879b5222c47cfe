using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Catalogue;

/// <summary>A part of a day of an event, in London time. With several sessions each person chooses one; with one it is for everybody.</summary>
internal sealed class EventSlot
{
    public required Guid Id { get; init; }
    public required Guid RunId { get; init; }

    /// <summary>From 1: which meeting of the date, of which most have one.</summary>
    public short Meeting { get; init; } = 1;
    public required TimeOnly Begins { get; init; }
    public required TimeOnly Ends { get; init; }

    public bool Overlaps(TimeOnly begins, TimeOnly ends) => Begins < ends && begins < Ends;
}

internal sealed class EventSlotMap : IEntityTypeConfiguration<EventSlot>
{
    public void Configure(EntityTypeBuilder<EventSlot> builder)
    {
        builder.Property(slot => slot.Meeting).HasDefaultValue((short)1);
        builder.HasIndex(slot => new { slot.RunId, slot.Meeting, slot.Begins }).IsUnique();
        builder.HasOne<CourseRun>().WithMany().HasForeignKey(slot => slot.RunId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_event_slots_times", "begins < ends");
            table.HasCheckConstraint("ck_event_slots_meeting", "meeting between 1 and 8");
        });
    }
}
