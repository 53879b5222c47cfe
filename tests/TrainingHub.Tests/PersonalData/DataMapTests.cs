using TrainingHub.PersonalData;
using Xunit;

namespace TrainingHub.Tests.PersonalData;

/// <summary>Every column that can hold words or bytes has its place in the map, and what the map names is there.</summary>
public sealed class DataMapTests(TestDatabase databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Columns_OfTheDatabase_AreAllInTheMap()
    {
        await using var app = new TestApp(await databases.CreateAsync());

        var columns = await ColumnsAsync(app);

        Assert.Empty(columns.Except(DataMap.Columns.Keys));
        Assert.Empty(DataMap.Columns.Keys.Except(columns));
        Assert.Empty(DataMap.Kept.Keys.Except(columns));
    }

    [Fact]
    public async Task NewColumn_ThatNobodyPutIntoTheMap_IsNamed()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        _ = app.Services;
        await using var alter = app.Database.Owner().CreateCommand("alter table people add column nickname text");
        await alter.ExecuteNonQueryAsync(Ct);

        Assert.Equal(["people.nickname"], (await ColumnsAsync(app)).Except(DataMap.Columns.Keys));
    }

    // Numbers, dates, truth values and ids hold no words; whatever else there is may.
    private static async Task<List<string>> ColumnsAsync(TestApp app)
    {
        await using var command = app.Database.Owner().CreateCommand(
            """
            select c.table_name || '.' || c.column_name
            from information_schema.columns c
            join information_schema.tables t using (table_schema, table_name)
            where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
            and c.udt_name not in ('uuid', '_uuid', 'int2', 'int4', 'int8', 'bool', 'date', 'timestamptz', '_timestamptz', 'tstzmultirange')
            order by 1
            """);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var columns = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            columns.Add(reader.GetString(0));
        }

        return columns;
    }
}
