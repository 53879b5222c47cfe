namespace TrainingHub.Attendance;

/// <summary>What may be noted beside a mark, for both tables of marks. Who is absent has none of it, which the commands see to.</summary>
internal static class MarkDetails
{
    public const int MostMinutes = 1440;

    public const string Check = "minutes between 0 and 1440 and late between 1 and 1440 and left_early between 1 and 1440";

    /// <summary>"10 minutes late, left 20 minutes early"; null when neither is noted.</summary>
    public static string? Words(int? late, int? leftEarly) => (late, leftEarly) switch
    {
        (null, null) => null,
        ({ } after, null) => $"{Minutes(after)} late",
        (null, { } before) => $"left {Minutes(before)} early",
        ({ } after, { } before) => $"{Minutes(after)} late, left {Minutes(before)} early",
    };

    public static string Minutes(int count) => count == 1 ? "1 minute" : $"{count} minutes";
}
