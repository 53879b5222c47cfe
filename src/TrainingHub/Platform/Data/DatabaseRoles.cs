using Npgsql;

namespace TrainingHub.Platform.Data;

/// <summary>
/// The two roles of the server that nobody signs in as: one owns what says who gave an answer, the other reads answers for reports. Migration
/// 0140 makes them where its role may; elsewhere an administrator has to, and is told how before anything is changed.
/// </summary>
internal static class DatabaseRoles
{
    public const string Identity = "traininghub_identity";
    public const string Reports = "traininghub_reports";

    /// <summary>Asks as the role that migrates.</summary>
    /// <exception cref="SetUpException">A role is missing or not given to this one, which may not make it.</exception>
    public static async Task RequireAsync(NpgsqlDataSource owner, CancellationToken ct)
    {
        await using var ask = owner.CreateCommand(
            """
            select string_agg(
                case when found.oid is null then format('create role %I nologin; ', wanted.name) else '' end
                || format('grant %I to %I with admin option;', wanted.name, current_user), ' ' order by wanted.name)
            from unnest($1::text[]) wanted (name)
            left join pg_roles found on found.rolname = wanted.name
            where not exists (select from pg_roles where rolname = current_user and (rolsuper or rolcreaterole))
              and (found.oid is null or not pg_has_role(current_user, found.oid, 'usage'))
            """);
        ask.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [Identity, Reports] });
        if (await ask.ExecuteScalarAsync(ct) is string statements)
        {
            throw new SetUpException($"The role that migrates the database lacks two others and may not make them. As an administrator of the server run: {statements}");
        }
    }

    /// <summary>Asks as the role that the program runs as, when everything is migrated.</summary>
    /// <exception cref="SetUpException">Reports on answers could not be made.</exception>
    public static async Task RequireReportsAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var ask = database.CreateCommand("select not exists (select from pg_roles where rolname = $1 and pg_has_role(current_user, oid, 'member'))");
        ask.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Reports });
        if (await ask.ExecuteScalarAsync(ct) is true)
        {
            throw new SetUpException(
                $"The role of ConnectionStrings__TrainingHub does not have the role {Reports}: run “migrate” with the role that owns the tables in "
                + "ConnectionStrings__Migrations, which gives it.");
        }
    }
}
