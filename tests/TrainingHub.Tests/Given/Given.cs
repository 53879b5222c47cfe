using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace TrainingHub.Tests;

/// <summary>
/// Makes valid things with defaults, so that a test states only what matters to it. What the program makes by a command is made
/// by that command. Rows of the past and rows by the thousand are entities, which are written here and nowhere else in the tests;
/// New… gives such a row without saving it. The load program links these files, so they know nothing of xunit.
/// </summary>
internal sealed partial class Given(NpgsqlDataSource database, TimeProvider clock, CancellationToken ct = default)
{
    // The model depends on it, and the application sets it where a context of its own finds it.
    private static readonly IServiceProvider Identity = new ServiceCollection()
        .Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();

    private static int Number;

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Saves these rows in one transaction, in whatever order their keys ask for.</summary>
    public async Task AddAsync(params object[] rows)
    {
        await using var db = Db();
        db.AddRange(rows);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Copies many rows into their table. Tables that these rows refer to come first.</summary>
    public async Task CopyAsync<T>(IEnumerable<T> rows)
        where T : class
    {
        await using var db = Db();
        await BulkCopy.RunAsync(db, rows, ct);
    }

    /// <summary>The same of two tables, where rows of the first have to have rows of the second when they are committed.</summary>
    public async Task CopyAsync<T, TOther>(IEnumerable<T> rows, IEnumerable<TOther> others)
        where T : class
        where TOther : class
    {
        await using var db = Db();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await BulkCopy.RunAsync(db, rows, ct);
        await BulkCopy.RunAsync(db, others, ct);
        await transaction.CommitAsync(ct);
    }

    // The connection is handed over, not the data source: the model is then built once for all databases of a test run.
    private TrainingHubDb Db() => new(new DbContextOptionsBuilder<TrainingHubDb>()
        .UseNpgsql(database.CreateConnection(), contextOwnsConnection: true)
        .UseApplicationServiceProvider(Identity)
        .Options);

    private async Task<T> AddedAsync<T>(T row)
        where T : class
    {
        await AddAsync(row);
        return row;
    }

    /// <summary>Nothing else made here has this number, so names and references with it differ.</summary>
    private static int NextNumber() => Interlocked.Increment(ref Number);
}
