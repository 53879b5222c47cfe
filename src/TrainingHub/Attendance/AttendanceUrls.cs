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

    /// <summary>The register, asking first whether the mark of one person is to be changed although their survey has gone out.</summary>
    public static string Register(Sitting sitting, Guid place, string to) =>
        $"{Register(sitting)}{(sitting.Meeting is null ? '?' : '&')}ask={place}&to={to}#{Anchor(place)}";

    /// <summary>Where a report of Teams, Zoom or Meet is read.</summary>
    public static string Report(Sitting sitting) =>
        $"{Register(sitting.RunId)}/report{(sitting.Meeting is { } meeting ? $"?meeting={meeting}" : "")}";

    public static string Print(Guid run) => $"/staff/dates/{run}/register/print";

    /// <summary>The same with a page of access needs for the trainer.</summary>
    public static string PrintWithNeeds(Guid run) => $"{Print(run)}?needs=true";

    /// <summary>Links to what was recorded and shown at an event, as staff keep them.</summary>
    public static string Recording(Guid run) => $"/staff/dates/{run}/recording";

    /// <summary>The same for whoever came or asked for it.</summary>
    public static string RecordingLink(string token) => $"/recordings/{token}";

    /// <summary>What a trainer sees: their own dates, and the register of one.</summary>
    public const string Door = "/staff/door";

    public static string DoorOf(Guid run) => $"{Door}/{run}";

    /// <summary>What people answered three months after a trainer's own date.</summary>
    public static string DoorAnswers(Guid run) => $"{DoorOf(run)}/answers";

    public static string DoorOf(Sitting sitting) => sitting.Meeting is { } meeting ? $"{DoorOf(sitting.RunId)}?meeting={meeting}" : DoorOf(sitting.RunId);

    /// <summary>The register, scrolled to one person.</summary>
    public static string DoorOf(Sitting sitting, Guid place) => $"{DoorOf(sitting)}#{Anchor(place)}";

    public static string DoorWalkIn(Sitting sitting) => $"{DoorOf(sitting.RunId)}/walk-in{(sitting.Meeting is { } meeting ? $"?meeting={meeting}" : "")}";

    public static string Booking(string reference) => $"/staff/bookings/{reference}";

    public static string Anchor(Guid place) => $"place-{place:N}";
}
