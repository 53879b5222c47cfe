using System.Text.Json;
using TrainingHub.People;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Files;

namespace TrainingHub.Portal;

/// <param name="Row">Of the file, from 1.</param>
/// <param name="Name"></param>
/// <param name="Email">As written; only compared with the addresses that are known.</param>
/// <param name="Role"></param>
internal sealed record StaffMember(int Row, string Name, string? Email, string? Role);

/// <summary>
/// An organisation's own list of its staff, to lay beside the training. It is read and not kept: most of the people on it never booked
/// here, so the pages carry it with them until the evidence is made.
/// </summary>
internal static class StaffList
{
    public const int MostMembers = 1_000;

    private const int RoleLength = 100;

    private static readonly FileColumn[] Columns =
    [
        FileColumn.Optional("name", Person.NameLength), FileColumn.Optional("first_name", Person.NameLength), FileColumn.Optional("last_name", Person.NameLength),
        FileColumn.Optional("email", Person.EmailLength), FileColumn.Optional("role", RoleLength),
    ];

    // As programs of schools and of human resources head their columns.
    private static readonly Dictionary<string, string?> Headings = new (string Column, string[] Headings)[]
    {
        ("name", ["full_name", "staff_name", "employee_name", "employee", "staff", "staff_member"]),
        ("first_name", ["forename", "given_name", "first", "preferred_forename"]),
        ("last_name", ["surname", "family_name", "last", "preferred_surname"]),
        ("email", ["email_address", "e_mail", "work_email"]),
        ("role", ["job_title", "post", "position", "job", "job_role"]),
    }.SelectMany(column => column.Headings.Select(heading => (heading, column.Column))).ToDictionary(pair => pair.heading, pair => (string?)pair.Column);

    private static readonly FileRules Rules = new(
        new FileKind("staff", "Staff list", "staff list", Columns), new FileMapping(Headings, new Dictionary<(string, string), string>()), IsLenient: true, []);

    /// <summary>The members, in the order of the file; or what is wrong with it.</summary>
    public static async Task<(IReadOnlyList<StaffMember> Members, IReadOnlyList<FileError> Errors)> ReadAsync(Stream file, CancellationToken ct)
    {
        var table = await FileTable.ReadAsync(file, Rules, new ImportProgress(), ct);
        if (!table.HasErrors && !table.Has("name") && !(table.Has("first_name") && table.Has("last_name")))
        {
            table.Add(new FileError(0, "", "The list needs a column “Name”, or the columns “First name” and “Last name”."));
        }

        var members = table.HasErrors ? [] : table.Rows.Select(row => Member(row)).ToList();
        if (!table.HasErrors && members.Count is 0 or > MostMembers)
        {
            table.Add(new FileError(0, "", members.Count == 0 ? "There is nobody in the list." : $"The list has more than {MostMembers:N0} people. Split it into smaller lists."));
        }

        return table.HasErrors ? ([], table.Errors) : (members, []);
    }

    /// <summary>The list as a field of a form carries it.</summary>
    public static string Pack(IEnumerable<StaffMember> members) => JsonSerializer.Serialize(members);

    /// <summary>Null when the field holds no list.</summary>
    public static IReadOnlyList<StaffMember>? Unpack(string? packed)
    {
        try
        {
            return packed is not null && JsonSerializer.Deserialize<List<StaffMember?>>(packed) is { Count: > 0 and <= MostMembers } members
                && members.DistinctBy(member => member?.Row).Count() == members.Count
                && members.TrueForAll(member => member is { Name: { Length: > 0 and <= (2 * Person.NameLength) + 1 }, Email: null or { Length: <= Person.EmailLength }, Role: null or { Length: <= RoleLength } })
                    ? [.. members.OfType<StaffMember>()]
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static StaffMember Member(FileRow row)
    {
        var name = row.Text("name") ?? string.Join(' ', new[] { row.Text("first_name"), row.Text("last_name") }.OfType<string>());
        if (name.Length == 0)
        {
            row.Fail("name", "Enter the name of this person.");
        }

        var email = row.Text("email") is { } typed && EmailAddress.IsValid(EmailAddress.Clean(typed)) ? EmailAddress.Clean(typed) : null;
        return new(row.Number, name, email, row.Text("role"));
    }
}
