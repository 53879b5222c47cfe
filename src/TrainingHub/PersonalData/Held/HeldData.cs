using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform.Email;

namespace TrainingHub.PersonalData;

/// <summary>
/// Which rows of all tables are about one person, worked out from the records that staff ticked and from nothing else: ids by kind, their
/// places and bookings, the addresses and names that those records have, and who else stands beside them.
/// </summary>
internal sealed class HeldData
{
    private readonly ILookup<HeldKind, Guid> ids;

    private HeldData(IEnumerable<HeldRecord> records) => ids = records.ToLookup(record => record.Kind, record => record.Id);

    /// <summary>Those of one kind.</summary>
    public Guid[] this[HeldKind kind] => [.. ids[kind]];

    public IEnumerable<HeldRecord> Records => ids.SelectMany(kind => kind.Select(id => new HeldRecord(kind.Key, id)));

    /// <summary>Places that they have or had.</summary>
    public Guid[] Places { get; private set; } = [];

    /// <summary>Bookings that they made or have a place in.</summary>
    public Guid[] Bookings { get; private set; } = [];

    public string[] References { get; private set; } = [];

    /// <summary>Their addresses as <see cref="EmailAddress.KeyOf"/> gives them.</summary>
    public string[] Addresses { get; private set; } = [];

    /// <summary>Those of them that nobody else on record has.</summary>
    public string[] OwnAddresses { get; private set; } = [];

    /// <summary>Their names as written.</summary>
    public string[] Names { get; private set; } = [];

    /// <summary>What their private links open.</summary>
    public Guid[] LinkSubjects { get; private set; } = [];

    /// <summary>Names and addresses of others in the same bookings.</summary>
    public string[] Others { get; private set; } = [];

    /// <summary>Names and addresses as a regular expression of PostgreSQL that finds them inside other words.</summary>
    public string Mentions => PatternOf([.. Names, .. Addresses]);

    /// <summary>The same as a regular expression of ours, for the others; null when there are none.</summary>
    public Regex? OthersPattern => Others.Length == 0
        ? null
        : new(string.Join('|', Others.OrderByDescending(one => one.Length).Select(one => $@"(?<!\w){Regex.Escape(one)}(?!\w)")), RegexOptions.IgnoreCase, TimeSpan.FromSeconds(2));

    public static async Task<HeldData> ReadAsync(TrainingHubDb db, IEnumerable<HeldRecord> records, CancellationToken ct)
    {
        var held = new HeldData(records.Distinct());
        await held.ReadPlacesAsync(db, ct);
        await held.ReadNamesAsync(db, ct);
        await held.ReadLinksAsync(db, ct);
        await held.ReadOthersAsync(db, ct);
        return held;
    }

