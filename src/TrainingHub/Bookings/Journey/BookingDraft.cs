using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

/// <summary>
/// What somebody has typed so far, one page after the other, before anything is booked. Reached by a cookie, gone after a day.
/// <see cref="BookingId"/> becomes the booking's id.
/// </summary>
internal sealed class BookingDraft
{
    /// <summary>Since they last typed.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    public required byte[] KeyHash { get; init; }
    public required Guid RunId { get; init; }
    public required Guid BookingId { get; init; }

    /// <summary>JSON of the answers so far.</summary>
    public required string Answers { get; set; }
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>The network that it came from; null before this was kept.</summary>
    public byte[]? NetworkHash { get; init; }

    /// <summary>Of the answers.</summary>
    public int Bytes { get; init; }
}

internal sealed class BookingDraftMap : IEntityTypeConfiguration<BookingDraft>
{
    public void Configure(EntityTypeBuilder<BookingDraft> builder)
    {
        builder.HasKey(draft => new { draft.KeyHash, draft.RunId });
        builder.Property(draft => draft.Answers).HasColumnType("jsonb");
        builder.Property(draft => draft.Bytes).HasDefaultValue(0);
        builder.HasIndex(draft => draft.ExpiresAt);
        builder.HasIndex(draft => draft.NetworkHash);
        builder.HasOne<CourseRun>().WithMany().HasForeignKey(draft => draft.RunId);
    }
}
