namespace TrainingHub.Platform.Files;

/// <summary>A column that a file may have, or must have and fill in every row.</summary>
internal sealed record FileColumn(string Name, bool IsRequired, int MaxLength, bool HasLineBreaks)
{
    public const int UsualLength = 200;

    public static FileColumn Required(string name, int maxLength = UsualLength) => new(name, true, maxLength, false);

    public static FileColumn Optional(string name, int maxLength = UsualLength) => new(name, false, maxLength, false);

    /// <summary>Several lines of free text.</summary>
    public static FileColumn Text(string name, int maxLength) => new(name, false, maxLength, true);

    /// <summary>"Run reference" and " run_reference " are the same column.</summary>
    public static string KeyOf(string header) =>
        string.Join('_', header.Trim().ToLowerInvariant().Split([' ', '_', '-'], StringSplitOptions.RemoveEmptyEntries));
}
