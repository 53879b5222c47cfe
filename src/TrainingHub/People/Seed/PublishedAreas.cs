using TrainingHub.Platform.Files;

namespace TrainingHub.People;

/// <summary>The areas of Seed/areas.csv, new: those of the demonstration, and those that a file may name while a partnership has named none.</summary>
internal static class PublishedAreas
{
    private static readonly FileColumn[] Columns =
        [FileColumn.Required("name", Area.NameLength), FileColumn.Required("long_name", Area.NameLength), FileColumn.Required("kind")];

    public static async Task<IReadOnlyList<Area>> ReadAsync(CancellationToken ct) =>
    [
        .. (await SeedReferenceLists.RowsAsync("People.Seed.areas.csv", Columns, ct)).Select(row => new Area
        {
            Id = Guid.CreateVersion7(),
            Name = row.Text("name") ?? "",
            LongName = row.Text("long_name") ?? "",
            SortOrder = row.Number,
            Kind = Enum.Parse<AreaKind>(row.Text("kind") ?? ""),
        }),
    ];
}
