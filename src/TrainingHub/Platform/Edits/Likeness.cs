namespace TrainingHub.Platform;

/// <summary>What was typed as a pattern for ILIKE, in which %, _ and \ mean themselves.</summary>
internal static class Likeness
{
    public static string Whole(string typed) =>
        typed.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    public static string Part(string typed) => $"%{Whole(typed)}%";
}
