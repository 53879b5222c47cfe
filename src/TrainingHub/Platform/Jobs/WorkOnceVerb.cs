using TrainingHub.Platform.Commands;

namespace TrainingHub.Platform.Jobs;

/// <summary>Runs one job by name, once, and prints how many rows it handled.</summary>
internal sealed class WorkOnceVerb(JobRunner jobs) : IVerb
{
    public static string Name => "work --once";

    public static string Usage => "work --once JOB";

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (args is not [var job] || !jobs.Names.Contains(job))
        {
            throw new UsageException($"Name one job: {string.Join(", ", jobs.Names)}.");
        }

        var outcome = await jobs.RunAsync(job, ct);
        Console.WriteLine($"{job} handled {outcome.Handled} rows. {outcome.Waits}".TrimEnd());
        return 0;
    }
}
