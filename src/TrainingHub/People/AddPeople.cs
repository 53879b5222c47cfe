using Microsoft.EntityFrameworkCore;

namespace TrainingHub.People;

/// <summary>
/// Finds people by address and name and adds the unknown ones, in one statement however many there are. A known person keeps the
/// spelling that is on record; one whose records were merged is found by each address and name that they had. Joins its caller's transaction.
/// </summary>
internal static class AddPeople
{
    /// <returns>The ids of all that were named.</returns>
    public static async Task<IReadOnlyDictionary<PersonKey, Guid>> RunAsync(
        TrainingHubDb db, IEnumerable<(string Name, string Email)> named, DateTimeOffset now, CancellationToken ct)
    {
        // In the order of the keys, as a booking adds them.
        var wanted = named.Select(one => (one.Name, one.Email, Key: PersonKey.Of(one.Email, one.Name)))
            .DistinctBy(one => one.Key)
            .OrderBy(one => one.Key.Email, StringComparer.Ordinal)
            .ThenBy(one => one.Key.Name, StringComparer.Ordinal)
            .ToList();
        string[] emails = [.. wanted.Select(one => one.Key.Email)];
        var ids = await db.PersonAliases
            .Where(alias => emails.Contains(alias.EmailKey))
            .Select(alias => new { Key = new PersonKey(alias.EmailKey, alias.NameKey), alias.PersonId })
            .ToDictionaryAsync(alias => alias.Key, alias => alias.PersonId, ct);
        wanted.RemoveAll(one => ids.ContainsKey(one.Key));
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into people (id, email, email_key, name, name_key, created_at)
            select id, email, email_key, name, name_key, {now}
            from unnest({wanted.Select(_ => Guid.CreateVersion7(now)).ToArray()}, {wanted.Select(one => one.Email).ToArray()}, {wanted.Select(one => one.Key.Email).ToArray()},
                {wanted.Select(one => one.Name).ToArray()}, {wanted.Select(one => one.Key.Name).ToArray()})
                as given (id, email, email_key, name, name_key)
            on conflict (email_key, name_key) do nothing
            """,
            ct);
        // Somebody who books is not taken for who was known so before; a row of their own comes first.
        foreach (var person in await db.People
            .Where(person => emails.Contains(person.EmailKey))
            .Select(person => new { Key = new PersonKey(person.EmailKey, person.NameKey), person.Id })
            .ToListAsync(ct))
        {
            ids[person.Key] = person.Id;
        }

        return ids;
    }
}
