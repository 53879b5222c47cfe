using System.Globalization;
using TrainingHub.Load.Database;
using TrainingHub.Load.Hosting;
using TrainingHub.Load.Http;

namespace TrainingHub.Load.Benchmarks;

/// <summary>
/// Whole orders of two free dates for six people, twelve places each, through HTTP as a browser makes them: a pasted list, the second date, who
/// comes to which, and the confirmation. 16 at once over 500 dates. The ceiling is pgbench with every statement that one of them sends.
/// </summary>
internal static class BasketBenchmark
{
    private const int WarmUpSeconds = 20;
    private const int Seconds = 8;
    private const int People = 6;

    /// <summary>From a date to the other one of its order.</summary>
    private const int Apart = ManyDates.Count / 2;

    // Written out it never is part of another number in a page or statement.
    private const int First = 30_000_000;

    private const string Preamble = """
        \set i :i + 1
        \set n 50000000 + :client_id * 1000000 + :i
        \set date random(1, 500)
        \set other 1 + (:date + 249) % 500
        \set school random(7000000, 7000199)
        """;

    public static async Task<List<Figure>> RunAsync(Stage stage, CancellationToken ct)
    {
        await stage.AppAsync(ct);
        await ManyDates.AddAsync(stage.Database, ct);
        var lists = new BookingBenchmark.Lists(
            await Rows.OneAsync<Guid>(stage.Database, "select id from sectors order by sort_order limit 1", ct),
            await Rows.OneAsync<Guid>(stage.Database, "select id from areas order by sort_order limit 1", ct));
        var number = First;
        var port = stage.Settings.Port;

        await Crowd.RunAsync(port, TimeSpan.FromSeconds(WarmUpSeconds), Next, Book, ct);
        var script = await ScriptAsync(stage, Next, Book, ct);
        var (made, took) = await Crowd.RunAsync(port, TimeSpan.FromSeconds(Seconds), Next, Book, ct);
        var stored = await Rows.OneAsync<long>(stage.Database, "select count(*) from places where delegate_name like 'Basket 3%'", ct);
        if (stored != (number - First) * 2L * People)
        {
            throw new InvalidOperationException($"{number - First} orders of {2 * People} places were made and {stored} places are stored.");
        }

        var ceiling = await Pgbench.RunAsync(stage, script, Crowd.Size, Seconds, ct);
        return [new Figure("basket", made / took.TotalSeconds, "orders/s", "pgbench", ceiling, Target.AtLeastPercent(25))];

        int Next() => Interlocked.Increment(ref number);

        void Book(Visitor visitor, int order) => BookOne(visitor, order, lists);
    }

    private static void BookOne(Visitor visitor, int order, BookingBenchmark.Lists lists)
    {
        var (date, other) = (BookingBenchmark.DateOf(order), OtherOf(order));
        var path = $"/dates/{date}/book";
        var who = visitor.Get(path).Expect(200);
        var token = ("__RequestVerificationToken", who.Field("__RequestVerificationToken"));
        var list = string.Join('\n', Enumerable.Range(1, People).Select(person => $"{NameOf(order, person)}, {EmailOf(order, person)}"));
        BookingBenchmark.LeadingTo(visitor.Post(path, ("Form.List", list), token), path + "/organisation");
        BookingBenchmark.LeadingTo(visitor.Post(path + "/dates", ("add", $"{other}"), token), path);
        visitor.Get(path).Expect(200);
        var next = visitor.Post(path, [.. Enumerable.Range(0, People).SelectMany(person => Fields(order, person, date, other)), ("Form.Asked", $"{date}"), ("Form.Asked", $"{other}"), token]);
        visitor.Get(BookingBenchmark.LeadingTo(next, path + "/organisation")).Expect(200);
        next = visitor.Post(
            path + "/organisation",
            ("Form.Name", NameOf(order, 1)), ("Form.Email", EmailOf(order, 1)), ("Form.Organisation", $"School {BookingBenchmark.SchoolOf(order)}"),
            ("Form.SectorId", $"{lists.SectorId}"), ("Form.AreaId", $"{lists.AreaId}"), token);
        var check = visitor.Get(BookingBenchmark.LeadingTo(next, path + "/check")).Expect(200);
        var price = check.Field("shownPence");
        next = visitor.Post(path + "/check", ("draft", check.Field("draft")), ("shown", check.Field("shown")), ("shownPence", price), ("shownPence", price), token);
        visitor.Get(BookingBenchmark.LeadingTo(next, "/bookings/")).Expect(200);
    }

    private static IEnumerable<(string Name, string Value)> Fields(int order, int person, Guid date, Guid other) =>
    [
        ($"People[{person}].Name", NameOf(order, person + 1)), ($"People[{person}].Email", EmailOf(order, person + 1)), ($"People[{person}].AccessNeeds", ""),
        ($"People[{person}].On", $"{date}"), ($"People[{person}].On", $"{other}"),
    ];

    private static async Task<string> ScriptAsync(Stage stage, Func<int> next, Action<Visitor, int> book, CancellationToken ct)
    {
        using var visitor = new Visitor(stage.Settings.Port);
        var (a, first, b, second) = await new StatementLog(stage.Database).CaptureTwoAsync(
            next,
            order =>
            {
                visitor.Forget();
                book(visitor, order);
            },
            ct);
        Notes.Say($"  one order of two dates for six people: 10 requests, {first.Count} statements");
        var script = new PgbenchScript([
            new($"{BookingBenchmark.DateOf(a)}", $"{BookingBenchmark.DateOf(b)}", "md5('bench-date-' || :date::text)"),
            new($"{OtherOf(a)}", $"{OtherOf(b)}", "md5('bench-date-' || :other::text)"),
            new($"{a}", $"{b}", ":n::text"),
            new($"{BookingBenchmark.SchoolOf(a)}", $"{BookingBenchmark.SchoolOf(b)}", ":school::text"),
        ]);
        return script.Write(first, second, Preamble);
    }

    private static string NameOf(int order, int person) => string.Create(CultureInfo.InvariantCulture, $"Basket {order} No {person}");

    private static string EmailOf(int order, int person) => string.Create(CultureInfo.InvariantCulture, $"basket{order}x{person}@bench.example");

    private static Guid OtherOf(int order) => ManyDates.IdOf(1 + ((order + Apart) % ManyDates.Count));
}
