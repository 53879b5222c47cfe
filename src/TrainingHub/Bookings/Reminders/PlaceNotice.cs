using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Bookings;

internal enum NoticeKind
{
    Reminder,
    JoiningLink,

    /// <summary>The joining link again, on the morning of the course.</summary>
    OnTheDay,

    /// <summary>Sessions of an event that they have not chosen.</summary>
    ChooseSessions,
}

/// <summary>
/// That a delegate was told something before the course. The row is the key that keeps a second run from telling it again; another
/// person, or another state of what is told, is another row.
/// </summary>
internal sealed class PlaceNotice
{
    public required Guid PlaceId { get; init; }
    public required Guid PersonId { get; init; }
    public required NoticeKind Kind { get; init; }

    /// <summary>Of which state of the date it told.</summary>
    public required string Version { get; init; }
    public required DateTimeOffset SentAt { get; init; }
}

internal sealed class PlaceNoticeMap : IEntityTypeConfiguration<PlaceNotice>
{
    public void Configure(EntityTypeBuilder<PlaceNotice> builder)
    {
        builder.HasKey(notice => new { notice.PlaceId, notice.PersonId, notice.Kind, notice.Version });
        builder.HasOne<Place>().WithMany().HasForeignKey(notice => notice.PlaceId);
    }
}
