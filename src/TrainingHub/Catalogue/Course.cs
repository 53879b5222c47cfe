using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

internal enum CourseLength
{
    [Display(Name = "Half day")]
    HalfDay,

    [Display(Name = "Full day")]
    FullDay,
}

/// <summary>Where a course is in its life, as staff see it.</summary>
internal enum CourseStanding
{
    InOffer,

    /// <summary>Not in the present offer; its page stays, and says that it has no dates now.</summary>
    NotOffered,

    /// <summary>Not finished: staff alone see it.</summary>
    Draft,
    Archived,
}

/// <summary>What is taught, whatever it was called in which year: titles over time are in <see cref="CourseTitle"/>.</summary>
internal sealed class Course : IEdited
{
    public const int TitleLength = 200;
    public const int TagLength = 60;

    /// <summary>Visitors see it: lists, search, feeds, its page, and its dates if they have a fee.</summary>
    public static readonly Expression<Func<Course, bool>> IsPublic = course => !course.IsDraft && course.ArchivedAt == null;

    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }

    /// <summary>A course, or an event of some kind.</summary>
    public CourseKind Kind { get; init; }
    public string Summary { get; init; } = "";

    /// <summary>Who it is for, one sentence.</summary>
    public string Audience { get; init; } = "";

    /// <summary>Why it is in the offer, as printed: "Mandatory", "Linked to CSPR" …</summary>
    public string? Tag { get; init; }

    /// <summary>What led to it in plain words: a priority, a practice review.</summary>
    public string? LinkedTo { get; init; }
    public string? Level { get; init; }
    public CourseLength? Length { get; init; }

    /// <summary>What a delegate will be able to do. Markdown, as the four below.</summary>
    public string? Outcomes { get; init; }
    public string? DayPlan { get; init; }

    /// <summary>What to bring or do before.</summary>
    public string? Bring { get; init; }
    public string? HowItRuns { get; init; }

    /// <summary>Guidance and tools, as links.</summary>
    public string? Resources { get; init; }

    /// <summary>The partnership's priority that it serves.</summary>
    public string? Priority { get; init; }

    /// <summary>The course to take before.</summary>
    public Guid? PrerequisiteId { get; init; }

    /// <summary>What is done about it; says nothing while there is none.</summary>
    public PrerequisiteRule PrerequisiteRule { get; init; }

    /// <summary>After how many months it is to be taken again; null is not said.</summary>
    public int? RenewalMonths { get; init; }
    public bool IsNew { get; init; }

    /// <summary>Under which the office's own books have its income; null is the code that the settings give.</summary>
    public string? NominalCode { get; init; }
    public string? CostCentre { get; init; }

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

    /// <summary>Never shown to visitors yet. Once published, a course is no draft again.</summary>
    public bool IsDraft { get; init; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public CourseStanding Standing => (ArchivedAt, IsDraft, OfferOrder) switch
    {
        (not null, _, _) => CourseStanding.Archived,
        (null, true, _) => CourseStanding.Draft,
        (null, false, null) => CourseStanding.NotOffered,
        (null, false, not null) => CourseStanding.InOffer,
    };

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;
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
        builder.Property(course => course.Outcomes).HasMaxLength(CourseFacts.TextLength);
        builder.Property(course => course.DayPlan).HasMaxLength(CourseFacts.TextLength);
        builder.Property(course => course.Bring).HasMaxLength(CourseFacts.TextLength);
        builder.Property(course => course.HowItRuns).HasMaxLength(CourseFacts.TextLength);
        builder.Property(course => course.Resources).HasMaxLength(CourseFacts.TextLength);
        builder.Property(course => course.Priority).HasMaxLength(CourseFacts.PriorityLength);
        builder.Property(course => course.NominalCode).HasMaxLength(CourseFacts.CodeLength);
        builder.Property(course => course.CostCentre).HasMaxLength(CourseFacts.CodeLength);
        builder.Property(course => course.Kind).HasDefaultValue(CourseKind.Course);
        builder.Property(course => course.IsDraft).HasDefaultValue(false);
        builder.Property(course => course.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.Property(course => course.PrerequisiteRule).HasDefaultValue(PrerequisiteRule.Shown);
        builder.HasOne<Course>().WithMany().HasForeignKey(course => course.PrerequisiteId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_courses_renewal", "renewal_months between 1 and 120");
            table.HasCheckConstraint("ck_courses_prerequisite", "prerequisite_id <> id");
            table.HasCheckConstraint("ck_courses_module", "(programme_id is null) = (module_number is null) and module_number >= 1");
        });
        builder.HasIndex(course => course.Slug).IsUnique();
        builder.HasOne<Programme>().WithMany().HasForeignKey(course => course.ProgrammeId);
        builder.Property(course => course.SearchVector).HasComputedColumnSql(SearchVectorSql, stored: true);
        builder.HasIndex(course => course.SearchVector).HasMethod("gin");
    }
}
