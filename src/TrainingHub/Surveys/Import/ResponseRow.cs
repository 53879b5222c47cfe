using TrainingHub.Platform.Files;

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
    public const string DelegateEmail = "delegate_email";
    public const string DelegateName = "delegate_name";

    /// <summary>Keys of the same delegate under other names and addresses that they had: their records were merged since.</summary>
    public IReadOnlyList<byte[]> FormerKeys { get; init; } = [];

    /// <summary>Its row in the file.</summary>
    public required FileRow Row { get; init; }

    public AnswerContent Content => AnswerContent.Of(NewResponse(), Answers.Texts);

    public SurveyResponse NewResponse() => new()
    {
        Id = Guid.NewGuid(),
        CourseId = CourseId,
        RunId = RunId,
        AreaId = AreaId,
        SectorId = SectorId,
        SubmittedOn = SubmittedOn,
        VersionId = Answers.VersionId,
        OptionIds = Answers.OptionIds,
        Origin = ResponseOrigin.Import,
    };
}
