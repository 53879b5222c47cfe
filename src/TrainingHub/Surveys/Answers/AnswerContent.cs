namespace TrainingHub.Surveys;

/// <summary>Everything that an imported answer says, to find one that is the same in every cell but the address.</summary>
/// <param name="CourseId"></param>
/// <param name="RunId"></param>
/// <param name="AreaId"></param>
/// <param name="SectorId"></param>
/// <param name="SubmittedOn"></param>
/// <param name="VersionId"></param>
/// <param name="Options">What was chosen, in the order of ids.</param>
/// <param name="Texts">What was written, by question.</param>
internal sealed record AnswerContent(
    Guid? CourseId, Guid? RunId, Guid? AreaId, Guid? SectorId, DateOnly SubmittedOn, Guid VersionId, string Options, string Texts)
{
    public static AnswerContent Of(SurveyResponse response, IEnumerable<KeyValuePair<string, string?>> texts) => new(
        response.CourseId, response.RunId, response.AreaId, response.SectorId, response.SubmittedOn, response.VersionId,
        string.Join(' ', response.OptionIds.Order()),
        string.Join('\u001e', texts.Where(text => text.Value is not null).OrderBy(text => text.Key, StringComparer.Ordinal).Select(text => $"{text.Key}\u001f{text.Value}")));
}
