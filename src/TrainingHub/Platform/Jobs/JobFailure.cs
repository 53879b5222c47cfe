using System.Net.Sockets;
using Npgsql;

namespace TrainingHub.Platform.Jobs;

/// <summary>What staff read of a run that failed: what that means and what to do. The technical text is in the log, by the reference.</summary>
internal static class JobFailure
{
    /// <summary>Eight letters and digits that the log has too.</summary>
    public static string ReferenceOf(Guid run) => run.ToString("N")[^8..].ToUpperInvariant();

    public static string Words(Exception failure) => failure switch
    {
        JobFailedException said => said.Message,
        OperationCanceledException => "It was stopped because the program was ending. It runs again at its time; there is nothing to do.",
        PostgresException wrong when wrong.SqlState.StartsWith("42", StringComparison.Ordinal) =>
            "The database is not as this version of the program expects, so this work is not being done. "
            + "Ask whoever looks after this site to bring the database up to date (the command is migrate).",
        PostgresException =>
            "The database refused a change, which was not made. It is tried again at the next run. "
            + "If it fails again, tell whoever looks after this site, with the reference.",
        NpgsqlException or SocketException or TimeoutException =>
            "The database could not be reached. Nothing is lost, and the job runs again by itself. "
            + "If this stays for more than ten minutes, tell whoever looks after this site.",
        { InnerException: { } inner } => Words(inner),
        _ =>
            "Something went wrong that the program does not expect. It is tried again at the next run. "
            + "If it fails again, tell whoever looks after this site, with the reference.",
    };
}
