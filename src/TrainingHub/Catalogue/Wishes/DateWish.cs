using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform.Email;

namespace TrainingHub.Catalogue;

/// <summary>
/// Somebody wants to hear of the first date of a course: told once, and then the row is gone. Or they want the recording of an event: told
/// once, and the link that they get opens as long as the row is there. It is gone at <see cref="EndsAt"/>.
/// </summary>
internal sealed class DateWish
{
    /// <summary>Of the private link of who asked for a recording. The page that it opens stands in the room Attendance.</summary>
    public const string RecordingPurpose = "recording-asked";

    public required Guid Id { get; init; }
    public required Guid CourseId { get; init; }

    /// <summary>The date whose recording they want; null is any first date.</summary>
    public Guid? RunId { get; init; }

    /// <summary>When they were sent the link to the recording.</summary>
    public DateTimeOffset? ToldAt { get; init; }
    public required string Email { get; init; }
    public required string EmailKey { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
}

internal sealed class DateWishMap : IEntityTypeConfiguration<DateWish>
{
    public void Configure(EntityTypeBuilder<DateWish> builder)
    {
        builder.Property(wish => wish.Email).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(wish => wish.EmailKey).HasMaxLength(EmailAddress.MaxLength);
        builder.HasIndex(wish => new { wish.CourseId, wish.EmailKey }).IsUnique().HasFilter("run_id is null");
        builder.HasIndex(wish => new { wish.RunId, wish.EmailKey }).IsUnique().HasFilter("run_id is not null");
        builder.HasOne<CourseRun>().WithMany().HasForeignKey(wish => wish.RunId);
        builder.ToTable(table => table.HasCheckConstraint("ck_date_wishes_told", "told_at is null or run_id is not null"));
        builder.HasIndex(wish => wish.EmailKey);
        builder.HasIndex(wish => wish.EndsAt);
        builder.HasOne<Course>().WithMany().HasForeignKey(wish => wish.CourseId);
    }
}
