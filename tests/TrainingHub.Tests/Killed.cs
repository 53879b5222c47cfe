using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace TrainingHub.Tests;

/// <summary>Stops an act before its nth statement, or before its commit, as a process that dies there does: the connection goes, and what was not committed with it.</summary>
internal sealed class Killed : DbCommandInterceptor, IDbTransactionInterceptor
{
    private static readonly AsyncLocal<Countdown?> Now = new();

    private sealed class Countdown(int steps)
    {
        private int left = steps;

        public bool IsOver => Volatile.Read(ref left) < 0;

        public void Step()
        {
            if (Interlocked.Decrement(ref left) < 0)
            {
                throw new KilledException();
            }
        }
    }

    private sealed class KilledException : Exception;

    /// <summary>Does it again and again, killed one step later each time, until it gets through; looks after each death.</summary>
    /// <returns>How often it died.</returns>
    public static async Task<int> AtEveryStepAsync(Func<Task> act, Func<Task> look)
    {
        for (var deaths = 0; ; deaths++)
        {
            var countdown = new Countdown(deaths);
            Now.Value = countdown;
            try
            {
                await act();
                if (!countdown.IsOver)
                {
                    return deaths;
                }
            }
            catch (Exception error) when (countdown.IsOver && IsDeath(error))
            {
                // As meant.
            }
            finally
            {
                Now.Value = null;
            }

            await look();
        }
    }

    /// <summary>Does it once and kills it before the given statement, if it comes so far.</summary>
    /// <returns>Whether it died.</returns>
    public static async Task<bool> AtStepAsync(int step, Func<Task> act)
    {
        var countdown = new Countdown(step);
        Now.Value = countdown;
        try
        {
            await act();
            return countdown.IsOver;
        }
        catch (Exception error) when (countdown.IsOver && IsDeath(error))
        {
            return true;
        }
        finally
        {
            Now.Value = null;
        }
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken ct = default)
    {
        Now.Value?.Step();
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken ct = default)
    {
        Now.Value?.Step();
        return new(result);
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken ct = default)
    {
        Now.Value?.Step();
        return new(result);
    }

    private static bool IsDeath(Exception error) => error is KilledException || (error.InnerException is { } inner && IsDeath(inner));
}
