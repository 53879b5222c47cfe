using System.Diagnostics;
using TrainingHub.Load.Database;
using TrainingHub.Load.Hosting;
using TrainingHub.Load.Http;

namespace TrainingHub.Load.Benchmarks;

/// <summary>
/// The staff page of the impact report over 100,000 answers, one reader, median; beside it pgbench with one client and all
/// statements that the page sends, and a second line for the counting query alone.
/// </summary>
internal static class ImpactBenchmark
{
    private const string Path = "/staff/reports/impact?year=2031/32";
    private const int Seconds = 5;

    public static async Task<List<Figure>> RunAsync(Stage stage, CancellationToken ct)
    {
        await stage.AppAsync(ct);
        await ManyAnswers.AddAsync(stage.Database, ct);
        using var coordinator = new Visitor(stage.Settings.Port);
        coordinator.Post(
            "/dev/sign-in", ("ReturnUrl", "/staff"), ("__RequestVerificationToken", coordinator.Get("/dev").Field("__RequestVerificationToken"))).Expect(302);
        if (!coordinator.Get(Path).Expect(200).Text().Contains("100,000", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The report does not count 100,000 answers.");
        }

        Median(coordinator, ct);
        var log = new StatementLog(stage.Database);
        var first = await log.CaptureAsync(() => coordinator.Get(Path).Expect(200), ct);
        var second = await log.CaptureAsync(() => coordinator.Get(Path).Expect(200), ct);
        Notes.Say($"  one page: {first.Count} statements");
        var page = Median(coordinator, ct);
        var all = 1000 / await Pgbench.RunAsync(stage, Script(first, second), clients: 1, Seconds, ct);
        var counting = first.Where(statement => statement.Sql.Contains("grouping sets", StringComparison.Ordinal)).ToList();
        var query = 1000 / await Pgbench.RunAsync(stage, Script(counting, counting), clients: 1, Seconds, ct);
        return
        [
            new Figure("impact-report", page, "ms", "pgbench", all),
            new Figure("impact-report-query", query, "ms", "page", page),
        ];
    }

    private static double Median(Visitor coordinator, CancellationToken ct)
    {
        var times = new List<double>();
        for (var whole = Stopwatch.StartNew(); whole.Elapsed.TotalSeconds < Seconds;)
        {
            ct.ThrowIfCancellationRequested();
            var watch = Stopwatch.StartNew();
            coordinator.Get(Path).Expect(200);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return times.Order().ElementAt(times.Count / 2);
    }

    private static string Script(List<SentStatement> first, List<SentStatement> second) =>
        new PgbenchScript([]).Write(first, second, "\\set i :i + 1\n\\set n :i");
}
