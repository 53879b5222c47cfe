using Microsoft.EntityFrameworkCore;

namespace TrainingHub.People;

/// <summary>
/// Finds people by address and name and adds the unknown ones, in one statement however many there are. A known person keeps the
/// spelling that is on record. Joins its caller's transaction.
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
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into people (id, email, email_key, name, name_key, created_at)
            select id, email, email_key, name, name_key, {now}
            from unnest({wanted.Select(_ => Guid.CreateVersion7(now)).ToArray()}, {wanted.Select(one => one.Email).ToArray()}, {emails},
                {wanted.Select(one => one.Name).ToArray()}, {wanted.Select(one => one.Key.Name).ToArray()})
                as given (id, email, email_key, name, name_key)
            on conflict (email_key, name_key) do nothing
            """,
            ct);
        return await db.People
            .Where(person => emails.Contains(person.EmailKey))
            .Select(person => new { Key = new PersonKey(person.EmailKey, person.NameKey), person.Id })
            .ToDictionaryAsync(person => person.Key, person => person.Id, ct);
    }
}
