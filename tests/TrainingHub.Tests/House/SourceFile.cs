using System.Text.RegularExpressions;

namespace TrainingHub.Tests.House;

/// <summary>One file of the application: its room, what its code (not its comments and plain strings) names, and the SQL in it.</summary>
internal sealed partial class SourceFile
{
    public SourceFile(string path, string text)
    {
        Path = path;
        Text = text;
        Room = path.Contains('/') ? path[..path.IndexOf('/')] : "";
        IsPage = path.EndsWith(".cshtml", StringComparison.Ordinal);
        var isSql = path.EndsWith(".sql", StringComparison.Ordinal);
        Sql = isSql ? [SqlComments().Replace(text, "")] : [.. CommentsAndStrings().Matches(text).Select(match => match.Value).Where(IsSql)];
        Code = isSql ? "" : IsPage ? PageComments().Replace(text, "") : CommentsAndStrings().Replace(text, match => IsKept(match.Value) ? match.Value : "");
    }

    public string Path { get; }

    public string Text { get; }

    /// <summary>The first folder; empty for the files above all rooms.</summary>
    public string Room { get; }

    public bool IsPage { get; }

    public string Code { get; }

    /// <summary>The whole of an .sql file without its comments, or each string of the code that is a statement or a part of one.</summary>
    public IReadOnlyList<string> Sql { get; }

    public IEnumerable<string> DeclaredTypes => Declarations().Matches(Code).Select(match => match.Groups[1].Value);

    public override string ToString() => Path;

    // An interpolated string holds code, and a quote between apostrophes opens nothing.
    private static bool IsKept(string token) => token[0] is '$' or '\'';

    [GeneratedRegex("""\$+@?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'|\"{3}[\s\S]*?\"{3}|@"(?:""|[^"])*"|"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*[\s\S]*?\*/""")]
    private static partial Regex CommentsAndStrings();

    private static bool IsSql(string token) => Statements().IsMatch(token);

    [GeneratedRegex(@"--[^\n]*")]
    private static partial Regex SqlComments();

    // Lower case, as all SQL here is written; "Select a date" on a page is none.
    [GeneratedRegex("^[$@]*\"+\\s*(?:with|select|insert|update|delete|copy|lock|from|join)\\s")]
    private static partial Regex Statements();

    [GeneratedRegex(@"@\*[\s\S]*?\*@")]
    private static partial Regex PageComments();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record)\s+([A-Z]\w*)")]
    private static partial Regex Declarations();
}
