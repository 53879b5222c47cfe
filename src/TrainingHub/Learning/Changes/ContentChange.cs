using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>What an action changed in named courses, and from which day. Published, their public pages say what shaped them.</summary>
internal sealed class ContentChange : IEdited
{
    public const int MostCourses = 30;

    public required Guid Id { get; init; }
    public required Guid ActionId { get; init; }
    public required string What { get; init; }

    /// <summary>The first day on which the courses have it.</summary>
    public required DateOnly FromOn { get; init; }
    public required Guid[] CourseIds { get; init; }

    /// <summary>One short sentence for the public pages; null while there is none.</summary>
    public string? PublicWords { get; init; }

    /// <summary>Since when public pages say it; null when they do not.</summary>
    public DateTimeOffset? PublishedAt { get; private set; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public void Publish(DateTimeOffset now) => PublishedAt = PublicWords is null || ArchivedAt is not null
        ? throw new InvalidOperationException("There is nothing to publish.")
        : now;

    public void TakeOff() => PublishedAt = null;

    public void Archive(DateTimeOffset now) => ArchivedAt = PublishedAt is null ? now : throw new InvalidOperationException("Take it off the public pages first.");

    public void Restore() => ArchivedAt = null;
}

internal sealed class ContentChangeMap : IEntityTypeConfiguration<ContentChange>
{
    public void Configure(EntityTypeBuilder<ContentChange> builder)
    {
        builder.Property(change => change.What).HasMaxLength(ContentChangeFacts.WhatLength);
        builder.Property(change => change.PublicWords).HasMaxLength(ShapedBy.WordsLength);
        builder.Property(change => change.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.HasOne<LearningAction>().WithMany().HasForeignKey(change => change.ActionId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_content_changes_courses", $"cardinality(course_ids) between 1 and {ContentChange.MostCourses}");
            table.HasCheckConstraint("ck_content_changes_published", "published_at is null or (public_words is not null and archived_at is null)");
        });
    }
}
