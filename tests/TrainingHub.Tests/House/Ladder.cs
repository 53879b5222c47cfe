using System.Text.RegularExpressions;
using TrainingHub.Platform.Data;

namespace TrainingHub.Tests.House;

/// <summary>
/// Who knows whom, read from usings, written-out names and the tables and views that code reads through the DbContext or names in
/// SQL. A room may know the rooms to its left; the files above all rooms may know everything.
/// </summary>
internal sealed partial class Ladder
{
    public static readonly IReadOnlyList<string> Rooms =
        ["Platform", "People", "Catalogue", "Learning", "FreePlaces", "Bookings", "Payments", "Attendance", "Surveys", "Reporting", "PersonalData", "Portal", "Desk"];

    // Not the web: the identity of staff, and Razor components as the language of emails.
    private static readonly (string File, string Name)[] NotTheWeb =
    [
        ("People/", "Microsoft.AspNetCore.Identity"),
        ("Platform/Email/", "Microsoft.AspNetCore.Components"),
    ];

    // Tables that no entity is mapped to.
    private static readonly Dictionary<string, string> PlainTables = new()
    {
        ["schema_migrations"] = "Platform",
        ["seed_runs"] = "Platform",
        ["data_protection_keys"] = "Platform",
        ["history_links"] = "Platform",
        ["history_heads"] = "Platform",
        ["history_waiting"] = "Platform",
        ["invoice_numbers"] = "Payments",
        ["door_secrets"] = "Bookings",
    };

    private readonly List<SourceFile> files;
    private readonly Dictionary<string, HashSet<string>> types;
    private readonly Dictionary<string, string> tables;
    private readonly Dictionary<string, string> sqlTables;

    /// <param name="files">All files of the application, the migrations too, by path.</param>
    public Ladder(IReadOnlyDictionary<string, string> files)
    {
        this.files = [.. files.Where(file => !IsMigration(file.Key)).Select(file => new SourceFile(file.Key, file.Value)).OrderBy(file => file.Path, StringComparer.Ordinal)];
        types = Rooms.ToDictionary(room => room, room => this.files.Where(file => file.Room == room).SelectMany(file => file.DeclaredTypes).ToHashSet());
        tables = TablesByRoom();
        sqlTables = SqlTablesByRoom(files.Where(file => IsMigration(file.Key)).Select(file => file.Value));
    }

    /// <summary>From room, to room, and the file that shows it.</summary>
    public IEnumerable<(string From, string To, SourceFile File)> Arrows =>
        from file in files
        where file.Room.Length > 0
        from room in NamedRooms(file).Concat(ReadRooms(file)).Concat(SqlRooms(file)).Distinct()
        where room != file.Room
        select (file.Room, room, file);

    public IReadOnlyList<string> Faults =>
    [
        .. files.Where(file => file.Room.Length > 0 && !Rooms.Contains(file.Room)).Select(file => $"{file}: {file.Room} is no room"),
        .. Arrows.Where(arrow => Place(arrow.To) > Place(arrow.From)).Select(arrow => $"{arrow.File}: {arrow.From} must not know {arrow.To}"),
        .. files.SelectMany(ForeignPages),
        .. files.Where(file => !MayKnowTheWeb(file)).SelectMany(WebNames),
        .. files.Where(file => file.Room is not ("Payments" or "") && !file.IsPage).SelectMany(StripeTypes),
    ];

    /// <summary>The map: a row for each room, a column for each that it may know, with the number of files that do.</summary>
    public string Map()
    {
        var counts = Arrows.GroupBy(arrow => (arrow.From, arrow.To)).ToDictionary(group => group.Key, group => group.Count());
        var known = Rooms.Where(room => files.Any(file => file.Room == room)).ToList();
        var lines = known.Select(from => $"{from,-12}{string.Concat(known.Select(to => $"{Cell(from, to),12}"))}");
        return string.Join('\n', [$"{"",-12}{string.Concat(known.Select(room => $"{room,12}"))}", .. lines]);

        string Cell(string from, string to) =>
            from == to ? "■" : counts.TryGetValue((from, to), out var count) ? count.ToString() : Place(to) < Place(from) ? "·" : "";
    }

    private static int Place(string room) => Rooms.ToList().IndexOf(room);

    private static bool MayKnowTheWeb(SourceFile file) =>
        file.IsPage || file.Room.Length == 0 || file.Path.Contains("/Pages/", StringComparison.Ordinal)
        || file.Path.StartsWith("Platform/Web/", StringComparison.Ordinal) || file.Path.EndsWith("Feature.cs", StringComparison.Ordinal);

    private static IEnumerable<string> ForeignPages(SourceFile file) =>
        from Match match in PagesNames().Matches(file.Code)
        where match.Groups[1].Value != file.Room
        select $"{file}: pages of {match.Groups[1].Value} belong to that room alone";

