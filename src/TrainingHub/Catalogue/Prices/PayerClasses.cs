using Npgsql;

namespace TrainingHub.Catalogue;

/// <summary>Which class somebody belongs to. The rule is the function payer_class_of.</summary>
internal static class PayerClasses
{
    /// <param name="connection">Open.</param>
    /// <param name="sectorId">Of who books.</param>
    /// <param name="areaId">Where they work.</param>
    /// <param name="ct">To stop.</param>
    public static async Task<Guid> OfAsync(NpgsqlConnection connection, Guid sectorId, Guid areaId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select payer_class_id from payer_class_of($1, $2)", connection)
        {
            Parameters = { new() { Value = sectorId }, new() { Value = areaId } },
        };
        return (Guid)(await command.ExecuteScalarAsync(ct) ?? throw new InvalidOperationException("No class is everybody's."));
    }
}
