using Npgsql;

namespace TrainingHub.Platform.Jobs;

internal enum RowResult
{
    Handled,
    NothingToDo,

    /// <summary>Whoever the row was about did not answer. It may be this row, or all of them.</summary>
    Unanswered,
}

/// <summary>
/// Does the rows of a job one after another, so that one that fails holds none of the others up. What failed is thrown at the end, as
/// one <see cref="JobFailedException"/>; a database that is gone ends the run at once, and so do three rows in a row without an answer.
/// </summary>
internal static class OneByOne
{
    private const int MostUnanswered = 3;

    public static Task<int> RunAsync<T>(IReadOnlyCollection<T> rows, Func<T, Task<bool>> act) =>
        RunAsync(rows, async row => await act(row) ? RowResult.Handled : RowResult.NothingToDo, whom: "");

    /// <param name="rows"></param>
    /// <param name="act">Does one row.</param>
    /// <param name="whom">Who may not answer, as staff know them.</param>
    /// <returns>How many rows were handled; a <see cref="JobWaitsException"/> says it when some got no answer.</returns>
    public static async Task<int> RunAsync<T>(IReadOnlyCollection<T> rows, Func<T, Task<RowResult>> act, string whom)
    {
        var failures = new RowFailures();
        var (handled, settled, unanswered) = (0, 0, 0);
        foreach (var row in rows)
        {
            try
            {
                var result = await act(row);
                handled += result == RowResult.Handled ? 1 : 0;
                settled += result != RowResult.Unanswered ? 1 : 0;
                unanswered = result == RowResult.Unanswered ? unanswered + 1 : 0;
            }
            catch (Exception failure) when (RowFailures.IsOfOneRow(failure))
            {
                failures.Add(failure);
                settled++;
            }

            if (unanswered == MostUnanswered)
            {
                break;
            }
        }

        failures.ThrowIfAny(rows.Count);
        return settled == rows.Count ? handled : throw new JobWaitsException(
            $"{whom} did not answer. {rows.Count - settled} of {rows.Count} wait and are tried again by themselves; there is nothing to do.", handled);
    }
}

/// <summary>What went wrong with single rows, told together once the others are done.</summary>
internal sealed class RowFailures
{
    private readonly List<Exception> failures = [];
    private readonly List<Guid> rows = [];

    /// <summary>Those that failed, so that a job that claims again leaves them out.</summary>
    public IReadOnlyList<Guid> Rows => rows;

    /// <summary>False for what would meet every other row too: the run was stopped, or the database is gone.</summary>
    public static bool IsOfOneRow(Exception failure) => failure switch
    {
        OperationCanceledException or JobFailedException => false,
        PostgresException said => !said.SqlState.StartsWith("57", StringComparison.Ordinal) && !said.SqlState.StartsWith("53", StringComparison.Ordinal),
        NpgsqlException => false,
        { InnerException: { } inner } => IsOfOneRow(inner),
        _ => true,
    };

    public void Add(Exception failure) => failures.Add(failure);

    public void Add(Exception failure, Guid row)
    {
        Add(failure);
        rows.Add(row);
    }

    public void ThrowIfAny(int tried)
    {
        if (failures.Count > 0)
        {
            throw new JobFailedException(
                $"{failures.Count} of {tried} could not be done; the others were. What is left is tried again at the next run. "
                + "If it fails again, tell whoever looks after this site, with the reference.",
                new AggregateException(failures));
        }
    }
}
