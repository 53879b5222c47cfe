using TrainingHub.Load.Hosting;

namespace TrainingHub.Load.Benchmarks;

/// <summary>
/// From the start of the process until it takes connections, on a database that exists: the median of five, with a
/// database server that runs already, as in production.
/// </summary>
internal static class StartBenchmark
{
    private const int Starts = 5;

    public static async Task<List<Figure>> RunAsync(Stage stage, CancellationToken ct)
    {
        await stage.StopAppAsync();
        var hello = await MedianAsync(() => stage.StartHelloAsync(ct));
        var app = await MedianAsync(() => stage.StartAppAsync(stage.ConnectionString, ct));
        return [new Figure("start", app, "ms", "hello", hello, Target.AtMost(1000, "ms"))];
    }

    private static async Task<double> MedianAsync(Func<Task<Child>> start)
    {
        var times = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            await using var child = await start();
            times.Add(child.TimeToListen.TotalMilliseconds);
        }

        return times.Order().ElementAt(Starts / 2);
    }
}
