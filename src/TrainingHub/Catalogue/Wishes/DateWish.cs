using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform.Email;

namespace TrainingHub.Catalogue;

/// <summary>
/// Somebody wants to hear of the first date of a course. Told once, and then the row is gone; it is gone at <see cref="EndsAt"/> too.
/// </summary>
internal sealed class DateWish
{
    public required Guid Id { get; init; }
    public required Guid CourseId { get; init; }
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
        builder.HasIndex(wish => new { wish.CourseId, wish.EmailKey }).IsUnique();
        builder.HasIndex(wish => wish.EmailKey);
        builder.HasIndex(wish => wish.EndsAt);
        builder.HasOne<Course>().WithMany().HasForeignKey(wish => wish.CourseId);
    }
}
