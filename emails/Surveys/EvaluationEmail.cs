namespace TrainingHub.Emails;

/// <summary>To a delegate on the day after their course or event.</summary>
/// <param name="DelegateName">Who attended.</param>
/// <param name="Asked">The course; or several that ended on one day.</param>
/// <param name="ReadBy">Who reads the answers, to stand after "read by", such as "the training team and the evaluation group".</param>
/// <param name="StopUrl">Stops survey emails for this person, and only these.</param>
/// <param name="IsEvent">Events, about which nothing more is asked later.</param>
public sealed record EvaluationEmail(string DelegateName, IReadOnlyList<SurveyAsk> Asked, string ReadBy, string StopUrl, bool IsEvent = false) : IEmailMessage
{
    public string Subject => $"{DelegateName}, how was {SurveyAsk.Words(Asked)}?";

    public string KeptSubject => $"How was {SurveyAsk.Words(Asked)}?";

    public string? UnsubscribeUrl => StopUrl;
}
