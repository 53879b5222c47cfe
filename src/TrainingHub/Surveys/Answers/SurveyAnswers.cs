namespace TrainingHub.Surveys;

/// <summary>
/// What one delegate answered, checked against the lists. <see cref="UsesToolkits"/> false = "None"; null = left blank, in files
/// only.
/// </summary>
internal sealed record SurveyAnswers(
    Guid ConfidenceId,
    Guid KnowledgeId,
    bool ChangedPractice,
    string? ChangedPracticeExample,
    bool ImpactedFamilies,
    string? ImpactedFamiliesExample,
    bool? UsesToolkits,
    List<Guid> ToolkitIds,
    bool Recommend)
{
    /// <summary>The free texts, each with the question that it answers; null was left empty.</summary>
    public (string QuestionKey, string? Text)[] Texts =>
    [
        (Question.ChangedPractice, ChangedPracticeExample),
        (Question.ImpactedFamilies, ImpactedFamiliesExample),
    ];

    /// <summary>The comments of a new response, all to be read.</summary>
    public IEnumerable<SurveyComment> Comments(Guid responseId, DateTimeOffset now)
    {
        foreach (var (key, text) in Texts)
        {
            if (text is not null)
            {
                yield return new SurveyComment { Id = Guid.NewGuid(), ResponseId = responseId, QuestionKey = key, Text = text, MayBePassedOn = true, CreatedAt = now };
            }
        }
    }

    /// <summary>
    /// What changes among the comments of a response when these answers replace the earlier ones. A text that changed has to be
    /// read again; one that raised a concern stays.
    /// </summary>
    public (List<SurveyComment> Gone, List<SurveyComment> New) Replace(List<SurveyComment> earlier, Guid responseId, DateTimeOffset now)
    {
        var kept = Texts
            .Where(text => earlier.Exists(comment => comment.QuestionKey == text.QuestionKey && comment.Text == text.Text))
            .Select(text => text.QuestionKey)
            .ToHashSet();
        return (
            earlier.FindAll(comment => comment.State != CommentState.Concern && !kept.Contains(comment.QuestionKey)),
            [.. Comments(responseId, now).Where(comment => !kept.Contains(comment.QuestionKey))]);
    }
}
