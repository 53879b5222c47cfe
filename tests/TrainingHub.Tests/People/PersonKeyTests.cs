using Npgsql;
using TrainingHub.People;
using TrainingHub.Platform.Data;
using Xunit;

namespace TrainingHub.Tests.People;

public sealed class PersonKeyTests(TestDatabase databases)
{
    // Every kind of mark, letter and space that names are typed with.
    private static readonly string[] Hard =
    [
        "Alice Ames", "ALICE  AMES", " alice ames ", "Siân O’Brien", "Sian O'Brien", "SIÂN O`BRIEN", "Anne-Marie Smith", "Anne‑Marie Smith",
        "Anne – Marie Smith", "Łukasz Żółw", "Ødegård Đorđe", "Æsa Þór Œuvre", "Straße", "STRASSE", "Zoë", "Zoe\u0308", "J. R. Smith", "Ng\u0169gi\u00A0wa",
        "İpek Işık", "ΑΛΕΞΗΣ", "Αλέξης", "Иван Чайковский", "Йосип", "李小龍", "山田 太郎", "مريم", "D’Arcy\u2019s", "Tom\u200BTate", "ﬁona ﬀ", "１２", "Tom\u00ADTate",
        "Smith, Tom", "Ħal", "Tom\u2060Tate", "'", "...", "ẞ", "Ａｌｉｃｅ",
    ];

    [Theory]
    [InlineData("Alice Ames", "alice  AMES")]
    [InlineData("Siân O’Brien", "Sian OBrien")]
    [InlineData("Siân O'Brien", "SIAN O`BRIEN")]
    [InlineData("Anne-Marie Smith", "Anne Marie Smith")]
    [InlineData("Anne\u2011Marie Smith", "Annemarie Smith")]
    [InlineData("Zoë", "Zoe\u0308")]
    [InlineData("Łukasz", "Lukasz")]
    [InlineData("J. Smith", "J Smith")]
    [InlineData("Tom\u00A0Tate", "Tom Tate")]
    public void Of_SpellingsOfOneName_AreOnePerson(string one, string other) =>
        Assert.Equal(PersonKey.Of("office@x.example", one), PersonKey.Of("OFFICE@X.example ", other));

    [Theory]
    [InlineData("Alice Ames", "Tom Tate")]
    [InlineData("Alice Ames", "Alice Ames-Tate")]
    [InlineData("'", ".")]
    [InlineData("李", "山")]
    public void Of_OtherNames_AreOthers(string one, string other) =>
        Assert.NotEqual(PersonKey.Of("office@x.example", one), PersonKey.Of("office@x.example", other));

    [Fact]
    public void Of_OtherAddress_IsAnother() =>
        Assert.NotEqual(PersonKey.Of("a@x.example", "Alice Ames"), PersonKey.Of("b@x.example", "Alice Ames"));

    /// <summary>The rows of before get the keys that the rule gives today; a name at another's address becomes a person.</summary>
    [Fact]
    public async Task Migration_RowsOfBefore_HaveTheKeysOfTheRule()
    {
        await using var database = NpgsqlDataSource.Create(TablesOwner.Of(await databases.CreateEmptyAsync()));
        await Migrator.ApplyBeforeAsync(database, "0016", TestContext.Current.CancellationToken);
        await DoAsync(
            database,
            """
            insert into areas (id, name, long_name, sort_order) values (gen_random_uuid(), 'BCP', 'BCP', 1);
            insert into sectors (id, name, sort_order) values (gen_random_uuid(), 'Education', 1)
            """);
        for (var i = 0; i < Hard.Length; i++)
        {
            await DoAsync(
                database, "insert into people (id, email, email_key, name, created_at, surveys_stopped_at) values ($1, $2, $2, $3, now(), now())",
                Guid.CreateVersion7(), $"{i}@x.example", Hard[i]);
        }

        await DoAsync(
            database,
            """
            insert into courses (id, slug, title, summary, audience, is_new, search_words) values (gen_random_uuid(), 'c', 'C', '', '', false, '');
            insert into course_runs (id, reference, course_id, starts_at, ends_at, runs_on, slot, capacity, places_taken, delivery, state, change_number)
            select gen_random_uuid(), 'R' || n, id, '2026-07-01T08:30Z', '2026-07-01T15:00Z', '2026-07-01', 'Weekday', 20, 1, 'Online', 'Scheduled', 0
            from courses cross join generate_series(1, 2) as n;
            insert into bookings (id, reference, origin, sector_id, area_id, payment_method, price_rule, state, created_at, confirmed_at)
            select gen_random_uuid(), 'ABCD2345', 'Online', (select id from sectors limit 1), (select id from areas limit 1), 'Free', 'Free', 'Confirmed', now(), now();
            insert into places (id, booking_id, run_id, person_id, delegate_name, price_pence, state, created_at)
            select gen_random_uuid(), booking.id, run.id, person.id, case run.reference when 'R1' then 'ALICE AMES' else 'Tom Tate' end, 0, 'Confirmed', now()
            from bookings booking cross join course_runs run join people person on person.email = '0@x.example'
            """);

        await Migrator.ApplyAsync(database, TestContext.Current.CancellationToken);

        var rows = await ReadAsync(database, "select name, name_key from people where email <> '0@x.example'");
        Assert.Equal(Hard.Length - 1, rows.Count);
        Assert.All(rows, row => Assert.Equal(PersonKey.NameOf(row.One), row.Other));
        Assert.All(await ReadAsync(database, "select name, name_key(name) from people"), row => Assert.Equal(PersonKey.NameOf(row.One), row.Other));
        Assert.Equal(
            [("ALICE AMES", "aliceames"), ("Tom Tate", "tomtate")],
            (await ReadAsync(database, "select delegate_name, name_key from places join people on people.id = person_id and email = '0@x.example'")).Order());
        Assert.Equal([("Tom Tate", "t")], await ReadAsync(database, "select name, left((surveys_stopped_at is not null)::text, 1) from people where name = 'Tom Tate'"));
    }

    private static async Task DoAsync(NpgsqlDataSource database, string sql, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<List<(string One, string Other)>> ReadAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<(string, string)>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add((reader.GetString(0), reader.GetString(1)));
        }

        return rows;
    }
}
