using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;
using TrainingHub.People;

namespace TrainingHub.Attendance;

internal enum Mark
{
    Attended,

    /// <summary>Came for part of it: counts as an attendance and is asked three months later.</summary>
    Part,
    Absent,
}

/// <summary>What the register says of one place. No row means not marked yet, or not known.</summary>
internal sealed class AttendanceMark
{
    public required Guid PlaceId { get; init; }
    public required Mark Mark { get; set; }
    public required DateTimeOffset MarkedAt { get; set; }

    /// <summary>Null when it was imported.</summary>
    public Guid? MarkedById { get; set; }

    /// <summary>How long they were there, when a report said so.</summary>
    public int? Minutes { get; init; }

    /// <summary>Minutes after the planned start; noted, and changing nothing else.</summary>
    public int? Late { get; init; }

    /// <summary>Minutes before the planned end.</summary>
    public int? LeftEarly { get; init; }

    /// <summary>Whose report the minutes are from; null when the mark is by hand or from a bookings file.</summary>
    public ReportKind? ReadFrom { get; init; }
}

internal sealed class AttendanceMarkMap : IEntityTypeConfiguration<AttendanceMark>
{
    public void Configure(EntityTypeBuilder<AttendanceMark> builder)
    {
        builder.HasKey(mark => mark.PlaceId);
        builder.HasOne<Place>().WithOne().HasForeignKey<AttendanceMark>(mark => mark.PlaceId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(mark => mark.MarkedById);
        builder.ToTable(table => table.HasCheckConstraint("ck_attendance_marks_details", MarkDetails.Check));
    }
}
