using Npgsql;
using TrainingHub.Platform.Data;
using Xunit;

namespace TrainingHub.Tests.Platform.History;

/// <summary>History that was written while it still said what people at providers and venues are called (before migration 0050).</summary>
public sealed class OlderHistoryTests(TestDatabase databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Provider", """[{"What": "Contact name", "Before": "Ann", "After": "Ben"}]""", """[{"What": "Contact name", "After": "another", "Before": "known"}]""")]
    [InlineData("Provider", """[{"What": "Name", "Before": "Old Ltd", "After": "New Ltd"}, {"What": "Phone", "Before": null, "After": "01202"}]""", """[{"What": "Name", "After": "New Ltd", "Before": "Old Ltd"}, {"What": "Phone", "After": "known", "Before": null}]""")]
    [InlineData("Trainer", """[{"What": "Name", "Before": "Tina", "After": "Tina T"}]""", """[{"What": "Name", "After": "another", "Before": "known"}]""")]
    [InlineData("Venue", """[{"What": "Contact on the day", "Before": "Cy", "After": null}]""", """[{"What": "Contact on the day", "After": null, "Before": "known"}]""")]
    [InlineData("Course", """[{"What": "Email address", "Before": "a", "After": "b"}]""", """[{"What": "Email address", "After": "b", "Before": "a"}]""")]
    [InlineData("Venue", "[]", "[]")]
    public async Task Migration_NamesOfPeople_AreTakenOutAndNothingElse(string type, string before, string after)
    {
        await using var database = NpgsqlDataSource.Create(TablesOwner.Of(await databases.CreateEmptyAsync()));
        await Migrator.ApplyBeforeAsync(database, "0050", Ct);
        await using var add = database.CreateCommand(
            "insert into history_entries (id, at, actor_id, actor, record_type, record_id, act, changes) values (gen_random_uuid(), now(), gen_random_uuid(), 'Ann', $1, gen_random_uuid(), 'Changed', $2::jsonb)");
        add.Parameters.AddWithValue(type);
        add.Parameters.AddWithValue(before);
        await add.ExecuteNonQueryAsync(Ct);

        await Migrator.ApplyAsync(database, Ct);

        await using var read = database.CreateCommand("select changes::text from history_entries");
        Assert.Equal(after, await read.ExecuteScalarAsync(Ct));
        await using var touch = database.CreateCommand("update history_entries set act = 'Other'");
        await Assert.ThrowsAsync<PostgresException>(() => touch.ExecuteNonQueryAsync(Ct));
    }
}
