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

    public static readonly IReadOnlyList<FileColumn> Columns =
    [
        FileColumn.Optional(RunReference, Catalogue.CourseRun.ReferenceLength),
        FileColumn.Required(Course, Catalogue.Course.TitleLength),
        FileColumn.Required(Area),
        FileColumn.Required(Sector),
        FileColumn.Required(SubmittedOnColumn),
        FileColumn.Required(Question.Confidence),
        FileColumn.Required(Question.Knowledge),
        FileColumn.Required(Question.ChangedPractice),
        FileColumn.Text(ChangedPracticeExample, SurveyComment.TextLength),
        FileColumn.Required(Question.ImpactedFamilies),
        FileColumn.Text(ImpactedFamiliesExample, SurveyComment.TextLength),
        FileColumn.Optional(Question.Toolkits, 1000),
        FileColumn.Required(Question.Recommend),
        FileColumn.Optional(DelegateEmail, EmailAddress.MaxLength),
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
