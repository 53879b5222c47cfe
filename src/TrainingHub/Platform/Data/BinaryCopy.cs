using Npgsql;
using NpgsqlTypes;

namespace TrainingHub.Platform.Data;

/// <summary>Many rows into one table by COPY, in the transaction that is open on the connection.</summary>
internal static class BinaryCopy
{
    /// <param name="copy">"copy places (id, …) from stdin (format binary)"</param>
    /// <param name="cells">A row's values in the order of the columns: Guid, int, DateTimeOffset in UTC, string or null.</param>
    public static async Task CopyInAsync<T>(
        this NpgsqlConnection connection, string copy, IReadOnlyCollection<T> rows, Func<T, object?[]> cells, CancellationToken ct)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var import = await connection.BeginBinaryImportAsync(copy, ct);
        foreach (var row in rows)
        {
            await import.StartRowAsync(ct);
            foreach (var cell in cells(row))
            {
                await WriteAsync(import, cell, ct);
            }
        }

        await import.CompleteAsync(ct);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter import, object? cell, CancellationToken ct) => cell switch
    {
        null => import.WriteNullAsync(ct),
        Guid id => import.WriteAsync(id, NpgsqlDbType.Uuid, ct),
        int number => import.WriteAsync(number, NpgsqlDbType.Integer, ct),
        DateTimeOffset instant => import.WriteAsync(instant, NpgsqlDbType.TimestampTz, ct),
        string text => import.WriteAsync(text, NpgsqlDbType.Text, ct),
        _ => throw new ArgumentException($"{cell.GetType().Name} is not a cell.", nameof(cell)),
    };
}
