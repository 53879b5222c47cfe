using Hangfire.PostgreSql;
using Npgsql;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform.Data;

/// <summary>
/// Acts as the role that owns the tables (ConnectionStrings:Migrations): applies migrations, makes the tables of the scheduler and gives the
/// application's own role what it needs and no more. Without that setting the application's role does it itself, if it owns the tables; if it
/// does not, it needs nothing done to them, or does not start.
/// </summary>
internal sealed partial class SchemaOwner(NpgsqlDataSource database, IConfiguration configuration, ILogger<SchemaOwner> logger)
{
    /// <exception cref="SetUpException">There are migrations to apply, and nobody here who may.</exception>
    public async Task MigrateAsync(CancellationToken ct)
    {
        if (Owner() is { } separate)
        {
            await using var owner = separate;
            await DatabaseRoles.RequireAsync(owner, ct);
            await Migrator.ApplyAsync(owner, await FinishAsync(ct), ct);
        }
        else if (await MayMigrateAsync(ct))
        {
            await DatabaseRoles.RequireAsync(database, ct);
            await Migrator.ApplyAsync(database, InstallJobTablesAsync, ct);
        }
        else if (await Migrator.FirstPendingAsync(database, ct) is { } pending)
        {
            throw new SetUpException(
                $"The database lacks migration {pending}, and the role of ConnectionStrings__TrainingHub may not change tables: run "
                + "“migrate” with the role that owns them in ConnectionStrings__Migrations.");
        }

        await DatabaseRoles.RequireReportsAsync(database, ct);
        if (await FirstWayToChangeHistoryAsync(database, ct) is { } way)
        {
            LogNotSeparated(way);
        }
    }

    /// <summary>Removes what is dead and counts what is there, which only the owner of the tables can.</summary>
    public async Task TidyAsync(CancellationToken ct)
    {
        await using var owner = Owner();
        await using var tidy = (owner ?? database).CreateCommand("vacuum (analyze)");
        await tidy.ExecuteNonQueryAsync(ct);
    }

    private static async Task<string?> FirstWayToChangeHistoryAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var ask = database.CreateCommand("select way from ways_to_change_history() limit 1");
        return await ask.ExecuteScalarAsync(ct) as string;
    }

    private NpgsqlDataSource? Owner() =>
        configuration.GetConnectionString("Migrations") is { Length: > 0 } given ? NpgsqlDataSource.Create(given + ";Pooling=false") : null;

    // The grants depend on who the application is, which its own connection knows best: its name may come from the operating system.
    private async Task<Func<NpgsqlConnection, CancellationToken, Task>> FinishAsync(CancellationToken ct)
    {
        await using var ask = database.CreateCommand("select current_user::text");
        var application = (string)(await ask.ExecuteScalarAsync(ct))!;
        return async (connection, stop) =>
        {
            await InstallJobTablesAsync(connection, stop);
            await using var grant = new NpgsqlCommand(
                """
                do $do$
                declare
                    application name := current_setting('traininghub.application');
                begin
                    if current_user <> application and (
                        has_schema_privilege(application, 'public', 'create')
                        or not has_schema_privilege(application, 'hangfire', 'usage')
                        or exists (select from rights_of_tables(application) where allowed <> granted)
                        or exists (select from missing_rights(application))) then
                        call grant_application(application);
                    end if;
                end
                $do$
                """, connection);
            await using var name = new NpgsqlCommand("select set_config('traininghub.application', $1, false)", connection)
            {
                Parameters = { new() { Value = application } },
            };
            await name.ExecuteNonQueryAsync(stop);
            await grant.ExecuteNonQueryAsync(stop);
        };
    }

    private static Task InstallJobTablesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        PostgreSqlObjectsInstaller.Install(connection, JobSchedule.Schema);
        return Task.CompletedTask;
    }

    private async Task<bool> MayMigrateAsync(CancellationToken ct)
    {
        await using var ask = database.CreateCommand(
            """
            select has_schema_privilege(current_user, 'public', 'create') and not exists (
                select from pg_class
                where oid = to_regclass('public.schema_migrations') and not pg_has_role(current_user, relowner, 'member'))
            """);
        return await ask.ExecuteScalarAsync(ct) is true;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The rights in the database are not separated: whoever runs this program could change history, for {Way}. README says how to give it a role of its own")]
    private partial void LogNotSeparated(string way);
}
