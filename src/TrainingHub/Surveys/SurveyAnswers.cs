namespace TrainingHub.Surveys;

/// <summary>What one delegate answered, checked against the lists. No toolkit means "None".</summary>
internal sealed record SurveyAnswers(
    Guid ConfidenceId,
    Guid KnowledgeId,
    bool ChangedPractice,
    string? ChangedPracticeExample,
    bool ImpactedFamilies,
    string? ImpactedFamiliesExample,
    List<Guid> ToolkitIds,
    bool Recommend)
{
    /// <summary>The free texts, each with the question that it stands under; null was left empty.</summary>
    public (string QuestionKey, string? Text)[] Texts =>
    [
        (Question.ChangedPractice, ChangedPracticeExample),
        (Question.ImpactedFamilies, ImpactedFamiliesExample),
    ];
}
