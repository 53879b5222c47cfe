using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace TrainingHub.Tests;

/// <summary>Writes many entities of one type by COPY, with the columns and conversions that their mapping says.</summary>
internal static class BulkCopy
{
    private sealed record Column(string Name, string Type, Func<object, object?> ValueOf);

    /// <summary>All of them or none. Computed columns are left to the server.</summary>
    public static async Task RunAsync<T>(TrainingHubDb db, IEnumerable<T> rows, CancellationToken ct)
        where T : class
    {
        var type = db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is not mapped.");
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        var columns = type.GetProperties()
            .Where(property => !property.IsShadowProperty() && property.GetComputedColumnSql(table) is null)
            .Select(property => ColumnOf(property, table))
            .ToList();
        await db.Database.OpenConnectionAsync(ct);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var copy = await connection.BeginBinaryImportAsync(
            $"copy {table.Name} ({string.Join(", ", columns.Select(column => column.Name))}) from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            foreach (var column in columns)
            {
                if (column.ValueOf(row) is { } value)
                {
                    await copy.WriteAsync(value, column.Type, ct);
                }
                else
                {
                    await copy.WriteNullAsync(ct);
                }
            }
        }

        await copy.CompleteAsync(ct);
    }

    private static Column ColumnOf(IProperty property, StoreObjectIdentifier table)
    {
        var (getter, mapping) = (property.GetGetter(), property.GetRelationalTypeMapping());
        return new(
            property.GetColumnName(table)!,
            mapping.StoreTypeNameBase,
            mapping.Converter is { } converter ? row => converter.ConvertToProvider(getter.GetClrValue(row)) : getter.GetClrValue);
    }
}
