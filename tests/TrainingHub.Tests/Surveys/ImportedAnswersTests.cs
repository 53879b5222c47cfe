using System.Security.Cryptography;
using System.Text;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>Imported answers lead to nobody once their time is over, and a second import is harmless before and after.</summary>
public sealed class ImportedAnswersTests(TestDatabase databases) : IAsyncLifetime
{
    private const string Header = "run_reference,course,area,sector,submitted_on,confidence,knowledge,changed_practice,changed_practice_example,impacted_families,recommend,delegate_email";
    private readonly TestApp app = new(databases);
    private SurveyWorld world = null!;
    private AttendedPlace place = null!;
    private string start = "";

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new SurveyWorld(app);
        place = await world.AttendedAsync(new DateOnly(2026, 6, 1));
        var (course, reference) = await world.NamesAsync(place);
        start = $"{reference},{course},BCP,Education,2026-09-03,Confident,Good Knowledge,Yes,";
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private string Row(string example, string email) => $"{start}{example},No,Yes,{email}\n";

    [Fact]
    public async Task Tables_BesideTheOneOfKeys_HoldTheSameWhateverTheAddress()
    {
        await world.ImportAsync($"{Header}\n{Row("We meet.", "mia@example.org")}{Row("", "")}");
        var mia = await TablesAsync("survey_responses", "survey_comments", "answer_files");
        await world.DoAsync("delete from survey_comments; delete from imported_answers; delete from survey_responses; delete from answer_files");

        await world.ImportAsync($"{Header}\n{Row("We meet.", "zoe@example.org")}{Row("", "")}");

        Assert.Equal(mia, await TablesAsync("survey_responses", "survey_comments", "answer_files"));
    }

    [Fact]
    public async Task Key_NinetyDaysAfterTheImport_IsDestroyed()
    {
        await world.ImportAsync($"{Header}\n{Row("We meet.", "mia@example.org")}");
        var key = Convert.ToHexStringLower(ImportedAnswer.KeyOf(place.RunId, "mia@example.org", null));
        app.Clock.Advance(TimeSpan.FromDays(89));
        await app.RunJobAsync(nameof(UnlinkAnswers));
        Assert.Contains(key, await TablesAsync("imported_answers"));

        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await app.RunJobAsync(nameof(UnlinkAnswers)));

