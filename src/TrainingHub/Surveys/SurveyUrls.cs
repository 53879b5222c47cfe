using TrainingHub.Platform;

namespace TrainingHub.Surveys;

internal static class SurveyUrls
{
    public const string Comments = "/staff/surveys/comments";
    public const string Concerns = Comments + "?show=concerns";

    /// <summary>One page of the comments to read, from 1.</summary>
    public static string CommentsPage(int number) => number > 1 ? $"{Comments}?page={number}" : Comments;

    /// <summary>The private link of an email.</summary>
    public static string Link(SecretToken token) => $"/survey/{token.Value}";

    public static string Stop(SecretToken token) => $"/survey/stop/{token.Value}";

    /// <summary>Where the private link leads: useless without the cookie that the link gives.</summary>
    public static string Answer(Guid invitationId) => $"/survey/answer/{invitationId}";

    public static string ThankYou(Guid invitationId) => $"/survey/thank-you/{invitationId}";
}
