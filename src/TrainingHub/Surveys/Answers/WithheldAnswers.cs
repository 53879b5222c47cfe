using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;
using TrainingHub.People;

namespace TrainingHub.Surveys;

/// <summary>
/// How many unlinked answers of an area and a period were about one course, or came from one sector, and do not say so any more.
/// With the answers that do, totals stay exact. Exactly one of course and sector is set.
/// </summary>
internal sealed class WithheldAnswers
{
    public required Guid Id { get; init; }
    public required Guid SurveyId { get; init; }
    public required Guid? AreaId { get; init; }
    public required DateOnly SubmittedOn { get; init; }
    public required SubmittedWithin SubmittedWithin { get; init; }
    public Guid? CourseId { get; init; }
    public Guid? SectorId { get; init; }
    public required int Count { get; init; }
}

internal sealed class WithheldAnswersMap : IEntityTypeConfiguration<WithheldAnswers>
{
    public void Configure(EntityTypeBuilder<WithheldAnswers> builder)
    {
        builder.HasIndex(withheld => new { withheld.SurveyId, withheld.AreaId, withheld.SubmittedOn, withheld.SubmittedWithin, withheld.CourseId, withheld.SectorId })
            .IsUnique()
            .AreNullsDistinct(false);
        builder.HasOne<Survey>().WithMany().HasForeignKey(withheld => withheld.SurveyId);
        builder.HasOne<Area>().WithMany().HasForeignKey(withheld => withheld.AreaId);
        builder.HasOne<Course>().WithMany().HasForeignKey(withheld => withheld.CourseId);
        builder.HasOne<Sector>().WithMany().HasForeignKey(withheld => withheld.SectorId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_withheld_answers_count", "count > 0");
            table.HasCheckConstraint("ck_withheld_answers_one", "num_nonnulls(course_id, sector_id) = 1");
        });
    }
}
