using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TrainingHub.Catalogue;

/// <summary>The prices as a whole of the programmes of which dates cover every module. An archived programme, and one module alone, have none.</summary>
internal static class WholePrices
{
    public static NpgsqlBatchCommand Of(Guid[] runIds) => new(
        """
        select programme.id, programme.title, modules.ids, payer.id, payer.sort_order, payer.words, fee.starts_on, fee.price_pence
        from programme_fees fee
        join programmes programme on programme.id = fee.programme_id
        join payer_classes payer on payer.id = fee.payer_class_id
        cross join lateral (
            select array_agg(course.id) as ids
            from courses course
            where course.programme_id = programme.id
              and course.archived_at is null
        ) modules
        where programme.archived_at is null
          and cardinality(modules.ids) >= 2
          and modules.ids <@ (select array_agg(run.course_id) from course_runs run where run.id = any(@run_ids))
        order by programme.title, programme.id, payer.sort_order, payer.id, fee.starts_on
        """)
    {
        Parameters = { new("run_ids", runIds) },
    };

    public static async Task<IReadOnlyList<WholePrice>> FromAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var rows = new List<(Guid Id, string Programme, Guid[] Modules, WholeFee Fee)>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add((reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<Guid[]>(2), new(
                reader.GetGuid(3), reader.GetInt32(4) == PayerClass.Everybody, reader.GetString(5), reader.GetFieldValue<DateOnly>(6),
                reader.IsDBNull(7) ? null : reader.GetInt32(7))));
        }

        return [.. rows.GroupBy(row => row.Id).Select(whole => new WholePrice(whole.First().Programme, whole.First().Modules, [.. whole.Select(row => row.Fee)]))];
    }

    public static async Task<IReadOnlyList<WholePrice>> ReadAsync(NpgsqlConnection connection, Guid[] runIds, CancellationToken ct)
    {
        // One date completes no programme.
        if (runIds.Length < 2)
        {
            return [];
        }

        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Of(runIds));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await FromAsync(reader, ct);
    }

    public static async Task<IReadOnlyList<WholePrice>> ReadAsync(TrainingHubDb db, IEnumerable<Guid> runIds, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            return await ReadAsync((NpgsqlConnection)db.Database.GetDbConnection(), [.. runIds], ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
