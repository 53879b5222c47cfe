using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;
using TrainingHub.People;

namespace TrainingHub.Attendance;

/// <summary>A register that its trainer has closed: from then on they only read it. Staff who run bookings still correct it, and open it again.</summary>
internal sealed class RegisterClosing
{
    public required Guid RunId { get; init; }

    /// <summary>0 where the date is one meeting.</summary>
    public required short Meeting { get; init; }
    public required DateTimeOffset ClosedAt { get; init; }
    public required Guid ClosedById { get; init; }

    public static IQueryable<RegisterClosing> Of(TrainingHubDb db, Sitting sitting)
    {
        var (run, meeting) = (sitting.RunId, sitting.Meeting ?? 0);
        return db.RegisterClosings.Where(closing => closing.RunId == run && closing.Meeting == meeting);
    }
}

internal sealed class RegisterClosingMap : IEntityTypeConfiguration<RegisterClosing>
{
    public void Configure(EntityTypeBuilder<RegisterClosing> builder)
    {
        builder.HasKey(closing => new { closing.RunId, closing.Meeting });
        builder.HasOne<CourseRun>().WithMany().HasForeignKey(closing => closing.RunId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(closing => closing.ClosedById);
        builder.ToTable(table => table.HasCheckConstraint("ck_register_closings_meeting", "meeting between 0 and 8"));
    }
}
