using System.Reflection;

namespace TrainingHub.Platform.Data;

/// <summary>SQL in a .sql file beside the code that runs it, embedded under the file's namespace.</summary>
internal static class SqlFile
{
    /// <param name="name">"TrainingHub.Reporting.Sql.impact.sql"</param>
    /// <exception cref="ArgumentException">No such file is embedded.</exception>
    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new ArgumentException($"No SQL file {name} is embedded.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The names of all files of a folder, in order.</summary>
    public static IEnumerable<string> In(string folder) => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(folder + ".", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);
}
