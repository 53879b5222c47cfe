using System.Text.RegularExpressions;
using Npgsql;

namespace TrainingHub.Tests.Surveys;

/// <summary>All rows of all tables that their thief may read, and the ways from an answer to the invitation of who gave it.</summary>
internal sealed partial class StolenDatabase(IReadOnlyList<StolenRow> rows)
{
    private static readonly string[] OfAnswers = ["survey_responses", "survey_comments", "withheld_answers", "unlinked_imports"];

    /// <summary>By each id that stands in them.</summary>
    private readonly ILookup<string, StolenRow> naming =
        rows.SelectMany(row => Id().Matches(row.Json).Select(id => (Id: id.Value, Row: row)).Distinct()).ToLookup(found => found.Id, found => found.Row);

    private IEnumerable<StolenRow> Responses => rows.Where(row => row.Table == "survey_responses");

    private IEnumerable<StolenRow> Invitations => rows.Where(row => row.Table == "survey_invitations");

    public static async Task<StolenDatabase> ReadAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        var tables = new List<(string Name, string Hidden)>();
        await using (var names = database.CreateCommand(
            """
            select format('%I.%I', nspname, relname), case when has_table_privilege(c.oid, 'select') then 't.xmin::text' else '''''' end
            from pg_class c
            join pg_namespace n on n.oid = relnamespace
            where nspname in ('public', 'hangfire') and relkind = 'r' and has_any_column_privilege(c.oid, 'select')
            """))
        await using (var reader = await names.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                tables.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        var rows = new List<StolenRow>();
        foreach (var (table, hidden) in tables)
        {
            // As the rows lie on the disk, without asking for that.
            await using var command = database.CreateCommand($"select row_to_json(t)::text, {hidden} from {table} t");
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                rows.Add(new StolenRow(table.Replace("public.", "", StringComparison.Ordinal), reader.GetString(0), reader.GetString(1)));
            }
        }

