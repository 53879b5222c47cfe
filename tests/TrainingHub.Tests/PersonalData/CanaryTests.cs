using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.PersonalData;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.PersonalData;

/// <summary>
/// Two people with names like nobody else's stand everywhere. The copy of one has all of it and nothing of the other; after the erasure a
/// dump of the whole database has the name only where the account of the erasure says so.
/// </summary>
public sealed class CanaryTests(TestDatabase databases)
{
    // Not given out: a file that is gone within the hour, and what was done about a concern.
    private static readonly string[] NotInTheCopy =
        ["import_uploads.content", "import_uploads.file_name", "import_uploads.report", "survey_comments.outcome", "concerns.referral", "concerns.outcome",
         // The same words as another column of the row, or the address itself.
         "outgoing_emails.model", "outgoing_emails.to_address", "address_sessions.email", "sign_in_codes.email",
         // A file of its own: the copy names it, and staff give it out beside the copy.
         "free_place_evidence.content"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Copy_OfOneOfTwo_HasEverythingOfThatOneAndNothingOfTheOther()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        _ = app.Services;
        var (zaphira, ottoline) = (await Canary.MakeAsync(app, "Zaphira", "Quellwater"), await Canary.MakeAsync(app, "Ottoline", "Brackenridge"));

        var copy = await CopyAsync(app, zaphira);

        Assert.Empty(zaphira.Marks.Where(mark => !NotInTheCopy.Contains(mark.Key) && !copy.Contains(mark.Value, StringComparison.Ordinal)).Select(mark => mark.Key));
        Assert.Contains("Zaphira asked for it".Replace("Zaphira", zaphira.Name, StringComparison.Ordinal), copy);
        Assert.DoesNotContain("Ottoline", copy, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Brackenridge", copy, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(ottoline.Marks);
    }

    [Fact]
    public async Task Copy_OthersInTheSameBooking_AreBlanked()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        var world = await TrainingHub.Tests.Bookings.BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 9);
        var booked = await app.Given.BookAsync(world.Request(run) with { Dates = [new(run, 5500, [new("Zaphira Quellwater", "z@q.example", null), new("Otto Second", "otto@q.example", null)])] });
        await app.WithAsync((TrainingHub.Bookings.KeepNotes notes) => notes.AddAsync(booked.Id, Guid.CreateVersion7(), "Zaphira Quellwater comes with OTTO SECOND, otto@q.example", Actor.CommandLine, Ct));
        var person = await app.WithAsync((TrainingHubDb db) => db.People.Where(one => one.EmailKey == "z@q.example").Select(one => one.Id).SingleAsync(Ct));

        var copy = await CopyAsync(app, Guid.Empty, [new(HeldKind.Person, person)]);

        Assert.Contains($"Zaphira Quellwater comes with {CopyOfData.SomebodyElse}, {CopyOfData.SomebodyElse}", copy);
        Assert.DoesNotContain("otto", copy, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("private-link-not-shown", copy);
    }

    [Fact]
    public async Task Erase_OneOfTwo_LeavesTheNameOnlyWhereTheAccountSays()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        _ = app.Services;
        var (zaphira, ottoline) = (await Canary.MakeAsync(app, "Zaphira", "Quellwater"), await Canary.MakeAsync(app, "Ottoline", "Brackenridge"));
        await app.Given.SettingAsync("Site:Notice", $"Ask {zaphira.Name} about parking");
        var before = await HoldersAsync(app, "brackenridge", "ottoline");
        Assert.True((await HoldersAsync(app, "quellwater", "zaphira")).Count > 50);

        Assert.Equal(EraseResult.Erased, await EraseAsync(app, zaphira.Request));
        Assert.Equal(EraseResult.ErasedBefore, await EraseAsync(app, zaphira.Request));