    /// <summary>The parameters of every statement about the person: an array for each kind, named in snake_case, and the rest.</summary>
    public void AddTo(NpgsqlParameterCollection parameters)
    {
        foreach (var kind in Enum.GetValues<HeldKind>())
        {
            parameters.Add(new NpgsqlParameter<Guid[]>(Platform.Data.SnakeCase.Name(kind.ToString()), this[kind]));
        }

        parameters.Add(new NpgsqlParameter<Guid[]>("places", Places));
        parameters.Add(new NpgsqlParameter<Guid[]>("bookings", Bookings));
        parameters.Add(new NpgsqlParameter<string[]>("references", References));
        parameters.Add(new NpgsqlParameter<string[]>("addresses", Addresses));
        parameters.Add(new NpgsqlParameter<string[]>("own_addresses", OwnAddresses));
        parameters.Add(new NpgsqlParameter<Guid[]>("link_subjects", LinkSubjects));
        parameters.Add(new NpgsqlParameter<byte[][]>("hashes", [.. OwnAddresses.Select(ConfirmedAddress.HashOf)]));
        parameters.Add(new NpgsqlParameter<string>("mentions", Mentions));
        parameters.Add(new NpgsqlParameter<string>("forgotten", ForgetEmailWords.Subject));
        parameters.Add(new NpgsqlParameter<string>("names_query", string.Join(" or ", Names.Concat(Addresses).Select(one => $"\"{one.Replace('"', ' ')}\""))));
    }

    private async Task ReadPlacesAsync(TrainingHubDb db, CancellationToken ct)
    {
        var (people, booked) = (this[HeldKind.Person], this[HeldKind.Booker]);
        var theirs = await db.Places.Where(place => place.PersonId != null && people.Contains(place.PersonId.Value)).Select(place => new { place.Id, place.BookingId }).ToListAsync(ct);
        Places = [.. theirs.Select(place => place.Id)];
        Bookings = [.. booked.Concat(theirs.Select(place => place.BookingId)).Distinct()];
        var bookings = Bookings;
        References = [.. await db.Bookings.Where(booking => bookings.Contains(booking.Id)).Select(booking => booking.Reference).ToListAsync(ct)];
    }

    private async Task ReadNamesAsync(TrainingHubDb db, CancellationToken ct)
    {
        await using var read = Statement(
            """
            select name, email from people where id = any(@person)
            union select name, email from person_aliases where person_id = any(@person)
            union select booker_name, booker_email from bookings where id = any(@booker)
            union select null, invoice_email from bookings where id = any(@invoice_address)
            union select null, email from invoices where booking_id = any(@invoice_address)
            union select name, email from waiting_list_entries where id = any(@waiting)
            union select null, email from date_wishes where id = any(@date_wish)
            union select null, email from organisation_leads where id = any(@training_lead)
            union select contact_name, contact_email from organisations where id = any(@organisation_contact)
            union select null, invoice_email from organisations where id = any(@organisation_invoices)
            union select name, email from trainers where id = any(@trainer)
            union select contact_name, email from providers where id = any(@provider_contact)
            union select contact_name, null from venues where id = any(@venue_contact)
            union select name, email from staff_users where id = any(@staff_account)
            union select applicant_name, applicant_email from free_place_applications where id = any(@free_place_applicant)
            union select name, email from data_requests where id = any(@data_request)
            """);
        await using var connection = await OpenAsync(db, read, ct);
        var (names, addresses) = (new HashSet<string>(), new HashSet<string>());
        await using (var rows = await read.ExecuteReaderAsync(ct))
        {
            while (await rows.ReadAsync(ct))
            {
                Add(names, rows, 0);
                Add(addresses, rows, 1);
            }
        }

        Names = [.. names];
        Addresses = [.. addresses.Select(EmailAddress.KeyOf).Distinct()];
        var (all, people, booked, keys) = (Addresses, this[HeldKind.Person], this[HeldKind.Booker], Names.Select(PersonKey.NameOf).ToArray());
        var shared = await db.Database.SqlQuery<string>(
            $"""
            select email_key as "Value" from people where email_key = any({all}) and id <> all({people})
            union select lower(booker_email) from bookings where lower(booker_email) = any({all}) and id <> all({booked}) and booker_key <> all({keys})
            """).ToListAsync(ct);
        OwnAddresses = [.. Addresses.Except(shared)];

        static void Add(HashSet<string> into, NpgsqlDataReader rows, int column)
        {
            if (!rows.IsDBNull(column) && rows.GetString(column).Trim() is { Length: > 1 } text)
            {
                into.Add(text);
            }
        }
    }

    private async Task ReadLinksAsync(TrainingHubDb db, CancellationToken ct)
    {
        var (people, places) = (this[HeldKind.Person], Places);
        var keys = await db.People.Where(one => people.Contains(one.Id)).Select(one => new PersonKey(one.EmailKey, one.NameKey)).ToListAsync(ct);
        var invitations = await db.SurveyInvitations.Where(one => places.Contains(one.PlaceId)).Select(one => one.Id).ToListAsync(ct);
        var certificates = await db.Certificates.Where(one => places.Contains(one.PlaceId)).Select(one => one.Id).ToListAsync(ct);
        LinkSubjects = [.. people, .. certificates, .. this[HeldKind.Booker], .. this[HeldKind.FreePlaceApplicant], .. this[HeldKind.Waiting], .. invitations, .. places.SelectMany(place => keys.Select(key => DelegateLink.SubjectOf(place, key)))];
    }

    private async Task ReadOthersAsync(TrainingHubDb db, CancellationToken ct)
    {
        var (bookings, people) = (Bookings, this[HeldKind.Person]);
        var beside = await (
            from place in db.Places
            join person in db.People on place.PersonId equals person.Id
            where bookings.Contains(place.BookingId) && !people.Contains(person.Id)
            select new { person.Name, person.Email }).ToListAsync(ct);
        var bookers = await db.Bookings.Where(one => bookings.Contains(one.Id) && one.BookerName != null).Select(one => new { Name = one.BookerName!, Email = one.BookerEmail ?? "" }).ToListAsync(ct);
        Others = [.. beside.Concat(bookers).SelectMany(one => new[] { one.Name, one.Email }).Where(one => one.Length > 1)
            .Except(Names, StringComparer.OrdinalIgnoreCase).Except(Addresses, StringComparer.OrdinalIgnoreCase).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private NpgsqlCommand Statement(string sql)
    {
        var command = new NpgsqlCommand(sql);
        AddTo(command.Parameters);
        return command;
    }

    // On the connection of the transaction, when there is one: what it has changed counts.
    private static async Task<IAsyncDisposable> OpenAsync(TrainingHubDb db, NpgsqlCommand command, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        command.Connection = (NpgsqlConnection)db.Database.GetDbConnection();
        return new Opened(db);
    }

    private static string PatternOf(string[] words) => words.Length == 0
        ? @"\Y\y"
        : @"(?<!\w)(" + string.Join('|', words.OrderByDescending(word => word.Length).Select(word => Regex.Replace(word, @"[\\.^$|?*+()\[\]{}]", @"\$0"))) + @")(?!\w)";

    private sealed class Opened(TrainingHubDb db) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await db.Database.CloseConnectionAsync();
    }
}
