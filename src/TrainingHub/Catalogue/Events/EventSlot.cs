using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Catalogue;

/// <summary>A part of the day of an event, in London time. With several sessions each person chooses one; with one it is for everybody.</summary>
internal sealed class EventSlot
{
    public required Guid Id { get; init; }
    public required Guid RunId { get; init; }
    public required TimeOnly Begins { get; init; }
    public required TimeOnly Ends { get; init; }

    public bool Overlaps(TimeOnly begins, TimeOnly ends) => Begins < ends && begins < Ends;
}

internal sealed class EventSlotMap : IEntityTypeConfiguration<EventSlot>
{
    public void Configure(EntityTypeBuilder<EventSlot> builder)
    {
        builder.HasIndex(slot => new { slot.RunId, slot.Begins }).IsUnique();
        builder.HasOne<CourseRun>().WithMany().HasForeignKey(slot => slot.RunId);
        builder.ToTable(table => table.HasCheckConstraint("ck_event_slots_times", "begins < ends"));
    }
}
