using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>Addresses of this room, without the host.</summary>
internal static class LearningUrls
{
    public const string Actions = "/staff/learning";
    public const string Sources = Actions + "/sources";
    public const string NewSource = $"{Sources}/{Edit.New}";
    public const string Meeting = Actions + "/meeting";
    public const string Meetings = Actions + "/meetings";
    public const string Needs = Actions + "/needs";
    public const string MergeNeeds = Needs + "/merge";
    public const string NeedsStand = Needs + "/stand";
    public const string ActionsDone = Actions + "/actions-done";
    public const string ActionsLater = Actions + "/actions-later";
    public const string ActionsOwner = Actions + "/actions-owner";
    public const string NewNeed = $"{Needs}/{Edit.New}";
    public const string Themes = Actions + "/themes";
    public const string NewTheme = $"{Themes}/{Edit.New}";
    public const string NewPriority = $"{Actions}/priorities/{Edit.New}";

    public static string Source(Guid id) => $"{Sources}/{id}";

    public static string Recommendation(Guid id) => $"{Actions}/recommendations/{id}";

    public static string NewRecommendation(Guid source) => $"{Actions}/recommendations/{Edit.New}/{source}";

    public static string Action(Guid id) => $"{Actions}/actions/{id}";

    public static string NewAction(Guid recommendation) => $"{Actions}/actions/{Edit.New}/{recommendation}";

    public static string ActionAct(Guid id, string act) => $"{Actions}/actions/{id}/{act}";

    public static string Change(Guid id) => $"{Actions}/changes/{id}";

    public static string NewChange(Guid action) => $"{Actions}/changes/{Edit.New}/{action}";

    public static string Notify(Guid change) => $"{Actions}/changes/{change}/notify";

    public static string Notice(Guid id) => $"{Actions}/notices/{id}";

    public static string Withdraw(Guid notice) => $"{Actions}/notices/{notice}/withdraw";

    public static string PastMeeting(Guid id) => $"{Meetings}/{id}";

    public static string Need(Guid id) => $"{Needs}/{id}";

    public static string Theme(Guid id) => $"{Themes}/{id}";

    public static string Priority(Guid id) => $"{Actions}/priorities/{id}";

    public static string CourseThemes(Guid course) => $"{Actions}/courses/{course}";

    public static string Document(Guid id) => $"{Actions}/documents/{id}";

    public static string NewDocument(Guid provider) => $"{Actions}/documents/{Edit.New}/{provider}";

    /// <summary>A newer one of its line.</summary>
    public static string ReplaceDocument(Guid provider, Guid id) => $"{NewDocument(provider)}?replaces={id}";

    public static string DocumentFile(Guid id) => $"{Document(id)}?handler=File";

    public static string Observation(Guid id) => $"{Actions}/observations/{id}";

    public static string NewObservation(Guid run) => $"{Actions}/observations/{Edit.New}/{run}";

    public static string Review(Guid id) => $"{Actions}/reviews/{id}";

    public static string NewReview(Guid provider) => $"{Actions}/reviews/{Edit.New}/{provider}";

    /// <summary>In an email to a provider.</summary>
    public static string NoticeLink(string token) => $"/notices/{token}";

    /// <summary>For a browser that has opened that link.</summary>
    public static string ProviderNotice(Guid id) => $"/notices/to/{id}";
}
