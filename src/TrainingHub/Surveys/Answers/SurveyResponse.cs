using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;
using TrainingHub.People;

namespace TrainingHub.Surveys;

internal enum ResponseOrigin
{
    Survey,
    Import,

    /// <summary>Demo: made to fit published totals.</summary>
    Published,

    /// <summary>Demo: invented, and shown as such.</summary>
    Invented,

    /// <summary>By the code in the room, by somebody who stayed unnamed: it has neither area nor sector, and never had a link.</summary>
    Room,
}

/// <summary>How exactly the day of an answer is kept. Longer periods are written as their first day.</summary>
internal enum SubmittedWithin
{
    /// <summary>The day itself in a file or a demonstration. Of an answer that was given here and is still linked: the Monday of its week.</summary>
    Day,
    Quarter,

    /// <summary>The financial year.</summary>
    Year,
}

/// <summary>
/// One delegate's answers about one course, without who it was: no name, no place, only its week. Free text is in
/// <see cref="SurveyComment"/>. Ids are random: version 7 would tell when to the millisecond, and in which order. Once unlinked
/// (<see cref="UnlinkAnswers"/>) it has lost the date, and each of course, area and sector that too few answers have in common.
/// </summary>
internal sealed class SurveyResponse
{
    public required Guid Id { get; init; }
    public required Guid? CourseId { get; init; }
    public Guid? RunId { get; init; }
    public required Guid? AreaId { get; init; }
    public required Guid? SectorId { get; init; }
    public required DateOnly SubmittedOn { get; init; }
    public SubmittedWithin SubmittedWithin { get; init; }

    /// <summary>What was asked.</summary>
    public required Guid VersionId { get; set; }

    /// <summary>
    /// All that was chosen, of whichever question, in an order that says nothing. The database sees to it that the version offers each
    /// of them, and no more of a question than it takes.
    /// </summary>
    public required List<Guid> OptionIds { get; set; }
    public required ResponseOrigin Origin { get; init; }

    public bool Holds(SurveyAnswers answers) => VersionId == answers.VersionId && OptionIds.ToHashSet().SetEquals(answers.OptionIds);

    public void Correct(SurveyAnswers answers) => (VersionId, OptionIds) = (answers.VersionId, answers.OptionIds);
}

/// <summary>
/// Which invitation a response answers, so that it can be corrected until the survey closes. This program adds rows and cannot read them:
/// the table is another role's, whose functions say what must be known (migration 0140). Rows are destroyed some time after the close.
/// </summary>
internal sealed class SurveyLink
{
    public required Guid InvitationId { get; init; }
    public required Guid ResponseId { get; init; }
}

internal sealed class SurveyResponseMap : IEntityTypeConfiguration<SurveyResponse>
{
    public void Configure(EntityTypeBuilder<SurveyResponse> builder)
    {
        builder.HasIndex(response => response.SubmittedOn);
        builder.HasOne<Course>().WithMany().HasForeignKey(response => response.CourseId);
        builder.HasOne<CourseRun>().WithMany().HasForeignKey(response => response.RunId);
        builder.HasOne<Area>().WithMany().HasForeignKey(response => response.AreaId);
        builder.HasOne<Sector>().WithMany().HasForeignKey(response => response.SectorId);
        builder.HasOne<SurveyVersion>().WithMany().HasForeignKey(response => response.VersionId);
        builder.Property(response => response.SubmittedWithin).HasDefaultValue(SubmittedWithin.Day);
        // Always null. It is dropped once no node runs a version that names it: see 0012_imported_answers.sql.
        builder.Property<byte[]?>("ImportKey");
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_survey_responses_import_key", "import_key is null");
            table.HasCheckConstraint("ck_survey_responses_unlinked", "submitted_within = 'Day' or run_id is null");
            table.HasCheckConstraint("ck_survey_responses_week", "origin not in ('Survey', 'Room') or submitted_within <> 'Day' or extract(isodow from submitted_on) = 1");
            table.HasCheckConstraint("ck_survey_responses_options", "array_position(option_ids, null) is null");
        });
    }
}

internal sealed class SurveyLinkMap : IEntityTypeConfiguration<SurveyLink>
{
    public void Configure(EntityTypeBuilder<SurveyLink> builder)
    {
        builder.HasKey(link => link.InvitationId);
        builder.HasIndex(link => link.ResponseId).IsUnique();
        builder.HasOne<SurveyInvitation>().WithOne().HasForeignKey<SurveyLink>(link => link.InvitationId);
        builder.HasOne<SurveyResponse>().WithOne().HasForeignKey<SurveyLink>(link => link.ResponseId);
    }
}
