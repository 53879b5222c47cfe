namespace TrainingHub.Surveys;

/// <summary>Everything that an imported answer says, to find one that is the same in every cell but the address.</summary>
internal sealed record AnswerContent(
    Guid? CourseId,
    Guid? RunId,
    Guid? AreaId,
    Guid? SectorId,
    DateOnly SubmittedOn,
    Guid ConfidenceId,
    Guid KnowledgeId,
    bool ChangedPractice,
    string? ChangedPracticeExample,
    bool ImpactedFamilies,
    string? ImpactedFamiliesExample,
    bool? UsesToolkits,
    string Toolkits,
    bool Recommend)
{
    public static AnswerContent Of(SurveyResponse response, string? changedPracticeExample, string? impactedFamiliesExample) => new(
        response.CourseId, response.RunId, response.AreaId, response.SectorId, response.SubmittedOn,
        response.ConfidenceId, response.KnowledgeId, response.ChangedPractice, changedPracticeExample,
        response.ImpactedFamilies, impactedFamiliesExample,
        response.UsesToolkits, string.Join(' ', response.ToolkitIds.Order()), response.Recommend);
}
