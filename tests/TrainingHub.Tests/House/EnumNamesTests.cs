using Npgsql;
using Xunit;

namespace TrainingHub.Tests.House;

/// <summary>No statement quotes a name that its enum does not have: a renamed value would be found by nothing else.</summary>
public sealed class EnumNamesTests(TestApp app) : IClassFixture<TestApp>
{
    // Words in quotes that belong to no enum: the area for both.
    private static readonly string[] PlainWords = ["Both"];

    [Fact]
    public async Task Sql_InFilesAndCode_QuotesOnlyKnownNames()
    {
        var names = await NamesAsync();
        var files = SourceTree.Read("src/TrainingHub", ".cs", ".sql")
            .Where(file => !file.Key.StartsWith("Migrations/", StringComparison.Ordinal))
            .Select(file => new SourceFile(file.Key, file.Value));

        var faults = from file in files from sql in file.Sql from fault in names.Faults(sql) select $"{file.Path}: {fault}";

        Verdict.NoFaults(faults.Where(fault => !PlainWords.Any(word => fault.Contains($"'{word}'", StringComparison.Ordinal))));
    }

    // The views and functions as they are now: a migration may name what was renamed since.
    [Fact]
    public async Task Sql_OfViewsAndFunctions_QuotesOnlyKnownNames()
    {
        var names = await NamesAsync();
        var definitions = await DefinitionsAsync();

        Assert.Contains(definitions, definition => definition.Name == "live_places");
        Assert.Contains(definitions, definition => definition.Name == "delivered_runs");
        Verdict.NoFaults(from definition in definitions from fault in names.FaultsOfView(definition.Name, definition.Sql) select $"{definition.Name}: {fault}");
    }

    [Theory]
    [InlineData("select id from places where state = 'Confirmd'")]
    [InlineData("select id from places p where p.state in ('Held', 'Paid')")]
    [InlineData("select id from places join payments on true where places.state = 'Paid'")]
    [InlineData("select id from bookings b where case b.state when 'Held' then true when 'Gone' then false end")]
    [InlineData("update places set state = 'Sent' where id = 1")]
    [InlineData("insert into places (id, state) select id, 'Sent' from bookings")]
    [InlineData("select id from places where state <> all (array['Held'::text, 'Free'::text])")]
    [InlineData("select id from places where (state)::text = any ((array['Held'::text, 'Free'::text])::text[])")]
    [InlineData("select id from payments where problem is distinct from 'Held'")]
    public async Task Sql_WrongNamePlanted_IsFound(string sql) => Assert.Single((await NamesAsync()).Faults(sql));

    [Theory]
    [InlineData("select id from places where state = 'Confirmed' and id::text <> 'confirmed'")]
    [InlineData("select id from bookings b where case b.state when 'Held' then true when 'Expired' then false end")]
    [InlineData("with paid as (select * from payments) select 1 from paid where paid.state = 'Paid'")]
    [InlineData("insert into places (id, state) select id, 'Held' from bookings")]
    public async Task Sql_NothingWrong_NothingFound(string sql) => Assert.Empty((await NamesAsync()).Faults(sql));

    private Task<EnumNames> NamesAsync() => app.WithAsync<TrainingHubDb, EnumNames>(db => Task.FromResult(new EnumNames(db.Model)));

    private async Task<List<(string Name, string Sql)>> DefinitionsAsync()
    {
        await using NpgsqlCommand command = app.Database.CreateCommand(
            """
            select c.relname::text, pg_get_viewdef(c.oid)
            from pg_class c
            where c.relkind = 'v' and c.relnamespace = 'public'::regnamespace
            union all
            select p.proname::text, p.prosrc
            from pg_proc p
            where p.pronamespace = 'public'::regnamespace
            """);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var definitions = new List<(string, string)>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            definitions.Add((reader.GetString(0), reader.GetString(1)));
        }

        return definitions;
    }
}
