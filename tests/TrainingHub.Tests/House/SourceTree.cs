using System.Runtime.CompilerServices;

namespace TrainingHub.Tests.House;

/// <summary>The source files of the repository, by their path below a folder.</summary>
internal static class SourceTree
{
    private static readonly string[] Skipped = ["bin", "obj", "node_modules", "wwwroot"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths below <paramref name="folder"/>, with slashes, and the text of each file with one of the endings.</summary>
    public static IReadOnlyDictionary<string, string> Read(string folder, params string[] endings)
    {
        var start = Path.Combine(Root, folder);
        return Directory.EnumerateFiles(start, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(start, file))
            .Where(path => endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)) && !path.Split('/').Any(Skipped.Contains))
            .ToDictionary(path => path, path => File.ReadAllText(Path.Combine(start, path)));
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TrainingHub.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? Path.GetFullPath(Path.Combine(here, "../../../.."));
    }
}
