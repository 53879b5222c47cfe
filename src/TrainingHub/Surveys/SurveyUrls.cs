using TrainingHub.Platform;

namespace TrainingHub.Surveys;

internal static class SurveyUrls
{
    public const string Comments = "/staff/surveys/comments";
    public const string Concerns = Comments + "?show=concerns";

    public const string ReadComments = Comments + "?show=read";

    public static string CloseConcern(Guid comment) => $"{Comments}/{comment}/close";

    /// <summary>One page, from 1, of the comments to read or those that <paramref name="show"/> names.</summary>
    public static string CommentsPage(string? show, int number)
    {
        string?[] query = [show is null ? null : $"show={Uri.EscapeDataString(show)}", number > 1 ? $"page={number}" : null];
        return string.Join('?', new[] { Comments, string.Join('&', query.OfType<string>()) }.Where(part => part.Length > 0));
    }

    /// <summary>The private link of an email.</summary>
    public static string Link(SecretToken token) => $"/survey/{token.Value}";

    public static string Stop(SecretToken token) => $"/survey/stop/{token.Value}";

    /// <summary>Where the private link leads: useless without the cookie that the link gives.</summary>
    public static string Answer(Guid invitationId) => $"/survey/answer/{invitationId}";

    public static string ThankYou(Guid invitationId) => $"/survey/thank-you/{invitationId}";
}
