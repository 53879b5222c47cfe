using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Files;

namespace TrainingHub.Surveys;

/// <summary>Whose a row of answers is.</summary>
/// <param name="NameKey">Null where no name is known.</param>
/// <param name="PersonId">Null where it is nobody who has a place on the date.</param>
/// <param name="OtherKeys">Under which else the person is or was known: an answer that was imported under one of them is theirs.</param>
internal sealed record RowDelegate(string? NameKey, Guid? PersonId, IReadOnlyList<PersonKey> OtherKeys);

/// <summary>
/// Whose a row of answers is: an address says it only where one person has it on that date. Somebody whose records were merged is known
/// by each address and name that they had.
/// </summary>
internal sealed class KnownDelegates
{
    private sealed record Known(Guid PersonId, PersonKey Key, string Name, bool IsFormer);

    private readonly List<Known> all = [];
    private ILookup<(Guid RunId, string Email), Known> onDates = Array.Empty<Known>().ToLookup(_ => (Guid.Empty, ""));

    /// <summary>The people who have one of the file's addresses on some date.</summary>
    public static async Task<KnownDelegates> ReadAsync(TrainingHubDb db, FileTable table, CancellationToken ct)
    {
        var emails = table.Rows.Select(row => row.Text(ResponseRow.DelegateEmail)).OfType<string>()
            .Select(email => EmailAddress.KeyOf(EmailAddress.Clean(email))).Distinct().ToList();
        var names = db.People.Select(one => new { one.Id, one.EmailKey, one.NameKey, one.Name, IsFormer = false })
            .Concat(db.PersonAliases
                .Where(alias => !db.People.Any(person => person.EmailKey == alias.EmailKey && person.NameKey == alias.NameKey))
                .Select(one => new { Id = one.PersonId, one.EmailKey, one.NameKey, one.Name, IsFormer = true }));
        var ids = await names.Where(one => emails.Contains(one.EmailKey)).Select(one => one.Id).Distinct().ToListAsync(ct);
        var known = new KnownDelegates();
        foreach (var one in await names.Where(one => ids.Contains(one.Id)).ToListAsync(ct))
        {
            known.all.Add(new(one.Id, new(one.EmailKey, one.NameKey), one.Name, one.IsFormer));
        }

        var places = await db.LivePlaces.Where(place => place.PersonId != null && ids.Contains(place.PersonId.Value))
            .Select(place => new { place.RunId, place.PersonId, place.DelegateName }).ToListAsync(ct);
        known.onDates = (
            from place in places
            join one in known.all on place.PersonId equals one.PersonId
            select (place.RunId, One: one.IsFormer ? one : one with { Name = place.DelegateName ?? one.Name }))
            .ToLookup(pair => (pair.RunId, pair.One.Key.Email), pair => pair.One);
        return known;
    }

    /// <summary>Whose the row is; fails it where it could be one of several people.</summary>
    public RowDelegate Of(FileRow row, Guid runId, string emailKey)
    {
        var here = onDates[(runId, emailKey)].OrderBy(one => one.IsFormer).ToList();
        if (row.Text(ResponseRow.DelegateName) is { } given)
        {
            var nameKey = PersonKey.NameOf(given);
            return Of(nameKey, here.Find(one => one.Key.Name == nameKey));
        }

        if (here.DistinctBy(one => one.PersonId).Count() > 1)
        {
            var sharing = here.DistinctBy(one => one.PersonId).Select(one => one.Name).Order(StringComparer.Ordinal).ToList();
            row.Fail(
                ResponseRow.DelegateName,
                $"On this date {string.Join(", ", sharing.SkipLast(1))} and {sharing[^1]} have this email address. Write whose answers these are.");
            return new(null, null, []);
        }

        return Of(here.FirstOrDefault()?.Key.Name, here.FirstOrDefault());
    }

    private RowDelegate Of(string? nameKey, Known? one) => new(
        nameKey, one?.PersonId, one is null ? [] : [.. all.Where(other => other.PersonId == one.PersonId && other.Key != one.Key).Select(other => other.Key)]);
}
