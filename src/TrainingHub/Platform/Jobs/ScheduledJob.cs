using Hangfire;
using Npgsql;

namespace TrainingHub.Platform.Jobs;

/// <summary>
/// What Hangfire calls when a job is due: runs the job of that name, on one node at a time. A failure was logged and recorded by
/// then; it is not tried again before its time.
/// </summary>
[AutomaticRetry(Attempts = 0, LogEvents = false, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
internal sealed class ScheduledJob(JobRunner jobs, NpgsqlDataSource database)
{
    public async Task RunAsync(string name, CancellationToken ct)
    {
        // A lock of the connection's: it ends with the process, however that ends.
        await using var connection = await database.OpenConnectionAsync(ct);
        if (!await LockAsync(connection, "select pg_try_advisory_lock(hashtext('job'), hashtext($1))", name))
        {
            return;
        }

        try
        {
            await jobs.RunAsync(name, ct);
        }
        finally
        {
            await LockAsync(connection, "select pg_advisory_unlock(hashtext('job'), hashtext($1))", name);
        }
    }

    private static async Task<bool> LockAsync(NpgsqlConnection connection, string statement, string name)
    {
        await using var command = new NpgsqlCommand(statement, connection) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(CancellationToken.None) is true;
    }
}
