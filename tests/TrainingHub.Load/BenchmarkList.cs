using System.Diagnostics;
using TrainingHub.Load.Benchmarks;
using TrainingHub.Load.Hosting;

namespace TrainingHub.Load;

/// <summary>The benchmarks by name, in the order in which they run: those that fill the database come last.</summary>
internal static class BenchmarkList
{
    public static readonly IReadOnlyDictionary<string, Func<Stage, CancellationToken, Task<List<Figure>>>> All =
        new Dictionary<string, Func<Stage, CancellationToken, Task<List<Figure>>>>
        {
            ["start"] = StartBenchmark.RunAsync,
            ["first-page"] = FirstPageBenchmark.RunAsync,
            ["catalogue-cached"] = PageBenchmarks.CachedCatalogueAsync,
            ["course-page"] = PageBenchmarks.CoursePageAsync,
            ["catalogue-uncached"] = PageBenchmarks.UncachedCatalogueAsync,
            ["search"] = PageBenchmarks.SearchAsync,
            ["memory"] = MemoryBenchmark.RunAsync,
            ["files"] = FilesBenchmark.RunAsync,
            ["booking-form"] = PageBenchmarks.BookingFormAsync,
            ["booking"] = BookingBenchmark.RunAsync,
            ["basket"] = BasketBenchmark.RunAsync,
            ["survey"] = SurveyBenchmark.RunAsync,
            ["desk"] = DeskBenchmark.RunAsync,
            ["impact-report"] = ImpactBenchmark.RunAsync,
            ["money"] = MoneyBenchmark.RunAsync,
            ["rights"] = RightsBenchmark.RunAsync,
            ["search-many-dates"] = PageBenchmarks.SearchManyDatesAsync,
        };

    /// <summary>Runs the named ones, or all when none is named, and prints each figure as soon as it is there.</summary>
    public static async Task RunAsync(StageSettings settings, string[] names, CancellationToken ct)
    {
        var whole = Stopwatch.StartNew();
        await using var stage = await Stage.OpenAsync(settings, ct);
        foreach (var (name, benchmark) in All.Where(one => names.Length == 0 || names.Contains(one.Key)))
        {
            var took = Stopwatch.StartNew();
            foreach (var figure in await benchmark(stage, ct))
            {
                Console.WriteLine(figure);
            }

            Notes.Say($"  {name} took {took.Elapsed.TotalSeconds:0} s; load average now {Machine.Load}");
        }

        Notes.Say($"All took {whole.Elapsed.TotalSeconds:0} s.");
    }
}