    private static IEnumerable<string> WebNames(SourceFile file) =>
        from Match match in AspNetNames().Matches(file.Code)
        where !NotTheWeb.Any(allowed => file.Path.StartsWith(allowed.File, StringComparison.Ordinal) && match.Value.StartsWith(allowed.Name, StringComparison.Ordinal))
        select $"{file}: {match.Value} belongs in Pages, Platform/Web or a Feature file";

    private static IEnumerable<string> StripeTypes(SourceFile file) =>
        StripeNames().Matches(file.Code).Select(match => $"{file}: {match.Value} belongs in Payments");

    private IEnumerable<string> NamedRooms(SourceFile file)
    {
        foreach (Match match in QualifiedNames().Matches(file.Code))
        {
            yield return match.Groups[1].Value;
        }

        // Below the namespace TrainingHub, "Bookings.Place" needs no using.
        foreach (Match match in ShortNames().Matches(file.Code))
        {
            if (types[match.Groups[1].Value].Contains(match.Groups[2].Value))
            {
                yield return match.Groups[1].Value;
            }
        }
    }

    private IEnumerable<string> ReadRooms(SourceFile file) =>
        from Match match in TableNames().Matches(file.Code)
        where tables.ContainsKey(match.Groups[1].Value)
        select tables[match.Groups[1].Value];

    private IEnumerable<string> SqlRooms(SourceFile file) =>
        from sql in file.Sql
        from Match match in SqlTableNames().Matches(sql)
        where sqlTables.ContainsKey(match.Groups[1].Value)
        select sqlTables[match.Groups[1].Value];

    private static bool IsMigration(string path) => path.StartsWith("Migrations/", StringComparison.Ordinal);

    /// <summary>Tables and views as SQL calls them, and functions that give rows of one.</summary>
    private Dictionary<string, string> SqlTablesByRoom(IEnumerable<string> migrations)
    {
        var named = new Dictionary<string, string>(PlainTables);
        foreach (var (set, room) in tables)
        {
            named[SnakeCase.Name(set)] = room;
        }

        foreach (var file in files)
        {
            foreach (Match match in MappedNames().Matches(file.Text))
            {
                named[SnakeCase.Name(match.Groups[1].Value)] = file.Room;
            }
        }

        foreach (Match match in migrations.SelectMany(migration => RowFunctions().Matches(migration)))
        {
            if (named.TryGetValue(match.Groups[2].Value, out var room))
            {
                named[match.Groups[1].Value] = room;
            }
        }

        return named;
    }

    private Dictionary<string, string> TablesByRoom()
    {
        var context = files.Find(file => file.Path == "TrainingHubDb.cs")?.Code ?? "";
        return Tables().Matches(context)
            .Select(match => (Table: match.Groups[2].Value, Room: Rooms.FirstOrDefault(room => types[room].Contains(match.Groups[1].Value))))
            .Where(found => found.Room is not null)
            .ToDictionary(found => found.Table, found => found.Room!);
    }

    private const string AnyRoom = "Platform|People|Catalogue|Learning|FreePlaces|Bookings|Payments|Attendance|Surveys|Reporting|PersonalData|Portal|Desk";

    [GeneratedRegex($@"\bTrainingHub\.({AnyRoom})\b")]
    private static partial Regex QualifiedNames();

    [GeneratedRegex($@"(?<![\w.])({AnyRoom})\.([A-Z]\w*)")]
    private static partial Regex ShortNames();

    [GeneratedRegex($@"\bTrainingHub\.({AnyRoom})\.Pages\b")]
    private static partial Regex PagesNames();

    [GeneratedRegex(@"\b(?:db|database|context|Db)\s*\.\s*([A-Z]\w*)")]
    private static partial Regex TableNames();

    [GeneratedRegex(@"\b(?:from|join|update|into|using|copy)\s+([a-z_]+)\b")]
    private static partial Regex SqlTableNames();

    [GeneratedRegex("\\.To(?:Table|View)\\(\"(\\w+)\"")]
    private static partial Regex MappedNames();

    [GeneratedRegex(@"\bcreate (?:or replace )?function (\w+)\s*\([^)]*\)\s*returns setof (\w+)")]
    private static partial Regex RowFunctions();

    [GeneratedRegex(@"DbSet<(\w+)>\s+(\w+)")]
    private static partial Regex Tables();

    [GeneratedRegex(@"\bMicrosoft\.AspNetCore[\w.]*|\b(?:HttpContext|HttpRequest|HttpResponse|IFormFile|IApplicationBuilder|IEndpointRouteBuilder|WebApplication|WebApplicationBuilder)\b")]
    private static partial Regex AspNetNames();

    [GeneratedRegex(@"\bStripe\w*")]
    private static partial Regex StripeNames();
}
