namespace TrainingHub.Platform;

/// <summary>Where a demonstration keeps its files: TRAININGHUB_DATA, else .data in the working folder. Always an absolute path.</summary>
internal static class DataFolder
{
    public static string In(IConfiguration configuration) =>
        Path.GetFullPath(configuration["TRAININGHUB_DATA"] is { Length: > 0 } given ? given : ".data");
}
