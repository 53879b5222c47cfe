using System.Collections.Concurrent;
using Npgsql;

namespace TrainingHub.Tests;

/// <summary>
/// The role that owns the tables of a test's database. The program under test never is it, so that a missing grant is seen; a test is it
/// where it alters a table, plants a fault, or stands in the way of others.
/// </summary>
internal static class TablesOwner
{
    private static readonly ConcurrentDictionary<string, NpgsqlDataSource> Sources = new();

    public static string Name { get; set; } = "postgres";

    public static string Of(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { Username = Name }.ConnectionString;

    /// <summary>The same database as its owner. Lives as long as the run.</summary>
    public static NpgsqlDataSource Owner(this NpgsqlDataSource database) =>
        Sources.GetOrAdd(Of(database.ConnectionString), NpgsqlDataSource.Create);
}
