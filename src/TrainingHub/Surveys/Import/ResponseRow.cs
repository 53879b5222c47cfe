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

    public static readonly FileKind Kind = new("survey-responses", "Survey answers", "survey answers",
    [
        FileColumn.Optional(RunReference, Catalogue.CourseRun.ReferenceLength).Like("NEG-2027-03"),
        FileColumn.Required(Course, Catalogue.Course.TitleLength).Like("Neglect"),
        FileColumn.Required(Area, ColumnKind.Listed),
        FileColumn.Required(Sector, ColumnKind.Listed),
        FileColumn.Required(SubmittedOnColumn, ColumnKind.Date).Like("2027-06-18"),
        FileColumn.Required(Question.Confidence, ColumnKind.Listed),
        FileColumn.Required(Question.Knowledge, ColumnKind.Listed),
        FileColumn.Required(Question.ChangedPractice, ColumnKind.YesNo).Like("Yes"),
        FileColumn.Text(ChangedPracticeExample, SurveyComment.TextLength).Like("I ask the child first."),
        FileColumn.Required(Question.ImpactedFamilies, ColumnKind.YesNo).Like("No"),
        FileColumn.Text(ImpactedFamiliesExample, SurveyComment.TextLength),
        new(Question.Toolkits, ColumnKind.Listed, IsRequired: false, MaxLength: 1000),
        FileColumn.Required(Question.Recommend, ColumnKind.YesNo).Like("Yes"),
        FileColumn.Optional(DelegateEmail, EmailAddress.MaxLength).Like("amina.okafor@example.org"),
        FileColumn.Optional(DelegateName, People.Person.NameLength).Like("Amina Okafor"),
    ]);

    /// <summary>Keys of the same delegate under other names and addresses that they had: their records were merged since.</summary>
    public IReadOnlyList<byte[]> FormerKeys { get; init; } = [];

    /// <summary>Its row in the file.</summary>
    public required FileRow Row { get; init; }

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
