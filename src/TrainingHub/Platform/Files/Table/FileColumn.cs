namespace TrainingHub.Platform.Files;

/// <summary>What a column holds, so that a preview can show it as it was read and a template can format it.</summary>
internal enum ColumnKind
{
    Text,
    LongText,
    Date,
    Time,
    Money,
    Whole,

    /// <summary>Yes or No.</summary>
    YesNo,

    /// <summary>One of the names of a list.</summary>
    Listed,
}

/// <summary>A column that a file may have, or must have and fill in every row.</summary>
internal sealed record FileColumn(string Name, ColumnKind Kind, bool IsRequired, int MaxLength)
{
    public const int UsualLength = 200;

    /// <summary>What the example row of a template has.</summary>
    public string Example { get; init; } = "";

    public bool HasLineBreaks => Kind == ColumnKind.LongText;

    public static FileColumn Required(string name, int maxLength = UsualLength) => new(name, ColumnKind.Text, true, maxLength);

    public static FileColumn Required(string name, ColumnKind kind) => new(name, kind, true, UsualLength);

    public static FileColumn Optional(string name, int maxLength = UsualLength) => new(name, ColumnKind.Text, false, maxLength);

    public static FileColumn Optional(string name, ColumnKind kind) => new(name, kind, false, UsualLength);

    /// <summary>Several lines of free text.</summary>
    public static FileColumn Text(string name, int maxLength) => new(name, ColumnKind.LongText, false, maxLength);

    public FileColumn Like(string example) => this with { Example = example };

    /// <summary>"Run reference", " run_reference " and "Run-Reference*:" are the same column.</summary>
    public static string KeyOf(string heading) => string.Join('_', heading.ToLowerInvariant()
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(word => word.Split(['_', '-', '*', ':', '?', '.', '(', ')'], StringSplitOptions.RemoveEmptyEntries)));
}