        return new StolenDatabase(rows);
    }

    /// <summary>Answers that stand in one row with the invitation of whoever gave them.</summary>
    public int FoundByKey(IReadOnlyDictionary<string, Guid> truth) => Responses.Count(response =>
        naming[response["id"]].Any(row => row.Json.Contains($"{truth[Answers(response)]}", StringComparison.Ordinal)));

    /// <summary>Answers that say a day which is not the first of their week, quarter or year.</summary>
    public int FoundByDay() => Responses.Count(response =>
        DateOnly.Parse(response["submitted_on"], null) is var on && on.DayOfWeek != DayOfWeek.Monday && on.Day != 1);

    /// <summary>Answers whose transaction wrote so few invitations that one of two is right.</summary>
    public int FoundByTransaction(IReadOnlyDictionary<string, Guid> truth) => Responses.Count(response =>
    {
        List<string> written = [.. Invitations.Where(invitation => invitation.Transaction == response.Transaction).Select(invitation => invitation["id"])];
        return response.Transaction.Length > 0 && written.Count is 1 or 2 && written.Contains(truth[Answers(response)].ToString());
    });

    /// <summary>Answers that fit so few of the people who have answered that they are as good as named.</summary>
    public int FoundByAttributes()
    {
        var people = People();
        return Responses.Count(response => people.Count(person => person.Fits(response)) < 5);
    }

    /// <summary>
    /// The most answers that are given to the right one by taking, in some order, whoever fits next; and how many it would be by choosing
    /// blindly among all who fit.
    /// </summary>
    public (int Found, double ByChance) Guess(IReadOnlyDictionary<string, Guid> truth)
    {
        var fitting = Responses.ToLookup(Candidate.Known);
        var best = 0;
        foreach (var answers in Orders([.. Responses]))
        {
            foreach (var people in Orders(People(), person => person.Invitation))
            {
                var left = fitting.ToDictionary(answer => answer.Key, answer => new Queue<Candidate>(people.Where(person => person.Fits(answer.First()))));
                var taken = new HashSet<string>();
                best = Math.Max(best, answers.Count(answer => truth[Answers(answer)].ToString() == Next(left[Candidate.Known(answer)], taken)));
            }
        }

        return (best, fitting.Sum(answers => answers.Count() / (double)People().Count(person => person.Fits(answers.First()))));

        static string Next(Queue<Candidate> people, HashSet<string> taken)
        {
            while (people.TryDequeue(out var person))
            {
                if (taken.Add(person.Invitation["id"]))
                {
                    return person.Invitation["id"];
                }
            }

            return "";
        }
    }

    private List<Candidate> People()
    {
        var places = rows.Where(row => row.Table == "places").ToDictionary(row => row["id"]);
        var bookings = rows.Where(row => row.Table == "bookings").ToDictionary(row => row["id"]);
        var runs = rows.Where(row => row.Table == "course_runs").ToDictionary(row => row["id"]);
        return [.. Invitations.Where(invitation => invitation["state"] == "Answered").Select(invitation =>
        {
            var place = places[invitation["place_id"]];
            var booking = bookings[place["booking_id"]];
            return new Candidate(invitation, place["run_id"], runs[place["run_id"]]["course_id"], booking["area_id"], booking["sector_id"]);
        })];
    }

    /// <summary>Rows of other tables that name an answer, and ids that tell when they were made.</summary>
    public List<string> FoundByName()
    {
        var ids = Responses.Select(response => response["id"]).ToHashSet();
        return
        [
            .. ids.SelectMany(id => naming[id]).Where(row => row.Table != "survey_responses").Select(row => row.Json).Distinct(),
            .. rows.Where(row => OfAnswers.Contains(row.Table) && row.Json.Contains("\"id\":", StringComparison.Ordinal) && row["id"][14] != '4').Select(row => row.Json),
        ];
    }

    /// <summary>Rows about answers with a moment finer than a day.</summary>
    public List<string> FoundByTime() =>
        [.. rows.Where(row => OfAnswers.Contains(row.Table)).Select(row => row.Json).Where(json => Moment().Matches(json).Any(moment => !Midnight().IsMatch(moment.Value)))];

    /// <summary>The most answers that are found by laying them beside the invitations in some order: as they lie on the disk, were written, or by id.</summary>
    public int FoundByOrder(IReadOnlyDictionary<string, Guid> truth)
    {
        List<StolenRow> answered = [.. Invitations.Where(invitation => invitation["state"] == "Answered")];
        var best =
            from answers in Orders([.. Responses])
            from invitations in Orders(answered)
            select answers.Zip(invitations).Count(pair => truth[Answers(pair.First)].ToString() == pair.Second["id"]);
        return best.Max();
    }

    private static IEnumerable<List<StolenRow>> Orders(List<StolenRow> rows) => Orders(rows, row => row);

    private static IEnumerable<List<T>> Orders<T>(List<T> rows, Func<T, StolenRow> of)
    {
        List<T> written = [.. rows.OrderBy(row => of(row).Transaction.Length == 0 ? 0 : long.Parse(of(row).Transaction, null))];
        List<T> named = [.. rows.OrderBy(row => of(row)["id"], StringComparer.Ordinal)];
        return new[] { rows, written, named }.SelectMany(order => new[] { order, [.. Enumerable.Reverse(order)] });
    }

    /// <summary>What somebody chose, whatever the order in which it is kept.</summary>
    public static string Answers(IEnumerable<string> options) => string.Join('|', options.Order(StringComparer.Ordinal));

    private static string Answers(StolenRow row) => Answers(System.Text.Json.JsonSerializer.Deserialize<string[]>(row["option_ids"]) ?? []);

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[\d:.]+")]
    private static partial Regex Moment();

    [GeneratedRegex(@"T(00:00:00|23:00:00)$")]
    private static partial Regex Midnight();
}

/// <summary>Somebody who has answered, by what other tables know about them.</summary>
internal sealed record Candidate(StolenRow Invitation, string Run, string Course, string Area, string Sector)
{
    public static (string Run, string Course, string Area, string Sector) Known(StolenRow response) =>
        (response["run_id"], response["course_id"], response["area_id"], response["sector_id"]);

    public bool Fits(StolenRow response)
    {
        var known = Known(response);
        return Fit(known.Run, Run) && Fit(known.Course, Course) && Fit(known.Area, Area) && Fit(known.Sector, Sector);

        static bool Fit(string known, string persons) => known.Length == 0 || known == persons;
    }
}

internal sealed record StolenRow(string Table, string Json, string Transaction)
{
    private readonly System.Text.Json.JsonElement cells = System.Text.Json.JsonDocument.Parse(Json).RootElement;

    /// <summary>As text, empty for null and for a column that there is not.</summary>
    public string this[string column] => cells.TryGetProperty(column, out var cell) ? cell.ToString() : "";
}
