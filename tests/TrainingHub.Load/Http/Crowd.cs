using System.Diagnostics;

namespace TrainingHub.Load.Http;

/// <summary>Several visitors at once, each doing one journey after the other.</summary>
internal static class Crowd
{
    public const int Size = 16;

    /// <param name="next">The number of the next journey; no number is given twice.</param>
    /// <param name="journey">One whole journey; throws when anything is not as it should be.</param>
    /// <returns>Finished journeys and the time that they took.</returns>
    public static async Task<(int Journeys, TimeSpan Took)> RunAsync(
        int port, TimeSpan time, Func<int> next, Action<Visitor, int> journey, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var done = await Task.WhenAll(Enumerable.Range(0, Size).Select(_ => Task.Factory.StartNew(
            () => Repeat(port, () => watch.Elapsed < time && !ct.IsCancellationRequested, next, journey),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        ct.ThrowIfCancellationRequested();
        return (done.Sum(), watch.Elapsed);
    }

    private static int Repeat(int port, Func<bool> isTime, Func<int> next, Action<Visitor, int> journey)
    {
        using var visitor = new Visitor(port);
        var done = 0;
        for (; isTime(); done++)
        {
            visitor.Forget();
            journey(visitor, next());
        }

        return done;
    }
}
