using TrainingHub.Load.Database;
using TrainingHub.Load.Hosting;

namespace TrainingHub.Load.Benchmarks;

internal static class DeskBenchmark
{
    public static async Task<List<Figure>> RunAsync(Stage stage, CancellationToken ct)
    {
        await stage.AppAsync(ct);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await NationalYear.AddAsync(stage.Database, 0, 150, ct);
        Notes.Say($"{watch.Elapsed}");
        return [];
    }
}
