namespace TrainingHub.Platform.Files;

/// <summary>A kind of file that staff bring, by its columns.</summary>
/// <param name="Name">The word on the command line and in addresses: "programme".</param>
/// <param name="Title">What people call it: "Programme: courses and dates".</param>
/// <param name="Noun">In a sentence: "This is a programme file."</param>
internal sealed record FileKind(string Name, string Title, string Noun, IReadOnlyList<FileColumn> Columns)
{
    public IEnumerable<FileColumn> Required => Columns.Where(column => column.IsRequired);

    public FileColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);
}

/// <summary>How a file is to be read.</summary>
/// <param name="IsLenient">Leave out what nobody asked for, instead of refusing it.</param>
/// <param name="Others">Kinds that the file may be instead.</param>
internal sealed record FileRules(FileKind Kind, FileMapping Mapping, bool IsLenient, IReadOnlyList<FileKind> Others)
{
    public static FileRules Plain(IReadOnlyList<FileColumn> columns) => new(new FileKind("", "", "", columns), FileMapping.None, IsLenient: false, []);
}

/// <summary>What staff have said that headings and values of this kind of file mean.</summary>
/// <param name="Headings">By <see cref="FileColumn.KeyOf"/>: the column, or null to leave it out.</param>
/// <param name="Values">By column and <see cref="KnownNames.KeyOf"/>: the known name.</param>
internal sealed record FileMapping(IReadOnlyDictionary<string, string?> Headings, IReadOnlyDictionary<(string Column, string Key), string> Values)
{
    public static readonly FileMapping None = new(new Dictionary<string, string?>(), new Dictionary<(string, string), string>());
}
