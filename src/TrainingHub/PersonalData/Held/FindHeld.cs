using Npgsql;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Email;

namespace TrainingHub.PersonalData;

/// <summary>What may be about the asker: one record, or all bookings of one booker, which are one.</summary>
/// <param name="Ids">The first names them all in a form.</param>
/// <param name="Words">What stands there, as in "Ann Ames, ann@example.org".</param>
/// <param name="ByAddress">The address is the same; else only the name is like it.</param>
internal sealed record Found(HeldKind Kind, Guid[] Ids, string Words, string? Facts, bool ByAddress)
{
    public string Key => $"{Kind}:{Ids[0]}";

    /// <summary>Why it is in the list.</summary>
    public string Why => ByAddress ? "Same address" : "Name is like it";
}

/// <summary>
/// Looks through all rooms for records that may be of somebody with these addresses and this name: people and what they were called before
/// a merge, bookers, addresses of invoices, waiting lists, contacts, accounts of staff, and words in which they are named. It only
/// proposes: whose they are is for staff to say.
/// </summary>
internal sealed class FindHeld(NpgsqlDataSource database)
{
    private const int MostOfAKind = 50;

    private static readonly Dictionary<string, HeldKind> Kinds = Enum.GetValues<HeldKind>().ToDictionary(kind => SnakeCase.Name(kind.ToString()));

    private static readonly string Sql = SqlFile.Read("TrainingHub.PersonalData.Sql.FindHeld.sql");

    /// <param name="name">A name or parts of one, in any order; null looks by address alone.</param>
    /// <param name="emails">Whole addresses.</param>
    /// <param name="known">Records that are taken already; they are found whatever they are called.</param>
    /// <param name="asking">The request for which is looked: it is none of what was held before.</param>
    /// <param name="ct"></param>
    public async Task<IReadOnlyList<Found>> RunAsync(string? name, IReadOnlyCollection<string> emails, IReadOnlyCollection<HeldRecord> known, Guid asking, CancellationToken ct)
    {
        var text = SearchText.Of(name);
        var addresses = emails.Select(EmailAddress.KeyOf).Where(email => email.Length > 2).Distinct().ToArray();
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string[]>("emails", addresses));
        command.Parameters.Add(new NpgsqlParameter<string[]>("whole", [.. addresses.Select(Likeness.Whole)]));
        command.Parameters.Add(new NpgsqlParameter<string[]>("names", [.. text?.NamePatterns ?? []]));
        command.Parameters.Add(new NpgsqlParameter<string[]>("within", [.. addresses.Select(Likeness.Part), .. name is { Length: > 3 } ? [Likeness.Part(name)] : Array.Empty<string>()]));
        command.Parameters.Add(new NpgsqlParameter<Guid[]>("known", [.. known.Select(record => record.Id)]));
        command.Parameters.Add(new NpgsqlParameter<Guid>("asking", asking));
        command.Parameters.Add(new NpgsqlParameter<int>("most", MostOfAKind));
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<Found>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(new(
                Kinds[rows.GetString(0)], rows.GetFieldValue<Guid[]>(1), rows.GetString(2),
                rows.IsDBNull(3) ? null : rows.GetString(3), rows.GetBoolean(4)));
        }

        return [.. found.OrderBy(one => one.Kind).ThenByDescending(one => one.ByAddress).ThenBy(one => one.Words, StringComparer.Ordinal)];
    }
}
