using TrainingHub.Platform.Files;
using TrainingHub.Platform.Email;

namespace TrainingHub.Surveys;

/// <summary>
/// One row of a file of answers, checked and matched to what is known. The key is null when the row does not name both a date and
/// an address.
/// </summary>
internal sealed record ResponseRow(
    Guid CourseId,
    Guid? RunId,
    Guid AreaId,
    Guid SectorId,
    DateOnly SubmittedOn,
    SurveyAnswers Answers,
    byte[]? DelegateKey)
{
    public const string RunReference = "run_reference";
    public const string Course = "course";
    public const string Area = "area";
    public const string Sector = "sector";
    public const string SubmittedOnColumn = "submitted_on";
    public const string ChangedPracticeExample = "changed_practice_example";
    public const string ImpactedFamiliesExample = "impacted_families_example";
    public const string DelegateEmail = "delegate_email";
    public const string DelegateName = "delegate_name";

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
        CsvColumn.Optional(DelegateName, People.Person.NameLength),
    ];
    public AnswerContent Content =>
        AnswerContent.Of(NewResponse(), Answers.ChangedPracticeExample, Answers.ImpactedFamiliesExample);

    public SurveyResponse NewResponse() => new()
    {
        Id = Guid.NewGuid(),
        CourseId = CourseId,
        RunId = RunId,
        AreaId = AreaId,
        SectorId = SectorId,
        SubmittedOn = SubmittedOn,
        ConfidenceId = Answers.ConfidenceId,
        KnowledgeId = Answers.KnowledgeId,
        ChangedPractice = Answers.ChangedPractice,
        ImpactedFamilies = Answers.ImpactedFamilies,
        Recommend = Answers.Recommend,
        UsesToolkits = Answers.UsesToolkits,
        ToolkitIds = Answers.ToolkitIds,
        Origin = ResponseOrigin.Import,
    };
}
