namespace TrainingHub.Tests;

/// <summary>What a text from a spreadsheet or a chat program may hold unseen: NUL, the others below the space, DEL, those after it.</summary>
internal static class ControlCharacters
{
    public static readonly string All = string.Concat(
        Enumerable.Range(0, 0xA0).Select(number => (char)number).Where(sign => char.IsControl(sign) && sign is not ('\t' or '\n' or '\r')));

    /// <summary>The words with all of them inside: after the first letter.</summary>
    public static string In(string words) => words[..1] + All + words[1..];
}
