using TrainingHub.Platform;

namespace TrainingHub.Desk;

/// <summary>Addresses of this room, without the host.</summary>
internal static class DeskUrls
{
    public const string Bookings = "/staff/bookings";
    public const string Month = "/staff/dates/calendar";
    public const string NextYear = "/staff/dates/next-year";
    public const string Drafts = "/staff/dates/drafts";
    public const string Publish = "/staff/dates/publish";

    public static string Booking(string reference) => $"{Bookings}/{reference}";

    /// <summary>Those of everything that the text finds.</summary>
    public static string BookingsOf(string text) => $"{Bookings}?q={Uri.EscapeDataString(text)}";

    public static string MonthOf(DateOnly day) => $"{Month}?month={day:yyyy-MM}";

    public static string DraftsOf(FinancialYear year) => $"{Drafts}?year={year}";

    public static string PublishOne(Guid run) => $"{Publish}?date={run}";

    public static string DeleteDraft(Guid run) => $"/staff/dates/{run}/delete";
}
