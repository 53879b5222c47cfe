namespace TrainingHub.Platform.Files;

/// <summary>
/// Text that a spreadsheet would run as a formula gets an apostrophe in front when it is written to CSV (OWASP ASVS 5.0, 1.2.10)
/// and loses it when it is read, so that what was exported comes back as it was. Numbers are left alone.
/// </summary>
internal static class SpreadsheetText
{
    private const string Runs = "=+-@\t\r";

    public static string Neutralise(string text) =>
        StartsAsFormula(text) || (text.Length > 1 && text[0] == '\'' && StartsAsFormula(text[1..])) ? "'" + text : text;

    public static string Restore(string text) =>
        text.Length > 1 && text[0] == '\'' && (StartsAsFormula(text[1..]) || (text.Length > 2 && text[1] == '\'' && StartsAsFormula(text[2..])))
            ? text[1..]
            : text;

    private static bool StartsAsFormula(string text) => text.Length > 0 && Runs.Contains(text[0], StringComparison.Ordinal);
}
