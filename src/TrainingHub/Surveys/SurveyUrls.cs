using TrainingHub.Platform;

namespace TrainingHub.Surveys;

internal static class SurveyUrls
{
    public const string Comments = "/staff/surveys/comments";
    public const string Concerns = Comments + "?show=concerns";

    public const string ReadComments = Comments + "?show=read";

    /// <summary>Where several comments are marked as read.</summary>
    public const string MarkRead = Comments + "/read";

    /// <summary>How many have not answered, by date and organisation.</summary>
    public const string Unanswered = "/staff/surveys/unanswered";

    /// <summary>Where all of a date who have not answered are reminded.</summary>
    public static string Remind(Guid run) => $"{Unanswered}/{run}";

    public static string CloseConcern(Guid comment) => $"{Comments}/{comment}/close";

    /// <summary>The private link of an email.</summary>
    public static string Link(SecretToken token) => $"/survey/{token.Value}";

    public static string Stop(SecretToken token) => $"/survey/stop/{token.Value}";

    /// <summary>Where the private link leads: useless without the cookie that the link gives.</summary>
    public static string Answer(Guid invitationId) => $"/survey/answer/{invitationId}";

    public static string ThankYou(Guid invitationId) => $"/survey/thank-you/{invitationId}";
}
