using Npgsql;
using TrainingHub.Platform.Data;

namespace TrainingHub.Reporting;

/// <summary>
/// A connection on which reports read answers, as the role that reads answers and lists and nothing about people: a statement that asks for
/// more is refused by the database. It is the program's own role again once this is disposed of.
/// </summary>
internal sealed class AnswersConnection : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private AnswersConnection(NpgsqlConnection connection, NpgsqlTransaction transaction) => (this.connection, this.transaction) = (connection, transaction);

    public static async Task<AnswersConnection> OpenAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        try
        {
            var opened = new AnswersConnection(connection, await connection.BeginTransactionAsync(ct));
            // It ends with the transaction, so that no connection goes back to the pool with it.
            await using var become = opened.CreateCommand($"set local role {DatabaseRoles.Reports}");
            await become.ExecuteNonQueryAsync(ct);
            return opened;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public NpgsqlCommand CreateCommand(string sql) => new(sql, connection, transaction);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
