using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <summary>Where something is that was recorded or shown at an event. Told to those who came or asked for it, and to nobody else.</summary>
internal sealed class EventLink
{
    public const int TitleLength = 200;
    public const int UrlLength = 500;

    public required Guid Id { get; init; }
    public required Guid RunId { get; init; }
    public required string Title { get; init; }
    public required string Url { get; init; }

    /// <summary>The last day on which it is shown; null is as long as the others are.</summary>
    public DateOnly? UntilOn { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public DateTimeOffset? WithdrawnAt { get; init; }

    public bool IsShownOn(DateOnly day) => WithdrawnAt is null && !(UntilOn < day);
}

/// <summary>That people are told of the links of an event, and may open them until a day.</summary>
internal sealed class RecordingRelease
{
    /// <summary>No later than that after the event: so long the addresses of those who asked are kept.</summary>
    public const int MostMonths = AskForDates.MonthsKept;

    public required Guid RunId { get; init; }
    public required DateTimeOffset ReleasedAt { get; init; }
    public required DateOnly EndsOn { get; init; }
    public int Version { get; init; }

    public DateTimeOffset EndsAt => EndOf(EndsOn);

    public static DateTimeOffset EndOf(DateOnly lastOn) => London.Instant(lastOn.AddDays(1), TimeOnly.MinValue);
}

/// <summary>The delegate of this place, who came, was written to.</summary>
internal sealed class RecordingTold
{
    public required Guid PlaceId { get; init; }
    public required DateTimeOffset ToldAt { get; init; }
}

internal sealed class EventLinkMap : IEntityTypeConfiguration<EventLink>
{
    public void Configure(EntityTypeBuilder<EventLink> builder)
    {
        builder.Property(link => link.Title).HasMaxLength(EventLink.TitleLength);
        builder.Property(link => link.Url).HasMaxLength(EventLink.UrlLength);
        builder.HasIndex(link => link.RunId);
        builder.HasOne<CourseRun>().WithMany().HasForeignKey(link => link.RunId);
        builder.ToTable(table => table.HasCheckConstraint("ck_event_links_url", "url like 'https://%'"));
    }
}

internal sealed class RecordingReleaseMap : IEntityTypeConfiguration<RecordingRelease>
{
    public void Configure(EntityTypeBuilder<RecordingRelease> builder)
    {
        builder.HasKey(release => release.RunId);
        builder.Property(release => release.Version).HasDefaultValue(0);
        builder.HasOne<CourseRun>().WithMany().HasForeignKey(release => release.RunId);
    }
}

internal sealed class RecordingToldMap : IEntityTypeConfiguration<RecordingTold>
{
    public void Configure(EntityTypeBuilder<RecordingTold> builder)
    {
        builder.ToTable("RecordingsTold").HasKey(told => told.PlaceId);
        builder.HasOne<Place>().WithOne().HasForeignKey<RecordingTold>(told => told.PlaceId);
    }
}
