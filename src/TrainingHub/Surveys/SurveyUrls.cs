using TrainingHub.Platform;

namespace TrainingHub.Surveys;

internal static class SurveyUrls
{
    public const string Comments = "/staff/surveys/comments";
    /// <summary>The versions of the survey, for staff.</summary>
    public const string Questions = "/staff/surveys/questions";

    /// <summary>A question of the draft; without a key a new one.</summary>
    public static string Question(string? key) => key is null ? Questions + "/edit" : $"{Questions}/edit?key={key}";

    public const string PublishQuestions = Questions + "/publish";

    public const string DiscardQuestions = Questions + "/discard";

    /// <summary>A version as it looks on a phone.</summary>
    public static string Preview(int version) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Questions}/preview?version={version}");

    public const string Concerns = Comments + "?show=concerns";

    public const string ReadComments = Comments + "?show=read";

    /// <summary>Where several comments are marked as read.</summary>
    public const string MarkRead = Comments + "/read";

    public static string CloseConcern(Guid comment) => $"{Comments}/{comment}/close";

    /// <summary>The private link of an email.</summary>
    public static string Link(SecretToken token) => $"/survey/{token.Value}";

    public static string Stop(SecretToken token) => $"/survey/stop/{token.Value}";

    /// <summary>Where the private link leads: useless without the cookie that the link gives.</summary>
    public static string Answer(Guid invitationId) => $"/survey/answer/{invitationId}";

    public static string ThankYou(Guid invitationId) => $"/survey/thank-you/{invitationId}";
}