        var request = await app.WithAsync((TrainingHubDb db) => db.DataRequests.AsNoTracking().SingleAsync(one => one.Id == zaphira.Request, Ct));
        var said = request.Outcome.Where(line => line.Kept is not null).Select(line => line.Kept).ToHashSet();
        var left = await HoldersAsync(app, "quellwater", "zaphira");
        // The email with the answer, of which the account has a line of its own.
        Assert.Equal(1, await CountAsync(app, "select count(*) from outgoing_emails where to_address ilike '%quellwater%' and kind = 'data-request-answered'"));
        Assert.Contains("To show that we answered", said);
        List<string> unsaid = [.. left.Where(column => column != "outgoing_emails.to_address" && (DataMap.KeptOf(column) is not { } reason || !said.Contains(ErasurePlan.Words(reason))))];
        Assert.Empty(unsaid);
        Assert.Equal(before, await HoldersAsync(app, "brackenridge", "ottoline"));
        Assert.Equal((null, null, false), (request.Name, request.Email, request.IsOpen));
        Assert.DoesNotContain("quellwater", string.Join('\n', request.Outcome), StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(ottoline.Records);
    }

    [Fact]
    public async Task BookingAgain_AfterTheErasure_IsSomebodyNew()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        _ = app.Services;
        var zaphira = await Canary.MakeAsync(app, "Zaphira", "Quellwater");
        await EraseAsync(app, zaphira.Request);
        var world = await TrainingHub.Tests.Bookings.BookingWorld.MakeAsync(app.Database, app.Clock);

        await world.BookAsync(await world.RunAsync(capacity: 5), "zaphira@quellwater.example");

        var people = await app.WithAsync((TrainingHubDb db) => db.People.Where(one => one.EmailKey == "zaphira@quellwater.example").Select(one => one.Id).ToListAsync(Ct));
        Assert.NotEqual(zaphira.Person, Assert.Single(people));
        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.Places.CountAsync(place => place.PersonId == people[0], Ct)));
    }

    private static Task<EraseResult> EraseAsync(TestApp app, Guid request) => app.WithAsync((EraseRequest erase) => erase.RunAsync(request, leaveNeeded: false, Actor.CommandLine, Ct));

    private static Task<string> CopyAsync(TestApp app, Canary canary) => CopyAsync(app, canary.Request, canary.Records);

    private static Task<string> CopyAsync(TestApp app, Guid request, IReadOnlyList<HeldRecord> records) => app.WithAsync(async (TrainingHubDb db) =>
        Encoding.UTF8.GetString((await CopyOfData.ReadAsync(app.Database, await HeldData.ReadAsync(db, records, Ct), request, app.Services.GetRequiredService<RetentionRules>(), Ct)).ToJson()));

    /// <summary>The columns of all tables, those of the scheduler too, in which one of the words stands.</summary>
    private static async Task<List<string>> HoldersAsync(TestApp app, params string[] words)
    {
        var pattern = string.Join('|', words);
        var holders = new List<string>();
        foreach (var (schema, table, column, type) in await ColumnsAsync(app))
        {
            var text = type == "bytea" ? $"encode({column}, 'escape')" : $"{column}::text";
            if (await CountAsync(app, $"select count(*) from {schema}.\"{table}\" where {text} ~* '{pattern}'") > 0)
            {
                holders.Add($"{table}.{column.Trim('"')}");
            }
        }

        return holders;
    }

    private static async Task<List<(string Schema, string Table, string Column, string Type)>> ColumnsAsync(TestApp app)
    {
        await using var command = app.Database.Owner().CreateCommand(
            """
            select c.table_schema, c.table_name, quote_ident(c.column_name), c.data_type
            from information_schema.columns c
            join information_schema.tables t using (table_schema, table_name)
            where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
            order by 1, 2, 3
            """);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var columns = new List<(string, string, string, string)>();
        while (await reader.ReadAsync(Ct))
        {
            columns.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        }

        return columns;
    }

    private static async Task<long> CountAsync(TestApp app, string sql)
    {
        await using var command = app.Database.Owner().CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
