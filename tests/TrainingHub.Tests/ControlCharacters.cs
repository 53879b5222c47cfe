namespace TrainingHub.Tests;

/// <summary>What a text from a spreadsheet or a chat program may hold unseen: those below the space, DEL, those after it. Without NUL, which no form may carry.</summary>
internal static class ControlCharacters
{
    public static readonly string All = string.Concat(
        Enumerable.Range(1, 0x9F).Select(number => (char)number).Where(sign => char.IsControl(sign) && sign is not ('\t' or '\n' or '\r')));

    /// <summary>The words with all of them inside: after the first letter.</summary>
    public static string In(string words) => words[..1] + All + words[1..];
}
