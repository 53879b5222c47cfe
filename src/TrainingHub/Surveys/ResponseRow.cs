using TrainingHub.Platform.Csv;
using TrainingHub.Platform.Email;

namespace TrainingHub.Surveys;

/// <summary>One row of a file of answers, checked and matched to what is known.</summary>
internal sealed record ResponseRow(
    Guid CourseId,
    Guid? RunId,
    Guid AreaId,
    Guid SectorId,
    DateOnly SubmittedOn,
    SurveyAnswers Answers,
    bool HasDelegate,
    byte[] ImportKey)
{
    public const string RunReference = "run_reference";
    public const string Course = "course";
    public const string Area = "area";
    public const string Sector = "sector";
    public const string SubmittedOnColumn = "submitted_on";
    public const string ChangedPracticeExample = "changed_practice_example";
    public const string ImpactedFamiliesExample = "impacted_families_example";
    public const string DelegateEmail = "delegate_email";

    public static readonly IReadOnlyList<CsvColumn> Columns =
    [
        CsvColumn.Optional(RunReference, Catalogue.CourseRun.ReferenceLength),
        CsvColumn.Required(Course, Catalogue.Course.TitleLength),
        CsvColumn.Required(Area),
        CsvColumn.Required(Sector),
        CsvColumn.Required(SubmittedOnColumn),
        CsvColumn.Required(Question.Confidence),
        CsvColumn.Required(Question.Knowledge),
        CsvColumn.Required(Question.ChangedPractice),
        CsvColumn.Text(ChangedPracticeExample, SurveyComment.TextLength),
        CsvColumn.Required(Question.ImpactedFamilies),
        CsvColumn.Text(ImpactedFamiliesExample, SurveyComment.TextLength),
        CsvColumn.Optional(Question.Toolkits, 1000),
        CsvColumn.Required(Question.Recommend),
        CsvColumn.Optional(DelegateEmail, EmailAddress.MaxLength),
    ];
}
