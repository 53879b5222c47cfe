using System.Diagnostics;
using System.Globalization;
using Npgsql;
using TrainingHub.Load.Database;
using TrainingHub.Load.Hosting;
using TrainingHub.Load.Http;
using TrainingHub.Platform;
using TrainingHub.Tests;

namespace TrainingHub.Load.Benchmarks;

/// <summary>
/// The money of a national year: 40,000 invoices with their lines, credit notes, payments and ledger. A month's close is its page, the
/// export and the file for a council's ledger, once with the whole year before it and once as every month; beside it pgbench with the
/// statements of the page. Then the pages that are read all day: the time in which 95 of 100 are answered, one reader, beside a staff page
/// without anything to read, and of a report the best of three times.
/// </summary>
internal static class MoneyBenchmark
{
    private const int Invoices = 40_000;
    private const int Partnerships = 75;
    private const int LongestClose = 5_000;
    private const int LongestInvoice = 50;
    private const int LongestList = 100;
    private const int Seconds = 5;
    private const int Times = 3;

    private static readonly string[] Reports = ["/staff/reports/income", "/staff/reports/income?by=month", "/staff/reports/income?by=organisation"];

    public static async Task<List<Figure>> RunAsync(Stage stage, CancellationToken ct)
    {
        await stage.AppAsync(ct);
        var watch = Stopwatch.StartNew();
        await AddAsync(stage.Database, ct);
        Notes.Say($"  {await CountAsync(stage.Database, "invoices", ct):N0} invoices, {await CountAsync(stage.Database, "ledger_entries", ct):N0} entries of the ledger, made in {watch.Elapsed.TotalSeconds:0} s");
        using var coordinator = new Visitor(stage.Settings.Port);
        coordinator.Post(
            "/dev/sign-in", ("ReturnUrl", DeskBenchmark.Nothing), ("__RequestVerificationToken", coordinator.Get("/dev").Field("__RequestVerificationToken"))).Expect(302);
        var figures = await PagesAsync(stage, coordinator, ct);
        var today = London.DateOf(TimeProvider.System.GetUtcNow());
        var last = new DateOnly(today.Year, today.Month, 1).AddMonths(-1);
        figures.AddRange(await CloseAsync(stage, coordinator, "money-close-year", last.AddMonths(-1), ct));
        figures.AddRange(await CloseAsync(stage, coordinator, "money-close", last, ct));
        return figures;
    }

    private static async Task AddAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await NationalYear.AddAsync(database, 0, Partnerships, ct);
        await new Given(database, TimeProvider.System, ct).CreditEachAsync(30);
        await Rows.TidyAsync(database, ct);
        if (await CountAsync(database, "invoices", ct) < Invoices)
        {
            throw new InvalidOperationException("That is no national year.");
        }
    }

    private static async Task<List<Figure>> PagesAsync(Stage stage, Visitor coordinator, CancellationToken ct)
    {
        var numbers = await Rows.OneAsync<int[]>(stage.Database, "select array_agg(number) from (select number from invoices order by md5(id::text) limit 60) picked", ct);
        (string Name, string[] Paths, int Longest)[] pages =
        [
            ("invoice", [.. numbers.Select(number => $"/staff/invoices/INV-{number}")], LongestInvoice),
            ("invoices", ["/staff/invoices", "/staff/invoices?show=unpaid", "/staff/invoices?show=overdue", "/staff/invoices?sort=due", "/staff/invoices?page=300"], LongestList),
            ("invoices-search", ["/staff/invoices?q=harbour", "/staff/invoices?q=okafor", "/staff/invoices?q=xyzzyq", .. numbers.Take(3).Select(number => $"/staff/invoices?q=INV-{number}")], LongestList),
            ("aged-debt", ["/staff/aged-debt"], LongestList),
        ];
        var ceiling = DeskBenchmark.Percentile(coordinator, [DeskBenchmark.Nothing], ct);
        var figures = new List<Figure>();
        foreach (var (name, paths, longest) in pages)
        {
            Add(name, DeskBenchmark.Percentile(coordinator, paths, ct), longest);
        }

        // A report is read now and then.
        Add("income", Reports.Max(path => Best(coordinator, path)), LongestClose);
        return figures;

        void Add(string name, double value, int longest)
        {
            figures.Add(new Figure($"money-{name}", value, "ms", "empty staff page", ceiling, Target.AtMost(longest, "ms")));
            Notes.Say($"  {figures[^1]}");
        }
    }

    /// <summary>Of a few times, in milliseconds.</summary>
    private static double Best(Visitor coordinator, string path)
    {
        var best = double.MaxValue;
        for (var time = 0; time < Times; time++)
        {
            var watch = Stopwatch.StartNew();
            coordinator.Get(path).Expect(200);
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        }

        return best;
    }

    /// <summary>All that was entered up to the end of the month and has not left leaves.</summary>
    private static async Task<List<Figure>> CloseAsync(Stage stage, Visitor coordinator, string name, DateOnly month, CancellationToken ct)
    {
        var asked = month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var path = $"/staff/month-close?month={asked}";
        coordinator.Get(path).Expect(200);
        var log = new StatementLog(stage.Database);
        var first = await PageAsync();
        var second = await PageAsync();
        var query = 1000 / await Pgbench.RunAsync(stage, new PgbenchScript([]).Write(first, second, "\\set i :i + 1\n\\set n :i"), clients: 1, Seconds, ct);

        var watch = Stopwatch.StartNew();
        var page = coordinator.Get(path).Expect(200);
        var read = watch.Elapsed.TotalMilliseconds;
        var made = coordinator.Post("/staff/month-close", ("Month", asked), ("Seen", page.Field("Seen")), ("__RequestVerificationToken", page.Field("__RequestVerificationToken"))).Expect(302);
        var exported = watch.Elapsed.TotalMilliseconds;
        coordinator.Get(made.Location!).Expect(200);
        var shown = watch.Elapsed.TotalMilliseconds;
        var file = coordinator.Get($"{made.Location}?format=ledger").Expect(200);
        var whole = watch.Elapsed.TotalMilliseconds;
        Notes.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"  {asked}: page {read:0} ms, export {exported - read:0} ms, journal's page {shown - exported:0} ms, file of {file.Text().Count(letter => letter == '\n'):N0} lines {whole - shown:0} ms"));
        return
        [
            new Figure($"{name}-page", read, "ms", "pgbench", query, Target.AtMost(LongestClose, "ms")),
            new Figure(name, whole, "ms", "pgbench", query, Target.AtMost(LongestClose, "ms")),
        ];

        async Task<List<SentStatement>> PageAsync() => [.. (await log.CaptureAsync(() => coordinator.Get(path).Expect(200), ct)).Where(IsOfThePage)];
    }

    // When it was seen last is written once a minute, so in one of two.
    private static bool IsOfThePage(SentStatement sent) => !sent.Sql.StartsWith("update staff_sessions", StringComparison.Ordinal);

    private static Task<long> CountAsync(NpgsqlDataSource database, string table, CancellationToken ct) =>
        Rows.OneAsync<long>(database, $"select count(*) from {table}", ct);
}
