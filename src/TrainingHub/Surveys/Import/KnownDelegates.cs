using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Files;

namespace TrainingHub.Surveys;

/// <summary>Whose a row of answers is: an address says it only where one person has it on that date.</summary>
internal sealed class KnownDelegates
{
    private readonly Dictionary<(Guid RunId, string Email), Dictionary<string, string>> names = [];

    /// <summary>The people who have one of the file's addresses on some date.</summary>
    public static async Task<KnownDelegates> ReadAsync(TrainingHubDb db, FileTable table, CancellationToken ct)
    {
        var emails = table.Rows.Select(row => row.Text(ResponseRow.DelegateEmail)).OfType<string>()
            .Select(email => EmailAddress.KeyOf(EmailAddress.Clean(email))).Distinct().ToList();
        var known = new KnownDelegates();
        var booked = await (
            from person in db.People
            where emails.Contains(person.EmailKey)
            join place in db.LivePlaces on person.Id equals place.PersonId
            select new { place.RunId, person.EmailKey, person.NameKey, Name = place.DelegateName ?? person.Name }).ToListAsync(ct);
        foreach (var one in booked)
        {
            if (!known.names.TryGetValue((one.RunId, one.EmailKey), out var sharing))
            {
                known.names[(one.RunId, one.EmailKey)] = sharing = [];
            }

            sharing[one.NameKey] = one.Name;
        }

        return known;
    }

    /// <summary>The key of the delegate's name, null where none is known; fails the row where it could be one of several people.</summary>
    public string? NameKeyOf(FileRow row, Guid runId, string emailKey)
    {
        if (row.Text(ResponseRow.DelegateName) is { } given)
        {
            return PersonKey.NameOf(given);
        }

        var sharing = names.GetValueOrDefault((runId, emailKey)) ?? [];
        if (sharing.Count > 1)
        {
            var all = sharing.Values.Order(StringComparer.Ordinal).ToList();
            row.Fail(
                ResponseRow.DelegateName,
                $"On this date {string.Join(", ", all.SkipLast(1))} and {all[^1]} have this email address. Write whose answers these are.");
        }

        return sharing.Count == 1 ? sharing.Keys.First() : null;
    }
}
