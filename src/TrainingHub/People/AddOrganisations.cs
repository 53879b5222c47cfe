using Microsoft.EntityFrameworkCore;

namespace TrainingHub.People;

/// <param name="Ids">Of all that were named, by <see cref="Organisation.KeyOf"/>.</param>
/// <param name="New">The names of those that were not known.</param>
internal sealed record AddedOrganisations(IReadOnlyDictionary<string, Guid> Ids, IReadOnlyList<string> New);

/// <summary>
/// Finds organisations by name and adds the unknown ones, in one statement however many there are. A known one keeps its name and
/// sector; a name that was merged stands for the one that stayed. Staff name them, so all count as approved. Joins its caller's transaction.
/// </summary>
internal static class AddOrganisations
{
    public static async Task<AddedOrganisations> RunAsync(
        TrainingHubDb db, IEnumerable<(string Name, Guid SectorId)> named, DateTimeOffset now, CancellationToken ct)
    {
        // In the order of the keys, so that two that add the same ones do not lock each other out.
        var wanted = named.Select(one => (one.Name, one.SectorId, Key: Organisation.KeyOf(one.Name)))
            .DistinctBy(one => one.Key)
            .OrderBy(one => one.Key, StringComparer.Ordinal)
            .ToList();
        string[] keys = [.. wanted.Select(one => one.Key)];
        var added = await db.Database.SqlQuery<string>(
            $"""
            insert into organisations (id, name, name_key, sector_id, is_approved)
            select id, name, name_key, sector_id, true
            from unnest({wanted.Select(_ => Guid.CreateVersion7(now)).ToArray()}, {wanted.Select(one => one.Name).ToArray()},
                {keys}, {wanted.Select(one => one.SectorId).ToArray()}) as given (id, name, name_key, sector_id)
            on conflict (name_key) do nothing
            returning name as "Value"
            """).ToListAsync(ct);
        // Held until the commit, so that none of them is merged away meanwhile; in the order in which a merge takes them.
        var known = await db.Database.SqlQuery<Known>(
            $"""
            select name_key as "Key", coalesce(merged_into_id, id) as "Id"
            from organisations
            where name_key = any({keys})
            order by id
            for key share
            """).ToListAsync(ct);
        var ids = known.ToDictionary(one => one.Key, one => one.Id);
        await db.Organisations
            .Where(one => ids.Values.Contains(one.Id) && !one.IsApproved)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.IsApproved, true), ct);
        return new(ids, added);
    }

    private sealed record Known(string Key, Guid Id);
}
