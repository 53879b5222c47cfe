using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>Where learning comes from, in the order in which staff choose it.</summary>
internal enum SourceKind
{
    LocalReview,
    RapidReview,
    NationalReview,
    ThematicAudit,
    CaseAudit,
    Guidance,
    Legislation,
    Briefing,
    PractitionerFeedback,
    ImpactSurvey,
}

/// <summary>A review, an audit, a change of guidance or law, or what people told us. It holds nothing by which a child can be recognised.</summary>
internal sealed class LearningSource : IEdited
{
    public required Guid Id { get; init; }
    public required SourceKind Kind { get; init; }

    /// <summary>As it was published; the course page names it so.</summary>
    public required string Title { get; init; }

    /// <summary>Null while it is not known.</summary>
    public DateOnly? PublishedOn { get; init; }
    public string? Publisher { get; init; }

    /// <summary>Of the publication, https.</summary>
    public string? Address { get; init; }

    /// <summary>Null is not about one area.</summary>
    public Guid? AreaId { get; init; }
    public required Guid[] ThemeIds { get; init; }
    public required Guid[] PriorityIds { get; init; }

    /// <summary>What it is about, in words that anybody may read.</summary>
    public string? PublicWords { get; init; }

    /// <summary>For staff.</summary>
    public string? Note { get; init; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;
}

internal sealed class LearningSourceMap : IEntityTypeConfiguration<LearningSource>
{
    public void Configure(EntityTypeBuilder<LearningSource> builder)
    {
        builder.Property(source => source.Title).HasMaxLength(SourceFacts.TitleLength);
        builder.Property(source => source.Publisher).HasMaxLength(SourceFacts.PublisherLength);
        builder.Property(source => source.Address).HasMaxLength(SourceFacts.AddressLength);
        builder.Property(source => source.PublicWords).HasMaxLength(SourceFacts.WordsLength);
        builder.Property(source => source.Note).HasMaxLength(SourceFacts.NoteLength);
        builder.Property(source => source.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.HasIndex(source => source.Title).IsUnique();
        builder.HasOne<Area>().WithMany().HasForeignKey(source => source.AreaId);
    }
}
