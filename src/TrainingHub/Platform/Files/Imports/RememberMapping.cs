using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform.Files;

/// <summary>Remembers for a kind of file what headings and values mean; the last word counts. Twice the same is once.</summary>
internal sealed class RememberMapping(TrainingHubDb db)
{
    /// <param name="Column">Null to leave the column out.</param>
    public sealed record HeadingMeans(string Heading, string? Column);

    public sealed record ValueMeans(string Column, string Value, string Means);

    public async Task RunAsync(string kind, IReadOnlyList<HeadingMeans> headings, IReadOnlyList<ValueMeans> values, CancellationToken ct)
    {
        foreach (var (heading, column) in headings)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into import_headings (kind, heading_key, column_name)
                values ({kind}, {FileColumn.KeyOf(heading)}, {column})
                on conflict (kind, heading_key) do update
                set column_name = excluded.column_name
                """,
                ct);
        }

        foreach (var (column, value, means) in values)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into import_values (kind, column_name, value_key, means)
                values ({kind}, {column}, {KnownNames.KeyOf(value)}, {means})
                on conflict (kind, column_name, value_key) do update
                set means = excluded.means
                """,
                ct);
        }
    }
}
