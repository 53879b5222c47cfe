using System.Text.RegularExpressions;

namespace TrainingHub.Tests.House;

/// <summary>One file of the application: its room, and what its code (not its comments and plain strings) names.</summary>
internal sealed partial class SourceFile
{
    public SourceFile(string path, string text)
    {
        Path = path;
        Room = path.Contains('/') ? path[..path.IndexOf('/')] : "";
        IsPage = path.EndsWith(".cshtml", StringComparison.Ordinal);
        Code = IsPage ? PageComments().Replace(text, "") : CommentsAndStrings().Replace(text, match => IsKept(match.Value) ? match.Value : "");
    }

    public string Path { get; }

    /// <summary>The first folder; empty for the files above all rooms.</summary>
    public string Room { get; }

    public bool IsPage { get; }

    public string Code { get; }

    public IEnumerable<string> DeclaredTypes => Declarations().Matches(Code).Select(match => match.Groups[1].Value);

    public override string ToString() => Path;

    // An interpolated string holds code, and a quote between apostrophes opens nothing.
    private static bool IsKept(string token) => token[0] is '$' or '\'';

    [GeneratedRegex("""\$+@?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'|\"{3}[\s\S]*?\"{3}|@"(?:""|[^"])*"|"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*[\s\S]*?\*/""")]
    private static partial Regex CommentsAndStrings();

    [GeneratedRegex(@"@\*[\s\S]*?\*@")]
    private static partial Regex PageComments();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record)\s+([A-Z]\w*)")]
    private static partial Regex Declarations();
}
