using System.Globalization;
using TrainingHub.Load.Database;
using TrainingHub.Load.Hosting;
using TrainingHub.Load.Http;

namespace TrainingHub.Load.Benchmarks;

/// <summary>
/// Whole bookings of free places through HTTP, as a browser makes them: every page of the journey and the confirmation, each
/// booker somebody new, over 500 dates, 16 at once. The ceiling is pgbench with every statement that one of them sends.
/// </summary>
internal static class BookingBenchmark
{
    private const int WarmUpSeconds = 20;
    private const int Seconds = 8;

    // Written out it never is part of another number in a page or statement.
    private const int FirstPerson = 10_000_000;

    private const string Preamble = """
        \set i :i + 1
        \set n 20000000 + :client_id * 1000000 + :i
        \set date random(1, 500)
        \set school random(7000000, 7000199)
        """;

    internal sealed record Lists(Guid SectorId, Guid AreaId);

    public static async Task<List<Figure>> RunAsync(Stage stage, CancellationToken ct)
    {
        await stage.AppAsync(ct);
        await ManyDates.AddAsync(stage.Database, ct);
        var lists = new Lists(
            await Rows.OneAsync<Guid>(stage.Database, "select id from sectors order by sort_order limit 1", ct),
            await Rows.OneAsync<Guid>(stage.Database, "select id from areas order by sort_order limit 1", ct));
        var number = FirstPerson;
        var port = stage.Settings.Port;

        await Crowd.RunAsync(port, TimeSpan.FromSeconds(WarmUpSeconds), Next, Book, ct);
        var script = await ScriptAsync(stage, Next, Book, ct);
        var (made, took) = await Crowd.RunAsync(port, TimeSpan.FromSeconds(Seconds), Next, Book, ct);
        var stored = await Rows.OneAsync<long>(stage.Database, "select count(*) from places where delegate_name like 'Person 1%'", ct);
        if (stored != number - FirstPerson)
        {
            throw new InvalidOperationException($"{number - FirstPerson} bookings were made and {stored} are stored.");
        }

        var ceiling = await Pgbench.RunAsync(stage, script, Crowd.Size, Seconds, ct);
        return [new Figure("booking", made / took.TotalSeconds, "bookings/s", "pgbench", ceiling, Target.AtLeastPercent(25))];

        int Next() => Interlocked.Increment(ref number);

        void Book(Visitor visitor, int person) => BookOne(visitor, person, lists);
    }

    private static void BookOne(Visitor visitor, int person, Lists lists)
    {
        var path = $"/dates/{DateOf(person)}/book";
        var who = visitor.Get(path).Expect(200);
        var token = ("__RequestVerificationToken", who.Field("__RequestVerificationToken"));
        var next = visitor.Post(path, ("People[0].Name", $"Person {person}"), ("People[0].Email", EmailOf(person)), ("People[0].AccessNeeds", ""), token);
        visitor.Get(LeadingTo(next, path + "/organisation")).Expect(200);
        next = visitor.Post(
            path + "/organisation",
            ("Form.Name", $"Person {person}"), ("Form.Email", EmailOf(person)), ("Form.Organisation", $"School {SchoolOf(person)}"),
            ("Form.SectorId", $"{lists.SectorId}"), ("Form.AreaId", $"{lists.AreaId}"), token);
        var check = visitor.Get(LeadingTo(next, path + "/check")).Expect(200);
        next = visitor.Post(path + "/check", ("draft", check.Field("draft")), ("shown", check.Field("shown")), ("shownPence", check.Field("shownPence")), token);
        visitor.Get(LeadingTo(next, "/bookings/")).Expect(200);
    }

    internal static string LeadingTo(Answer answer, string path) =>
        answer.Expect(302).Location is { } location && location.StartsWith(path, StringComparison.Ordinal)
            ? location
            : throw new InvalidOperationException($"The answer leads to {answer.Location} and not to {path}.");

    private static async Task<string> ScriptAsync(Stage stage, Func<int> next, Action<Visitor, int> book, CancellationToken ct)
    {
        using var visitor = new Visitor(stage.Settings.Port);
        var (a, first, b, second) = await new StatementLog(stage.Database).CaptureTwoAsync(
            next,
            person =>
            {
                visitor.Forget();
                book(visitor, person);
            },
            ct);
        Notes.Say($"  one booking: 7 requests, {first.Count} statements");
        var script = new PgbenchScript([
            new($"{DateOf(a)}", $"{DateOf(b)}", "md5('bench-date-' || :date::text)"),
            new($"{a}", $"{b}", ":n::text"),
            new($"{SchoolOf(a)}", $"{SchoolOf(b)}", ":school::text"),
        ]);
        return script.Write(first, second, Preamble);
    }

    private static string EmailOf(int person) => string.Create(CultureInfo.InvariantCulture, $"person{person}@bench.example");

    internal static int SchoolOf(int person) => ManyDates.FirstSchool + (person % ManyDates.Schools);

    internal static Guid DateOf(int person) => ManyDates.IdOf(1 + (person % ManyDates.Count));
}
