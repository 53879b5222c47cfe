using TrainingHub.Bookings;

namespace TrainingHub.Attendance;

internal static class AttendanceUrls
{
    public const string Dates = "/staff/dates";

    public static string Date(Guid run) => BookingUrls.StaffDate(run);

    public static string Register(Guid run) => $"/staff/dates/{run}/register";

    /// <summary>Of one meeting of several.</summary>
    public static string Register(Sitting sitting) => sitting.Meeting is { } meeting ? $"{Register(sitting.RunId)}?meeting={meeting}" : Register(sitting.RunId);

    /// <summary>The register, scrolled to one person.</summary>
    public static string Register(Sitting sitting, Guid place) => $"{Register(sitting)}#{Anchor(place)}";

    public static string Print(Guid run) => $"/staff/dates/{run}/register/print";

    public static string Booking(string reference) => $"/staff/bookings/{reference}";

    public static string Anchor(Guid place) => $"place-{place:N}";
}
