using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using TrainingHub.Platform.Data;
using Xunit;

namespace TrainingHub.Tests.House;

/// <summary>
/// The schema that the migrations make is the one that the entities describe. The server itself writes both down, so
/// spelling does not matter.
/// </summary>
public sealed partial class SchemaDriftTests(TestDatabase databases, TestApp app) : IClassFixture<TestApp>
{
    // What only the database knows, on purpose.
    private static readonly string[] OnlyInMigrations = ["schema_migrations", "data_protection_keys", "seed_runs", "invoice_numbers", "credit_note_numbers", "stripe_looks", "mail_stops", "bounce_reports", "door_secrets", "history_links", "history_heads", "history_waiting"];

    private const string Facts = """
        select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
               || case when a.attnotnull then ' not null' else '' end
               || coalesce(' generated ' || nullif(a.attgenerated::text, ''), '')
               || coalesce(' identity ' || nullif(a.attidentity::text, ''), '')
               || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
        from pg_attribute a
        join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
        join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attnum > 0 and not a.attisdropped and c.relname <> all ($1)
        union all
        select 'constraint ' || c.relname || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid)
        from pg_constraint k
        join pg_class c on c.oid = k.conrelid
        join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
        where k.contype not in ('n', 't') and c.relname <> all ($1)
        union all
        select 'index ' || pg_get_indexdef(i.indexrelid)
        from pg_index i
        join pg_class c on c.oid = i.indrelid
        join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
        where c.relname <> all ($1) and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
        """;

    private const string Views = """
        select 'view ' || c.relname || '.' || a.attname || ' ' || replace(format_type(a.atttypid, null), 'character varying', 'text')
        from pg_attribute a
        join pg_class c on c.oid = a.attrelid and c.relkind = 'v'
        join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
        where a.attnum > 0 and not a.attisdropped
        """;

    [Fact]
    public async Task Schema_MigratedAndFromTheModel_AreTheSame()
    {
        var fromModel = await CreateFromModelAsync();

        var migrated = await ReadAsync(app.ConnectionString);
        var described = await ReadAsync(fromModel);

        Assert.NotEmpty(described);
        Verdict.NoFaults(described.Except(migrated).Select(fact => "no migration makes: " + fact)
            .Concat(migrated.Except(described).Select(fact => "no entity knows: " + fact)));
    }

    [Fact]
    public async Task Views_MigratedAndMapped_HaveTheSameColumns()
    {
        var mapped = await app.WithAsync<TrainingHubDb, List<string>>(db => Task.FromResult(MappedViews(db.Model)));

        var migrated = await ReadViewsAsync(app.ConnectionString);

        Assert.NotEmpty(mapped);
        Verdict.NoFaults(mapped.Except(migrated).Select(fact => "no migration makes: " + fact)
            .Concat(migrated.Except(mapped).Select(fact => "no entity knows: " + fact)));
    }

    [Theory]
    [InlineData("create view surprise as select id from courses")]
    [InlineData("drop view live_places cascade")]
    [InlineData("drop view live_places cascade; create view live_places as select id, booking_id, run_id::text from places")]
    public async Task Views_FaultPlanted_IsFound(string fault)
    {
        var planted = await databases.CreateAsync();
        await using var source = NpgsqlDataSource.Create(TablesOwner.Of(planted));
        await source.CreateCommand(fault).ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var (sound, faulty) = (await ReadViewsAsync(app.ConnectionString), await ReadViewsAsync(planted));

        Assert.NotEqual(sound.Order(StringComparer.Ordinal), faulty.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("alter table course_runs add surprise text")]
    [InlineData("alter table course_runs alter change_number type bigint")]
    [InlineData("create index surprise on course_runs (capacity)")]
    [InlineData("alter table course_runs add constraint surprise check (capacity < 5000)")]
    public async Task Schema_FaultPlanted_IsFound(string fault)
    {
        var planted = await databases.CreateAsync();
        await using var source = NpgsqlDataSource.Create(TablesOwner.Of(planted));
        await source.CreateCommand(fault).ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var (sound, faulty) = (await ReadAsync(app.ConnectionString), await ReadAsync(planted));

        Assert.NotEqual(sound.Order(StringComparer.Ordinal), faulty.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Migrator_FourNodesAtOnce_OneAppliesAndNoneFails()
    {
        var empty = await databases.CreateEmptyAsync();
        await using var source = NpgsqlDataSource.Create(TablesOwner.Of(empty));

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Migrator.ApplyAsync(source, TestContext.Current.CancellationToken)));

        Assert.Equal(3, applied.Count(count => count == 0));
    }

    private async Task<string> CreateFromModelAsync()
    {
        var empty = await databases.CreateEmptyAsync();
        var script = await app.WithAsync<TrainingHubDb, string>(db => Task.FromResult(db.Database.GenerateCreateScript()));
        await using var source = NpgsqlDataSource.Create(TablesOwner.Of(empty));
        // Columns that the table works out by it.
        await using var functions = app.Database.CreateCommand(
            "select pg_get_functiondef('name_key(text)'::regprocedure) || ';' || pg_get_functiondef('folded_words(text)'::regprocedure) || ';' || pg_get_functiondef('words_of_history(text, text, jsonb)'::regprocedure)");
        foreach (var sql in new[] { (string)(await functions.ExecuteScalarAsync(TestContext.Current.CancellationToken))!, script })
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        return empty;
    }

    // A view's columns have neither a length nor "not null" of their own that the model could give.
    private static List<string> MappedViews(IModel model) =>
    [
        .. from entity in model.GetEntityTypes()
           let view = StoreObjectIdentifier.Create(entity, StoreObjectType.View)
           where view is not null
           from property in entity.GetProperties()
           select $"view {view.Value.Name}.{property.GetColumnName(view.Value)} {Length().Replace(property.GetColumnType(view.Value), "text")}",
    ];

    [GeneratedRegex(@"^character varying\(\d+\)$")]
    private static partial Regex Length();

    private static Task<List<string>> ReadAsync(string connectionString) => ReadAsync(connectionString, Facts, [OnlyInMigrations]);

    private static Task<List<string>> ReadViewsAsync(string connectionString) => ReadAsync(connectionString, Views);

    private static async Task<List<string>> ReadAsync(string connectionString, string sql, params object[] values)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var facts = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            facts.Add(reader.GetString(0));
        }

        return facts;
    }
}
