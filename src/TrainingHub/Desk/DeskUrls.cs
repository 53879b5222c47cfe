using TrainingHub.Platform;

namespace TrainingHub.Desk;

/// <summary>Addresses of this room, without the host.</summary>
internal static class DeskUrls
{
    public const string Month = "/staff/dates/calendar";
    public const string NextYear = "/staff/dates/next-year";
    public const string Drafts = "/staff/dates/drafts";
    public const string Publish = "/staff/dates/publish";

    public const string Settings = "/staff/settings";
    public const string PartnershipSettings = "/staff/settings/partnership";
    public const string DeadlineSettings = "/staff/settings/deadlines";
    public const string LookSettings = "/staff/settings/look";
    public const string Start = "/staff/settings/start";

    public static string NameList(string list) => $"{Settings}/lists/{list}";

    public static string ListedName(string list, Guid id) => $"{NameList(list)}/{id}";

    public static string MonthOf(DateOnly day) => $"{Month}?month={day:yyyy-MM}";

    public static string DraftsOf(FinancialYear year) => $"{Drafts}?year={year}";

    public static string PublishOne(Guid run) => $"{Publish}?date={run}";

    public static string DeleteDraft(Guid run) => $"/staff/dates/{run}/delete";
}
