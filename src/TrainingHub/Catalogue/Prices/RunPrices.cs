using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Catalogue;

/// <summary>Prices of dates. A date without one cannot be booked online: its page says whom to ask.</summary>
internal static class RunPrices
{
    /// <returns>Null when nothing says what the date costs, or there is no such date.</returns>
    public static async Task<Price?> FindAsync(TrainingHubDb db, Guid runId, CancellationToken ct) =>
        (await FindAsync(db, [runId], ct)).GetValueOrDefault(runId);

    /// <returns>Only the dates that have a price.</returns>
    public static async Task<IReadOnlyDictionary<Guid, Price>> FindAsync(TrainingHubDb db, IReadOnlyCollection<Guid> runIds, CancellationToken ct) =>
        await db.RunPrices.AsNoTracking()
            .Where(price => runIds.Contains(price.RunId))
            .ToDictionaryAsync(price => price.RunId, price => RunPrice.Words(price.Pence, price.Source, price.Length, price.StartsOn, price.ClassPrices), ct);
}
