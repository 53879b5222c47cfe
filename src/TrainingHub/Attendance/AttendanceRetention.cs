using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <summary>How long names stand on certificates: until their place has none. Marks stay, without a name.</summary>
internal static class AttendanceRetention
{
    public static readonly IReadOnlyList<RetentionRule> Rules =
    [
        new("certificates", "The name on a certificate", "So that people can prove that they took part", BookingRetention.Names, "after the financial year of the course, with the name on the place") { Job = nameof(KeepCertificates) },
    ];
}
