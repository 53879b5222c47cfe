namespace TrainingHub.Surveys;

/// <summary>What one delegate answered, checked against the version that asked it.</summary>
/// <param name="VersionId"></param>
/// <param name="OptionIds">All that was chosen. A question without one was left out.</param>
/// <param name="Texts">By the question that they answer; null was left empty.</param>
internal sealed record SurveyAnswers(Guid VersionId, List<Guid> OptionIds, IReadOnlyDictionary<string, string?> Texts)
{
    /// <summary>The comments of a new response, all to be read.</summary>
    public IEnumerable<SurveyComment> Comments(Guid responseId, DateTimeOffset now)
    {
        foreach (var (key, text) in Texts)
        {
            if (text is not null)
            {
                yield return new SurveyComment
                {
                    Id = Guid.NewGuid(),
                    ResponseId = responseId,
                    VersionId = VersionId,
                    QuestionKey = key,
                    Text = text,
                    MayBePassedOn = true,
                    CreatedAt = now,
                };
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
            .Where(text => earlier.Exists(comment => comment.QuestionKey == text.Key && comment.Text == text.Value))
            .Select(text => text.Key)
            .ToHashSet();
        return (
            earlier.FindAll(comment => comment.State != CommentState.Concern && !kept.Contains(comment.QuestionKey)),
            [.. Comments(responseId, now).Where(comment => !kept.Contains(comment.QuestionKey))]);
    }
}
