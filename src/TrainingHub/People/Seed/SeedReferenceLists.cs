using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Data;

namespace TrainingHub.People;

/// <summary>Adds the sectors of the data file that are not there yet; what staff changed stays as it is.</summary>
internal sealed class SeedReferenceLists(TrainingHubDb db) : ISeed
{
    private static readonly FileColumn[] SectorColumns = [FileColumn.Required("name", Sector.NameLength)];

    public static int Order => 10;

    public static bool DemoOnly => false;

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var row in await RowsAsync("People.Seed.sectors.csv", SectorColumns, ct))
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into sectors (id, name, sort_order)
                values ({Guid.CreateVersion7()}, {row.Text("name")}, {row.Number})
                on conflict (name) do nothing
                """,
                ct);
        }
    }

    internal static async Task<IReadOnlyList<FileRow>> RowsAsync(string name, FileColumn[] columns, CancellationToken ct)
    {
        await using var file = SeedFile.Open(name);
        var table = await FileTable.ReadAsync(file, columns, ct);
        return table.Errors is [] ? table.Rows : throw new InvalidOperationException($"{name}: {table.Errors[0]}");
    }
}
