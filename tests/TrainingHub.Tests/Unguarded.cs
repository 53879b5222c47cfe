using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace TrainingHub.Tests;

/// <summary>
/// Switches one guard off, for the twin of a race's test that must fail. The check stays and only what makes check and write one
/// act is gone: the row lock, or the condition inside the statement that writes. So the twin loses only when clients meet, which
/// <see cref="Gate"/> makes sure of, and still holds in sequence, which each twin shows too.
/// <para>
/// Statements that go through EF are changed on their way, by <see cref="InsteadAsync{T}"/>; the program knows nothing of it. A
/// command that sends its one guarding statement straight to the server has it in an internal property named Guard, which
/// <see cref="Instead"/> changes. That name is the only seam: GuardTests finds any other.
/// </para>
/// </summary>
internal sealed partial class Unguarded : DbCommandInterceptor
{
    private static readonly AsyncLocal<Exchange?> Now = new();

    private sealed class Exchange(Regex guard, string instead, Exchange? outer)
    {
        private int count;

        public bool WasMade => count > 0;

        public void Make(DbCommand command)
        {
            outer?.Make(command);
            if (guard.IsMatch(command.CommandText))
            {
                command.CommandText = guard.Replace(command.CommandText, instead);
                Interlocked.Increment(ref count);
            }
        }
    }

    /// <summary>Does it with no row locked; two that come one after the other see no difference.</summary>
    public static Task<T> WithoutRowLocksAsync<T>(Func<Task<T>> act) => InsteadAsync(RowLock(), "", act);

    /// <summary>Does it with the one-at-a-time lock of an import not taken: only its key is looked at.</summary>
    public static Task<T> WithoutOneAtATimeAsync<T>(Func<Task<T>> act) => InsteadAsync(AdvisoryLock(), "abs", act);

    /// <summary>Does it with other text in place of the guard, in whatever the act itself sends through EF. One in another takes both off.</summary>
    /// <exception cref="InvalidOperationException">It never came to the guard, so it shows nothing.</exception>
    public static async Task<T> InsteadAsync<T>(Regex guard, string instead, Func<Task<T>> act)
    {
        var exchange = new Exchange(guard, instead, Now.Value);
        Now.Value = exchange;
        var result = await act();
        return exchange.WasMade ? result : throw new InvalidOperationException($"Nothing was sent with {guard}.");
    }

    /// <summary>A guarding statement with other text in place of its condition.</summary>
    public static string Instead(string statement, string guard, string instead) =>
        statement.Contains(guard, StringComparison.Ordinal)
            ? statement.Replace(guard, instead, StringComparison.Ordinal)
            : throw new InvalidOperationException($"The statement does not say {guard}.");

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken ct = default)
    {
        Now.Value?.Make(command);
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken ct = default)
    {
        Now.Value?.Make(command);
        return new(result);
    }

    [GeneratedRegex(@"\bfor (no key update|update|share)( of \w+)?( skip locked)?\b")]
    private static partial Regex RowLock();

    [GeneratedRegex(@"\bpg_advisory_xact_lock\b")]
    private static partial Regex AdvisoryLock();
}
