using System.Text.RegularExpressions;

namespace TrainingHub.Tests.House;

internal enum Access
{
    /// <summary>Anybody.</summary>
    Public,

    /// <summary>Anybody who has the private link, which is part of the address or was followed before.</summary>
    PrivateLink,

    /// <summary>Signed-in staff.</summary>
    Staff,

    /// <summary>Machines that prove themselves by a signature.</summary>
    Signed,

    /// <summary>Anybody, but only in Demo.</summary>
    DemoOnly,
}

/// <summary>Who may call what. A page's line covers its GET and its POST handlers.</summary>
internal static partial class AccessMatrix
{
    public static readonly IReadOnlyDictionary<string, Access> Routes = new Dictionary<string, Access>
    {
    };

    /// <summary>An address that fits the pattern; what it names need not exist, since strangers are turned away first.</summary>
    public static string Example(string pattern) =>
        "/" + Parameter().Replace(pattern[(pattern.IndexOf(' ', StringComparison.Ordinal) + 1)..], match =>
            match.Value.Contains("guid", StringComparison.Ordinal) ? Guid.Empty.ToString()
            : match.Value.Contains("int", StringComparison.Ordinal) ? "1"
            : match.Value.EndsWith("?}", StringComparison.Ordinal) ? ""
            : "x");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
