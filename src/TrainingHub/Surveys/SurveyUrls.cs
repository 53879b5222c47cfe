using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

internal static class SurveyUrls
{
    public const string Comments = "/staff/surveys/comments";
    /// <summary>The versions of a survey, for staff.</summary>
    public const string Questions = "/staff/surveys/questions";

    /// <param name="survey">Its key.</param>
    public static string QuestionsOf(string survey) => Questions + Of(survey, '?');

    /// <summary>A question of the draft; without a key a new one.</summary>
    public static string Question(string? key, string survey = Survey.ThreeMonths) =>
        key is null ? Questions + "/edit" + Of(survey, '?') : $"{Questions}/edit?key={key}" + Of(survey, '&');

    public static string PublishQuestions(string survey = Survey.ThreeMonths) => Questions + "/publish" + Of(survey, '?');

    public static string DiscardQuestions(string survey = Survey.ThreeMonths) => Questions + "/discard" + Of(survey, '?');

    /// <summary>A version as it looks on a phone.</summary>
    public static string Preview(int version, string survey = Survey.ThreeMonths) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Questions}/preview?version={version}") + Of(survey, '&');

    public const string Concerns = "/staff/surveys/concerns";

    public const string ReadComments = Comments + "?show=read";

    public const string Words = "/staff/surveys/words";
    public const string Quotes = "/staff/surveys/quotes";
    public const string Themes = "/staff/surveys/themes";
    public const string ThemeCounts = Themes + "/counts";

    public static string Quote(Guid comment) => $"{Comments}/{comment}/quote";

    public static string Code(Guid comment) => $"{Comments}/{comment}/themes";

    /// <summary>Where a comment is counted for a training need.</summary>
    public static string Need(Guid comment) => $"{Comments}/{comment}/need";

    public static string Theme(Guid id) => $"{Themes}/{id}";

    /// <summary>Where several comments are marked as read.</summary>
    public const string MarkRead = Comments + "/read";

    /// <summary>How many have not answered, by date and organisation.</summary>
    public const string Unanswered = "/staff/surveys/unanswered";

    /// <summary>Where all of a date who have not answered are reminded.</summary>
    public static string Remind(Guid run) => $"{Unanswered}/{run}";

    public static string RaiseConcern(Guid comment) => $"{Comments}/{comment}/concern";

    /// <summary>For the safeguarding lead alone.</summary>
    public static string Concern(Guid id) => $"{Concerns}/{id}";

    /// <param name="id"></param>
    /// <param name="act">One of <c>ConcernAct</c>, in lower case.</param>
    public static string ConcernAct(Guid id, string act) => $"{Concerns}/{id}/{act}";

    /// <summary>Where a second person decides whether the lead may see who wrote a text.</summary>
    public static string DecideIdentity(Guid id) => $"{Concerns}/{id}/identity";

    /// <summary>Where the code in the room leads, short enough to be typed.</summary>
    public static string Room(string code) => $"/how/{code}";

    /// <summary>The code of a date, for staff and its trainer.</summary>
    public static string RoomCode(Guid run) => $"/staff/dates/{run}/how";

    /// <summary>The private link of an email.</summary>
    public static string Link(SecretToken token) => $"/survey/{token.Value}";

    public static string Stop(SecretToken token) => $"/survey/stop/{token.Value}";

    /// <summary>Where the private link leads: useless without the cookie that the link gives.</summary>
    public static string Answer(Guid invitationId) => $"/survey/answer/{invitationId}";

    /// <summary>The questions before a course, for whoever may open the delegate's own page of the place.</summary>
    public static string Before(Guid place) => BookingUrls.BeforeQuestions(place);

    /// <summary>Where a delegate gets a link for their manager.</summary>
    public static string AskManager(Guid invitationId) => $"/survey/manager/{invitationId}";

    public static string ThankYou(Guid invitationId) => $"/survey/thank-you/{invitationId}";

    // Without it, the three-month survey is meant.
    private static string Of(string survey, char before) => survey == Survey.ThreeMonths ? "" : $"{before}survey={survey}";
}
