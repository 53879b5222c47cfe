using Npgsql;

namespace TrainingHub.Platform.Jobs;

/// <summary>Runs one job and records the run in job_runs: when, how many rows it handled, what went wrong, and where.</summary>
internal sealed partial class JobRunner(
    IEnumerable<JobEntry> jobs, IServiceScopeFactory scopes, NpgsqlDataSource database, TimeProvider clock, ILogger<JobRunner> logger)
{
    private static readonly string Node = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>As the rooms add them, so that what one prepares a later one finds.</summary>
    public IReadOnlyList<string> NamesInOrder => [.. jobs.Select(job => job.Name)];

    public IReadOnlyList<string> Names => [.. jobs.Select(job => job.Name).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Returns what came of it. What the job throws is recorded, logged as an error and thrown on. If the process dies
    /// half-way, the run stays without an end; the next run is a new row.
    /// </summary>
    public async Task<JobOutcome> RunAsync(string name, CancellationToken ct)
    {
        var job = jobs.Single(entry => entry.Name == name);
        var run = Guid.CreateVersion7(clock.GetUtcNow());
        await BeginAsync(run, name, ct);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var handled = await job.RunAsync(scope.ServiceProvider, ct);
            await EndAsync(run, handled, waits: null, error: null);
            return new(handled);
        }
        catch (JobWaitsException waits)
        {
            LogWaits(name);
            await EndAsync(run, waits.Handled, waits.Message, error: null);
            return new(waits.Handled, waits.Message);
        }
        catch (Exception failure)
        {
            var reference = JobFailure.ReferenceOf(run);
            LogFailed(failure, name, reference);
            await EndAsync(run, handled: null, waits: null, $"{JobFailure.Words(failure)} Reference: {reference}.");
            throw;
        }
    }

    /// <summary>Every job once, each on its own: one that fails is recorded and logged, and the others run all the same.</summary>
    public async Task<(int Handled, IReadOnlyList<string> Failed)> RunAllAsync(CancellationToken ct)
    {
        var (handled, failed) = (0, new List<string>());
        foreach (var name in NamesInOrder)
        {
            try
            {
                handled += (await RunAsync(name, ct)).Handled;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failed.Add(name);
            }
        }

        return (handled, failed);
    }

    private async Task BeginAsync(Guid run, string name, CancellationToken ct)
    {
        await using var insert = database.CreateCommand("insert into job_runs (id, job, started_at, node) values ($1, $2, $3, $4)");
        insert.Parameters.AddWithValue(run);
        insert.Parameters.AddWithValue(name);
        insert.Parameters.AddWithValue(clock.GetUtcNow());
        insert.Parameters.AddWithValue(Node);
        await insert.ExecuteNonQueryAsync(ct);
    }

    // Without the caller's token: that a run was cut off is recorded too.
    private async Task EndAsync(Guid run, int? handled, string? waits, string? error)
    {
        await using var update = database.CreateCommand("update job_runs set finished_at = $2, handled = $3, error = $4, waits = $5 where id = $1");
        update.Parameters.AddWithValue(run);
        update.Parameters.AddWithValue(clock.GetUtcNow());
        update.Parameters.Add(new NpgsqlParameter<int?> { TypedValue = handled });
        update.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = error });
        update.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = waits });
        await update.ExecuteNonQueryAsync(CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} failed (reference {Reference})")]
    private partial void LogFailed(Exception failure, string job, string reference);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} left something that waits for another; it is tried again")]
    private partial void LogWaits(string job);
}
