using Npgsql;
using NpgsqlTypes;
using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

/// <summary>
/// Dates as somebody who books them sees them, read as the table has them at this moment. The same as <see cref="DateLines"/> in
/// plain SQL: each booking asks, and making the query in C# would cost more than running it.
/// </summary>
internal static class BookableRuns
{
    /// <returns>The date, or null when there is none with this id.</returns>
    public static async Task<DateLine?> FindAsync(NpgsqlConnection connection, Guid runId, CancellationToken ct) =>
        (await FindAsync(connection, [runId], ct)).GetValueOrDefault(runId);

    /// <returns>Those of the dates that there are, by their ids.</returns>
    public static Task<Dictionary<Guid, DateLine>> FindAsync(NpgsqlConnection connection, Guid[] runIds, CancellationToken ct) =>
        ReadAsync(connection, runIds, sectorId: null, areaId: null, ct);

    /// <summary>The same, at the prices of somebody who works there.</summary>
    public static Task<Dictionary<Guid, DateLine>> FindForAsync(NpgsqlConnection connection, Guid[] runIds, Guid sectorId, Guid areaId, CancellationToken ct) =>
        ReadAsync(connection, runIds, sectorId, areaId, ct);

    /// <summary>
    /// The same, with the cancellation policy that who books on that day accepts, and the prices of programmes that the dates complete, in one go.
    /// </summary>
    public static async Task<(Dictionary<Guid, DateLine> Runs, CancellationPolicy? Policy, IReadOnlyList<WholePrice> Wholes)> FindToBookAsync(
        NpgsqlConnection connection, BookPlaceRequest request, DateOnly day, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command(request.RunIds, request.SectorId, request.AreaId));
        batch.BatchCommands.Add(ReadPolicy.Of(day));
        if (request.Dates.Count > 1)
        {
            batch.BatchCommands.Add(WholePrices.Of(request.RunIds));
        }

        await using var reader = await batch.ExecuteReaderAsync(ct);
        var runs = await RunsAsync(reader, request.RunIds.Length, ct);
        await reader.NextResultAsync(ct);
        var policy = await ReadPolicy.FromAsync(reader, ct);
        return (runs, policy, await reader.NextResultAsync(ct) ? await WholePrices.FromAsync(reader, ct) : []);
    }

    private static async Task<Dictionary<Guid, DateLine>> ReadAsync(NpgsqlConnection connection, Guid[] runIds, Guid? sectorId, Guid? areaId, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command(runIds, sectorId, areaId));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await RunsAsync(reader, runIds.Length, ct);
    }

    private static NpgsqlBatchCommand Command(Guid[] runIds, Guid? sectorId, Guid? areaId) => new(BookingSql.BookableRuns)
    {
        Parameters =
        {
            new("run_ids", runIds),
            new("sector_id", NpgsqlDbType.Uuid) { Value = (object?)sectorId ?? DBNull.Value },
            new("area_id", NpgsqlDbType.Uuid) { Value = (object?)areaId ?? DBNull.Value },
        },
    };

    private static async Task<Dictionary<Guid, DateLine>> RunsAsync(NpgsqlDataReader reader, int count, CancellationToken ct)
    {
        var found = new Dictionary<Guid, DateLine>(count);
        while (await reader.ReadAsync(ct))
        {
            var run = Read(reader);
            found.Add(run.Id, run);
        }

        return found;
    }

    private static DateLine Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        CourseId = row.GetGuid(1),
        Course = row.GetString(2),
        Slug = row.GetString(3),
        Reference = row.GetString(4),
        StartsAt = row.GetFieldValue<DateTimeOffset>(5),
        EndsAt = row.GetFieldValue<DateTimeOffset>(6),
        RunsOn = row.GetFieldValue<DateOnly>(7),
        Slot = Enum.Parse<RunSlot>(row.GetString(8)),
        Delivery = Enum.Parse<DeliveryMode>(row.GetString(9)),
        Capacity = row.GetInt32(10),
        PlacesTaken = row.GetInt32(11),
        PlacesLeft = row.GetInt32(12),
        State = Enum.Parse<RunState>(row.GetString(13)),
        ChangeNumber = row.GetInt32(14),
        Venue = Text(row, 15),
        Address = Text(row, 16),
        AreaId = row.IsDBNull(17) ? null : row.GetGuid(17),
        Area = Text(row, 18),
        IsForEveryArea = row.GetBoolean(19),
        Provider = Text(row, 20),
        Pence = row.IsDBNull(21) ? null : row.GetInt32(21),
        PricedBy = row.IsDBNull(22) ? null : Enum.Parse<PriceSource>(row.GetString(22)),
        Length = row.IsDBNull(23) ? null : Enum.Parse<CourseLength>(row.GetString(23)),
        PricedFrom = row.IsDBNull(24) ? null : row.GetFieldValue<DateOnly>(24),
        IsPublic = row.GetBoolean(25),
        Meetings = row.IsDBNull(26) ? null : Meetings.FromRanges(row.GetFieldValue<NpgsqlRange<DateTime>[]>(26)),
        BooksUntil = row.IsDBNull(27) ? null : row.GetFieldValue<DateTimeOffset>(27),
        HeldBackLeft = row.GetInt32(28),
        HeldBackForId = row.IsDBNull(29) ? null : row.GetGuid(29),
        HeldBackFor = Text(row, 30),
        HeldBackUntil = row.IsDBNull(31) ? null : row.GetFieldValue<DateTimeOffset>(31),
        ClassPrices = Text(row, 32) is { } prices ? ClassPrices.Read(prices) : null,
        PayerClassId = row.IsDBNull(33) ? null : row.GetGuid(33),
        PlacesWaitedFor = row.GetInt32(34),
        Prerequisite = row.IsDBNull(36) ? null : Prerequisite.Of(Enum.Parse<PrerequisiteRule>(row.GetString(35)), row.GetGuid(36), row.GetString(37), Text(row, 38)),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
