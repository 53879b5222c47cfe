using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;

namespace TrainingHub.Surveys;

/// <summary>When somebody is asked, seen from the date of their course.</summary>
internal enum SurveyMoment
{
    Before,
    End,
    ThreeMonths,

    /// <summary>The delegate's line manager, later.</summary>
    Manager,

    /// <summary>Soon after an event, and then no more.</summary>
    Event,
    Module,
}

internal static class SurveyMoments
{
    /// <summary>What those who came are asked soon after: of an event it is all.</summary>
    public static SurveyMoment SoonAfter(CourseKind kind) => kind == CourseKind.Course ? SurveyMoment.End : SurveyMoment.Event;
}

/// <summary>What people are asked at one moment. Its questions belong to its versions.</summary>
internal sealed class Survey
{
    public const int KeyLength = 40;
    public const int TitleLength = 100;

    /// <summary>The key of the survey about practice, three months after a course.</summary>
    public const string ThreeMonths = "three-months";

    /// <summary>The key of the survey about how a course was.</summary>
    public const string EndOfCourse = "end-of-course";

    /// <summary>The key of the survey before a course.</summary>
    public const string BeforeCourse = "before";

    /// <summary>The key of the survey that a manager answers.</summary>
    public const string Managers = "manager";

    /// <summary>The key of the survey about an event.</summary>
    public const string Events = "event";

    public required Guid Id { get; init; }
    public required string Key { get; init; }
    public required string Title { get; init; }
    public required SurveyMoment Moment { get; init; }
}

internal enum VersionState
{
    /// <summary>Being written; asked of nobody.</summary>
    Draft,
    Published,

    /// <summary>A later one was published. Who was sent this one still answers this one.</summary>
    Retired,
}

/// <summary>
/// The questions of a survey as they were asked for a time. Once published it is never changed, which the database sees to. A survey
/// has at most one that is published and one draft.
/// </summary>
internal sealed class SurveyVersion
{
    public required Guid Id { get; init; }
    public required Guid SurveyId { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }
    public VersionState State { get; private set; }

    /// <summary>Null while it is a draft.</summary>
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>Counts the changes of a draft, so that a second editor is told.</summary>
    public int Revision { get; private set; }

    public void Change() => Revision = State == VersionState.Draft
        ? Revision + 1
        : throw new InvalidOperationException($"Version {Number} is {State}.");

    public void Publish(DateTimeOffset now) => (State, PublishedAt) = State == VersionState.Draft
        ? (VersionState.Published, now)
        : throw new InvalidOperationException($"Version {Number} is {State}.");

    public void Retire() => State = State == VersionState.Published
        ? VersionState.Retired
        : throw new InvalidOperationException($"Version {Number} is {State}.");
}

internal sealed class SurveyMap : IEntityTypeConfiguration<Survey>
{
    public void Configure(EntityTypeBuilder<Survey> builder)
    {
        builder.Property(survey => survey.Key).HasMaxLength(Survey.KeyLength);
        builder.Property(survey => survey.Title).HasMaxLength(Survey.TitleLength);
        builder.HasIndex(survey => survey.Key).IsUnique();
    }
}

internal sealed class SurveyVersionMap : IEntityTypeConfiguration<SurveyVersion>
{
    public void Configure(EntityTypeBuilder<SurveyVersion> builder)
    {
        builder.HasOne<Survey>().WithMany().HasForeignKey(version => version.SurveyId);
        builder.Property(version => version.Revision).HasDefaultValue(0).IsConcurrencyToken();
        builder.HasIndex(version => new { version.SurveyId, version.Number }).IsUnique();
        builder.HasIndex(version => new { version.SurveyId, version.State }).IsUnique().HasFilter("state <> 'Retired'");
        builder.ToTable(table => table.HasCheckConstraint("ck_survey_versions_published", "(published_at is null) = (state = 'Draft')"));
    }
}
