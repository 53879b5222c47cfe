using System.Text;
using Xunit;

namespace TrainingHub.Tests;

/// <summary>All that is stored, for whoever looks for what must not be.</summary>
internal static class Tables
{
    /// <summary>Every row of every table that holds these words, as text or as bytes; whatever the case.</summary>
    public static async Task<List<string>> HoldingAsync(TestApp app, string words)
    {
        var hex = Convert.ToHexString(Encoding.UTF8.GetBytes(words));
        List<string> found = [];
        foreach (var table in await ListAsync(app, "select schemaname || '.' || quote_ident(tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"))
        {
            found.AddRange(await ListAsync(app, $"select '{table}: ' || kept::text from {table} kept where kept::text ilike '%{words}%' or kept::text ilike '%{hex}%'"));
        }

        return found;
    }

    /// <summary>The first column of what the owner of the tables reads.</summary>
    public static async Task<List<string>> ListAsync(TestApp app, string sql)
    {
        await using var command = app.Database.Owner().CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var all = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            all.Add(reader.GetString(0));
        }

        return all;
    }
}
