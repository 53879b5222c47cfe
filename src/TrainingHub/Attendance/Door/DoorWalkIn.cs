using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;
using TrainingHub.People;

namespace TrainingHub.Attendance;

/// <summary>A booking that a trainer made at the door. It waits until staff have looked at its payer and address.</summary>
internal sealed class DoorWalkIn
{
    public required Guid BookingId { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required Guid AddedById { get; init; }
    public DateTimeOffset? CheckedAt { get; init; }
    public Guid? CheckedById { get; init; }
}

internal sealed class DoorWalkInMap : IEntityTypeConfiguration<DoorWalkIn>
{
    public void Configure(EntityTypeBuilder<DoorWalkIn> builder)
    {
        builder.HasKey(walkIn => walkIn.BookingId);
        builder.HasIndex(walkIn => walkIn.AddedAt, "IxDoorWalkInsUnchecked").HasFilter("checked_at is null");
        builder.HasOne<Booking>().WithOne().HasForeignKey<DoorWalkIn>(walkIn => walkIn.BookingId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(walkIn => walkIn.AddedById);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(walkIn => walkIn.CheckedById);
        builder.ToTable(table => table.HasCheckConstraint("ck_door_walk_ins_checked", "(checked_at is null) = (checked_by_id is null)"));
    }
}
