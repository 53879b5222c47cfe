using TrainingHub.Load.Hosting;

namespace TrainingHub.Load.Benchmarks;

/// <summary>Resident memory right after the catalogue, cached and uncached, was under full load; beside it "hello" after its own.</summary>
internal static class MemoryBenchmark
{
    public static async Task<List<Figure>> RunAsync(Stage stage, CancellationToken ct)
    {
        if (!stage.CatalogueWasLoaded)
        {
            await PageBenchmarks.LoadCatalogueAsync(stage, ct);
        }

        var app = Machine.ResidentMegabytes((await stage.AppAsync(ct)).Id);
        var hello = Machine.ResidentMegabytes((await stage.HelloAsync(ct)).Id);
        return [new Figure("memory", app, "MB", "hello", hello, Target.AtMost(200, "MB"))];
    }
}
