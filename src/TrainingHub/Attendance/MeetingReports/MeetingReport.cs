namespace TrainingHub.Attendance;

/// <summary>Whose report a mark was read from.</summary>
internal enum ReportKind
{
    Teams,
    Zoom,
    Meet,
}

internal static class ReportWords
{
    /// <summary>"a Teams report".</summary>
    public static string A(ReportKind kind) => $"a {kind} report";
}

/// <summary>What a file of Teams, Zoom or Meet says about who was there. It is read, and not kept.</summary>
/// <param name="Kind"></param>
/// <param name="Stays">One row each.</param>
/// <param name="Above">Moments that stand above the table, of which one may be the meeting's start.</param>
internal sealed record MeetingReport(ReportKind Kind, IReadOnlyList<ReportStay> Stays, IReadOnlyList<ReportMoment> Above);

/// <summary>One row: somebody's stay in the meeting, or all of theirs added up.</summary>
/// <param name="Name">As the file has it.</param>
/// <param name="Addresses">Those that the row has, Teams' sign-in name among them, which looks like one. Never written anywhere.</param>
/// <param name="Joined">Null when the file does not say or it cannot be read.</param>
/// <param name="Left"></param>
/// <param name="Duration">Null is unknown, and not nought.</param>
/// <param name="IsWhole">All stays of this person added up, so that there may be gaps between joining and leaving.</param>
internal sealed record ReportStay(
    string Name, IReadOnlyList<string> Addresses, ReportMoment? Joined, ReportMoment? Left, TimeSpan? Duration, bool IsWhole);
