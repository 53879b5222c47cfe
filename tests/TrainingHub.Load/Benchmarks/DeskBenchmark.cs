using System.Diagnostics;
using System.Globalization;
using TrainingHub.Load.Database;
using TrainingHub.Load.Hosting;
using TrainingHub.Load.Http;

namespace TrainingHub.Load.Benchmarks;

/// <summary>
/// The pages that staff use all day, in a database of one partnership, ten, and 150, which is a country: the time in which 95 of 100 are
/// answered, one reader. The ceiling is a staff page without anything to read, in the same run; beside it, how much longer each takes in
/// the country than in one partnership.
/// </summary>
internal static class DeskBenchmark
{
    /// <summary>A staff page without anything to read.</summary>
    internal const string Nothing = "/staff/account";
    private const int LongestMilliseconds = 100;
    private const int Requests = 60;
    private const int WarmUp = 20;

    private static readonly int[] Sizes = [1, 10, 150];

    /// <summary>The half of a common name, both in the wrong order, an accent left out, a rare one, none; two letters; addresses; and so on.</summary>
    private static readonly string[] Names = ["okaf", "smith", "okafor amina", "zoe", "siobhan o'brien", "kowalskiworth", "xyzzyq", "jo", "patel-hall"];
    private static readonly string[] Others = ["school7y0.example", "@mail.example", "St Mary’s Primary", "harbour academy okafor", "Y000-1", "7 December 2026", "neglect", "INV-42", "1000042"];

    public static async Task<List<Figure>> RunAsync(Stage stage, CancellationToken ct)
    {
        await stage.AppAsync(ct);
        var figures = new List<Figure>();
        var first = new Dictionary<string, double>();
        var from = 0;
        foreach (var size in Sizes)
        {
            var watch = Stopwatch.StartNew();
            await NationalYear.AddAsync(stage.Database, from, size, ct);
            from = size;
            Notes.Say($"  ×{size}: {await Rows.OneAsync<long>(stage.Database, "select count(*) from places", ct):N0} places, made in {watch.Elapsed.TotalSeconds:0} s");
            figures.AddRange(await MeasureAsync(stage, size, first, ct));
        }

        return figures;
    }

    private static async Task<List<Figure>> MeasureAsync(Stage stage, int size, Dictionary<string, double> first, CancellationToken ct)
    {
        var references = await Rows.OneAsync<string[]>(stage.Database, "select array_agg(reference) from (select reference from bookings order by md5(id::text) limit 60) picked", ct);
        var dates = await Rows.OneAsync<Guid[]>(stage.Database, "select array_agg(id) from (select id from course_runs order by md5(id::text) limit 60) picked", ct);
        (string Name, string[] Paths)[] pages =
        [
            ("today", ["/staff"]),
            ("search-name", [.. Names.Select(Search)]),
            ("search-other", [.. Others.Select(Search)]),
            ("search-half-reference", [.. references.Select(reference => Search(reference[..5]))]),
            ("dates", ["/staff/dates", "/staff/dates?period=past", "/staff/dates?state=unfinished", "/staff/dates?page=3"]),
            ("date", [.. dates.Select(date => $"/staff/dates/{date}")]),
            ("bookings", ["/staff/bookings", .. Names.Select(name => $"/staff/bookings?q={Uri.EscapeDataString(name)}")]),
            ("booking", [.. references.Select(reference => $"/staff/bookings/{reference}")]),
        ];
        using var coordinator = new Visitor(stage.Settings.Port);
        coordinator.Post(
            "/dev/sign-in", ("ReturnUrl", Nothing), ("__RequestVerificationToken", coordinator.Get("/dev").Field("__RequestVerificationToken"))).Expect(302);
        var ceiling = Percentile(coordinator, [Nothing], ct);
        var figures = new List<Figure>();
        foreach (var (name, paths) in pages)
        {
            var value = Percentile(coordinator, paths, ct);
            first.TryAdd(name, value);
            figures.Add(new Figure(
                string.Create(CultureInfo.InvariantCulture, $"desk-{name}-x{size}"), value, "ms", "empty staff page", ceiling, Target.AtMost(LongestMilliseconds, "ms")));
            Notes.Say($"  ×{size} {name}: {value:0.0} ms, {value / first[name]:0.0} times that of ×1");
        }

        return figures;
    }

    private static string Search(string typed) => $"/staff/search?q={Uri.EscapeDataString(typed)}";

    /// <summary>The 95th of a hundred, in milliseconds.</summary>
    internal static double Percentile(Visitor coordinator, string[] paths, CancellationToken ct)
    {
        var times = new List<double>();
        for (var request = -WarmUp; request < Requests; request++)
        {
            ct.ThrowIfCancellationRequested();
            var watch = Stopwatch.StartNew();
            var answer = coordinator.Get(paths[(request + WarmUp) % paths.Length]);
            if (answer.Status is not (200 or 302))
            {
                answer.Expect(200);
            }

            if (request >= 0)
            {
                times.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        return times.Order().ElementAt(times.Count * 95 / 100);
    }
}
