using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Catalogue;

/// <summary>One thing that shaped a course, as its public page says it: a published review, for instance. The room that knows why keeps these rows.</summary>
internal sealed class ShapedBy
{
    public const int WordsLength = 300;
    public const int SourceLength = 200;
    public const int AddressLength = 500;

    public required Guid CourseId { get; init; }

    /// <summary>What it comes from, in the room that keeps the row.</summary>
    public required Guid ChangeId { get; init; }

    /// <summary>One short sentence.</summary>
    public required string Words { get; set; }

    /// <summary>What the publication is called.</summary>
    public required string Source { get; set; }

    /// <summary>Of the publication; null when it has none.</summary>
    public string? Address { get; set; }

    /// <summary>From which day the course has it.</summary>
    public required DateOnly FromOn { get; set; }
}

internal sealed class ShapedByMap : IEntityTypeConfiguration<ShapedBy>
{
    public void Configure(EntityTypeBuilder<ShapedBy> builder)
    {
        builder.HasKey(line => new { line.CourseId, line.ChangeId });
        builder.Property(line => line.Words).HasMaxLength(ShapedBy.WordsLength);
        builder.Property(line => line.Source).HasMaxLength(ShapedBy.SourceLength);
        builder.Property(line => line.Address).HasMaxLength(ShapedBy.AddressLength);
        builder.HasOne<Course>().WithMany().HasForeignKey(line => line.CourseId);
    }
}
