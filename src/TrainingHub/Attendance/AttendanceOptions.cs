namespace TrainingHub.Attendance;

/// <summary>How much of the planned time makes an attendance when a report is read. A person decides; this proposes.</summary>
internal sealed class AttendanceOptions
{
    public const string Section = "Attendance";

    public const string Wrong = "Attendance:AttendedPercent must be from 1 to 100 and not below Attendance:PartPercent, which must be from 1.";

    public int AttendedPercent { get; init; } = 80;

    /// <summary>Below it nothing is proposed.</summary>
    public int PartPercent { get; init; } = 25;

    public bool IsValid => PartPercent >= 1 && AttendedPercent >= PartPercent && AttendedPercent <= 100;

    /// <returns>Null: ask.</returns>
    public Mark? Propose(double percent) => percent >= AttendedPercent ? Mark.Attended : percent >= PartPercent ? Mark.Part : null;
}
