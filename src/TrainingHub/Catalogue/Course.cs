using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace TrainingHub.Catalogue;

internal enum CourseLength
{
    HalfDay,
    FullDay,
}

/// <summary>What is taught, whatever it was called in which year: titles over time are in <see cref="CourseTitle"/>.</summary>
internal sealed class Course
{
    public const int TitleLength = 200;
    public const int TagLength = 60;

    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public string Summary { get; init; } = "";

    /// <summary>Who it is for, one sentence.</summary>
    public string Audience { get; init; } = "";

    /// <summary>Why it is in the offer, as printed: "Mandatory", "Linked to CSPR" …</summary>
    public string? Tag { get; init; }

    /// <summary>What led to it in plain words: a priority, a practice review.</summary>
    public string? LinkedTo { get; init; }
    public string? Level { get; init; }
    public CourseLength? Length { get; init; }
    public bool IsNew { get; init; }

    /// <summary>How survey results call it when that differs from the title.</summary>
    public string? SurveyTitle { get; init; }
    public Guid? ProgrammeId { get; init; }

    /// <summary>1, 2 … within its programme.</summary>
    public int? ModuleNumber { get; init; }

    /// <summary>Its position in the printed offer; null is not in the present offer.</summary>
    public int? OfferOrder { get; init; }

    /// <summary>Earlier and abbreviated titles, searched but not shown.</summary>
    public string SearchWords { get; init; } = "";
    public NpgsqlTsVector SearchVector { get; private set; } = null!;
}

internal sealed class CourseMap : IEntityTypeConfiguration<Course>
{
    // A word of the title counts for more than one of an older title, and that for more than one of the summary.
    private const string SearchVectorSql =
        "setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', search_words), 'B') "
        + "|| setweight(to_tsvector('english', summary || ' ' || audience), 'D')";

    public void Configure(EntityTypeBuilder<Course> builder)
    {
        builder.Property(course => course.Title).HasMaxLength(Course.TitleLength);
        builder.Property(course => course.Tag).HasMaxLength(Course.TagLength);
        builder.HasIndex(course => course.Slug).IsUnique();
        builder.HasOne<Programme>().WithMany().HasForeignKey(course => course.ProgrammeId);
        builder.Property(course => course.SearchVector).HasComputedColumnSql(SearchVectorSql, stored: true);
        builder.HasIndex(course => course.SearchVector).HasMethod("gin");
    }
}
