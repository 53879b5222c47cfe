using Microsoft.EntityFrameworkCore;
using TrainingHub.People;

namespace TrainingHub.Desk;

internal sealed record KnownPerson(Guid Id, string Name, string Email);

/// <summary>Records that may be the same person: one name at several addresses, or at one address names of which one holds the other.</summary>
internal static class SimilarPeople
{
    private const int Most = 10;

    public static async Task<IReadOnlyList<KnownPerson>> FindAsync(TrainingHubDb db, Person person, CancellationToken ct) =>
        await db.People.AsNoTracking()
            .Where(other => other.Id != person.Id && (other.NameKey == person.NameKey
                || other.EmailKey == person.EmailKey && (other.NameKey.Contains(person.NameKey) || person.NameKey.Contains(other.NameKey))))
            .OrderBy(other => other.Name).ThenBy(other => other.Id).Take(Most)
            .Select(other => new KnownPerson(other.Id, other.Name, other.Email))
            .ToListAsync(ct);
}
