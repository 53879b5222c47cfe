using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Desk;

/// <summary>Addresses of this room, without the host.</summary>
internal static class DeskUrls
{
    public const string Bookings = BookingUrls.StaffBookings;
    public const string DeadlineSettings = "/staff/settings/deadlines";
    public const string AccountSettings = "/staff/settings/accounts";
    public const string Drafts = "/staff/dates/drafts";
    public const string Emails = "/staff/emails";
    public const string EmailsAgain = Emails + "/again";
    public const string History = "/staff/history";
    public const string LookSettings = "/staff/settings/look";
    public const string MergeOrganisations = "/staff/organisations/merge";
    public const string MergePeople = "/staff/people/merge";
    public const string Month = "/staff/dates/calendar";
    public const string NewOrganisation = "/staff/organisations/new";
    public const string NextYear = "/staff/dates/next-year";
    public const string NoticeSettings = "/staff/settings/notice";
    public const string Organisations = "/staff/organisations";
    public const string PartnershipSettings = "/staff/settings/partnership";
    public const string People = "/staff/people";
    public const string Publish = "/staff/dates/publish";
    public const string Settings = "/staff/settings";
    public const string ShowOrganisations = Organisations + "/show";
    public const string SimilarOrganisations = "/staff/organisations/similar";
    public const string Start = "/staff/settings/start";

    public const string Texts = "/staff/settings/texts";
    public const string UrgentSettings = UrgentNumbers.Page;

    public static string Text(string key) => $"{Texts}/{key}";

    public static string Email(Guid id) => $"{Emails}/{id}";

    public static string NameList(string list) => $"{Settings}/lists/{list}";

    public static string ListedName(string list, Guid id) => $"{NameList(list)}/{id}";

    public static string Booking(string reference) => $"{Bookings}/{reference}";

    /// <summary>Those of everything that the text finds.</summary>
    public static string BookingsOf(string text) => $"{Bookings}?q={Uri.EscapeDataString(text)}";

    public static string MonthOf(DateOnly day) => $"{Month}?month={day:yyyy-MM}";

    public static string DraftsOf(FinancialYear year) => $"{Drafts}?year={year}";

    public static string PublishOne(Guid run) => $"{Publish}?id={run}";

    public static string DeleteDraft(Guid run) => $"/staff/dates/{run}/delete";

    public static string Evidence(Guid organisation) => $"{Organisation(organisation)}/evidence";

    public static string Statement(Guid organisation) => $"/staff/organisations/{organisation}/statement";
    public static string StatementFile(Guid organisation, FinancialYear from) => $"/staff/organisations/{organisation}/statement?year={from}&file=pdf";
    public static string Organisation(Guid id) => $"{Organisations}/{id}";

    public static string Person(Guid id) => $"{People}/{id}";

    /// <summary>The preview of a merge.</summary>
    public static string Merge(string page, IEnumerable<Guid> ids) => $"{page}?{string.Join('&', ids.Select(id => $"id={id}"))}";
}
