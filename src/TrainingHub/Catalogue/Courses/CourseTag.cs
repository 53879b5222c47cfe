using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Catalogue;

/// <summary>What visitors read instead of a tag as it is printed in the offer. A tag without words is shown as it is.</summary>
internal sealed class CourseTag
{
    public const int WordsLength = 100;

    public required string Tag { get; init; }
    public required string Words { get; init; }
}

internal sealed class CourseTagMap : IEntityTypeConfiguration<CourseTag>
{
    public void Configure(EntityTypeBuilder<CourseTag> builder)
    {
        builder.HasKey(tag => tag.Tag);
        builder.Property(tag => tag.Tag).HasMaxLength(Course.TagLength);
        builder.Property(tag => tag.Words).HasMaxLength(CourseTag.WordsLength);
    }
}