        Assert.Equal(0, await world.CountAsync("imported_answers"));
        Assert.Equal(1, await world.CountAsync("survey_responses where run_id is null"));
        Assert.Equal(0, await app.RunJobAsync(nameof(UnlinkAnswers)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(91)]
    public async Task Import_SameFileAgain_ChangesNothingAndSaysSo(int days)
    {
        var file = $"{Header}\n{Row("We meet.", "mia@example.org")}{Row("", "zoe@example.org")}{Row("", "ann@example.org")}{Row("", "")}";
        await world.ImportAsync(file);
        await LaterAsync(days);

        var again = await world.ImportAsync(file);

        Assert.Equal((0, 0, 4), (again.Added, again.Changed, again.Unchanged));
        Assert.Contains("Nothing to do", again.Words);
        Assert.Contains(again.Notes, note => note.StartsWith("This file was imported on 2 November 2026.", StringComparison.Ordinal));
        Assert.Equal(days > 90, again.Notes.Any(note => note.StartsWith("Rows left out because answers about their date were imported before and are no longer linked to anybody: 3.", StringComparison.Ordinal)));
        Assert.Equal(4, await world.CountAsync("survey_responses"));
        Assert.Equal(days > 90 ? 0 : 3, await world.CountAsync("imported_answers where delegate_key is not null"));
    }

    [Fact]
    public async Task Import_SameDelegateInALongerFile_AddsTheOthersOnly()
    {
        await world.ImportAsync($"{Header}\n{Row("We meet.", "mia@example.org")}{Row("", "zoe@example.org")}");

        var longer = await world.ImportAsync($"{Header}\n{Row("", "ann@example.org")}{Row("", "zoe@example.org")}{Row("We meet.", "mia@example.org")}");

        Assert.Equal((1, 0, 2), (longer.Added, longer.Changed, longer.Unchanged));
        Assert.Equal(3, await world.CountAsync("survey_responses"));
    }

    // A survey tool's export holds all answers again and again: nothing counts twice, and what is new since then is added.
    [Fact]
    public async Task Import_LongerFileAfterTheEnd_AddsWhatWasAnsweredSinceOnly()
    {
        await world.ImportAsync($"{Header}\n{Row("We meet.", "mia@example.org")}{Row("", "zoe@example.org")}");
        await LaterAsync(91);

        var longer = await world.ImportAsync(
            $"{Header}\n{Row("", "ann@example.org").Replace("2026-09-03", "2026-11-03", StringComparison.Ordinal)}{Row("", "zoe@example.org")}{Row("We meet weekly.", "mia@example.org")}");

        Assert.Equal((1, 0, 2), (longer.Added, longer.Changed, longer.Unchanged));
        Assert.Equal(3, await world.CountAsync("survey_responses"));
        Assert.Contains(longer.Notes, note => note.StartsWith("Rows left out because answers about their date", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Import_TwoDelegatesWithTheSameAnswersInTwoFiles_AddsBoth()
    {
        await world.ImportAsync($"{Header}\n{Row("", "mia@example.org")}");

        var second = await world.ImportAsync($"{Header}\n{Row("", "zoe@example.org")}");

        Assert.Equal(1, second.Added);
    }

    [Fact]
    public async Task Import_RowWithoutDelegateInAnotherFile_SaysThatItIsThere()
    {
        await world.ImportAsync($"{Header}\n{Row("", "")}");

        var preview = await world.ImportAsync($"{Header}\n{Row("", "")}{Row("New.", "")}", dryRun: true);

        Assert.Equal(2, preview.Added);
        Assert.Contains(preview.Notes, note => note.StartsWith("Rows without a delegate that are the same in every cell as an answer that is here: 1.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Import_SameCellsInAnotherOrderOfColumns_IsTheSameFile()
    {
        await world.ImportAsync($"{Header}\n{Row("", "")}");
        var columns = Header.Split(',');
        var cells = Row("", "").TrimEnd('\n').Split(',');

        var again = await world.ImportAsync($"{string.Join(';', columns.Reverse())}\r\n\r\n{string.Join(';', cells.Reverse())}\r\n");

        Assert.Equal((0, 1), (again.Added, again.Unchanged));
    }

    [Fact]
    public async Task Migration_OfOldKeys_LeavesNoneAndTheFileStaysKnown()
    {
        var file = $"{Header}\n{Row("We meet.", "mia@example.org")}";
        await world.ImportAsync(file);
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{place.RunId}|mia@example.org")));
        await world.DoAsync(
            $"""
            drop table imported_answers;
            drop table answer_files;
            alter table survey_responses drop constraint ck_survey_responses_import_key;
            update survey_responses set import_key = decode('{key}', 'hex');
            create unique index ux_survey_responses_import_key on survey_responses (import_key);
            delete from schema_migrations where name like '0012%'
            """);

        Assert.Equal(1, await Migrator.ApplyAsync(app.Database.Owner(), SurveyWorld.Ct));

        Assert.Equal(0, await world.CountAsync("survey_responses where import_key is not null"));
        Assert.Equal(1, await world.CountAsync("imported_answers where delegate_key is null"));
        await app.RunJobAsync(nameof(UnlinkAnswers));
        var again = await world.ImportAsync(file);
        Assert.Equal((0, 0, 1), (again.Added, again.Changed, again.Unchanged));
    }

    [Fact]
    public async Task Import_AddressOfSeveralPeople_NeedsTheNameAndKeepsTheirAnswersApart()
    {
        await AddColleagueAsync("Tom Tate");
        const string named = Header + ",delegate_name\n";

        var refused = await world.ImportAsync($"{Header}\n{Row("We meet.", place.Email)}");
        var both = await world.ImportAsync($"{named}{Row("We meet.", place.Email).TrimEnd()},{await NameAsync()}\n{Row("", place.Email).TrimEnd()},Tom Tate\n");
        var corrected = await world.ImportAsync($"{named}{Row("We talk.", place.Email).TrimEnd()},TOM TATE\n");

        Assert.Equal(
            $"Row 2, delegate_name: On this date {await NameAsync()} and Tom Tate have this email address. Write whose answers these are.",
            Assert.Single(refused.Errors).ToString());
        Assert.Equal((2, 0), (both.Added, both.Changed));
        Assert.Equal((0, 1), (corrected.Added, corrected.Changed));
        Assert.Equal("We meet. We talk.", await world.ScalarAsync<string>("select string_agg(text, ' ' order by text) from survey_comments"));
    }

    [Fact]
    public async Task Import_AddressOfOnePerson_IsTheSameWithAndWithoutTheName()
    {
        await world.ImportAsync($"{Header}\n{Row("We meet.", place.Email)}");

        var again = await world.ImportAsync($"{Header},delegate_name\n{Row("We meet.", place.Email).TrimEnd()},{await NameAsync()}\n");

        Assert.Equal((0, 0, 1), (again.Added, again.Changed, again.Unchanged));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",delegate_name")]
    public async Task Import_UnderAFormerAddress_IsKnownAfterTheRecordsWereMerged(string named)
    {
        var file = $"{Header}{named}\n{Row("We meet.", place.Email).TrimEnd()}{(named.Length > 0 ? $",{await NameAsync()}" : "")}\n";
        await world.ImportAsync(file);
        var kept = await app.Given.PersonAsync("Kit Kept", "kit@kept.example");
        var gone = await world.ScalarAsync<Guid>($"select person_id from places where id = '{place.PlaceId}'");
        await app.WithAsync((MergePeople merge) => merge.RunAsync(kept.Id, [gone], Actor.CommandLine, SurveyWorld.Ct));

        var again = await world.ImportAsync(file);
        var underTheOther = await world.ImportAsync($"{Header}\n{Row("We talk.", "kit@kept.example")}");
        var both = await world.ImportAsync($"{Header}\n{Row("We talk.", "kit@kept.example")}{Row("We meet.", place.Email)}");

        Assert.Equal((0, 0, 1), (again.Added, again.Changed, again.Unchanged));
        Assert.Equal((0, 1), (underTheOther.Added, underTheOther.Changed));
        Assert.Contains("has an answer of this delegate about this date already", Assert.Single(both.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal("We talk.", await world.ScalarAsync<string>("select string_agg(text, ' ') from survey_comments"));
    }

    private Task<string> NameAsync() => world.ScalarAsync<string>($"select delegate_name from places where id = '{place.PlaceId}'");

    /// <summary>Somebody else on the same date with the same address.</summary>
    private Task<GivenPlace> AddColleagueAsync(string name) => app.Given.ColleagueAsync(place.RunId, name, place.Email);

    private async Task LaterAsync(int days)
    {
        app.Clock.Advance(TimeSpan.FromDays(days));
        await app.RunJobAsync(nameof(UnlinkAnswers));
    }

    /// <summary>Everything in these tables but the random ids.</summary>
    private async Task<string> TablesAsync(params string[] tables)
    {
        var all = new StringBuilder();
        foreach (var table in tables)
        {
            all.AppendLine(await world.ScalarAsync<string>(
                $"""
                select coalesce(string_agg(line, E'\n' order by line), '')
                from (select regexp_replace(to_jsonb(t)::text, '"(id|response_id)": "[^"]*"', '', 'g') as line from {table} t) as lines
                """));
        }

        return all.ToString();
    }
}
