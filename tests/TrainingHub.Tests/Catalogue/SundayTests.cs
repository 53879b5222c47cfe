using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Reporting;
using TrainingHub.Tests.House;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>A Sunday is never counted, filtered or shown as a Saturday.</summary>
public sealed class SundayTests(TestDatabase databases) : IAsyncLifetime
{
    private const string File =
        "course,run_reference,date,start,end,capacity,fee\n"
        + "Neglect,N-1,2026-10-24,09:30,12:30,20,55\n"
        + "Neglect,N-2,2026-10-25,17:30,20:30,20,55\n"
        + "Neglect,N-3,2026-10-26,17:30,20:30,20,55\n"
        + "Neglect,N-4,2027-03-27,09:30,12:30,20,55\n"
        + "Neglect,N-5,2027-03-28,09:30,12:30,20,55\n";

    private readonly TestApp app = new(databases);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        await app.WithAsync<TrainingHubDb>(async db =>
        {
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(File));
            Assert.Equal(5, (await new ImportProgramme(db, TimeProvider.System, Options.Create(new DateOptions())).RunAsync(file, dryRun: false, Ct)).Added);
        });
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("2026-10-24", "Saturday")]
    [InlineData("2026-10-25", "Sunday")]
    [InlineData("2026-10-26", "Twilight")]
    public void SlotOf_Evening_IsTwilightOnWeekdaysOnly(string date, string slot) =>
        Assert.Equal(slot, CourseRun.SlotOf(DateOnly.Parse(date, CultureInfo.InvariantCulture), new TimeOnly(17, 30)).ToString());

    [Fact]
    public async Task ProgrammeReport_OfAWeekend_CountsEachDayAsItself()
    {
        var report = await app.WithAsync<TrainingHubDb, ProgrammeReport>(async db =>
        {
            var (filter, _) = await ReportFilter.ReadAsync(db, "programme", new("2026/27", null, null, null, null, null), Ct);
            return await ProgrammeReport.ReadAsync(app.Database, filter!, new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), Ct);
        });

        var rows = report.Table.Rows.ToDictionary(row => row[0], row => row[1]);
        Assert.Equal(("1", "1", "1"), (rows["saturday_runs"], rows["sunday_runs"], rows["twilight_runs"]));
    }

    [Fact]
    public async Task Filter_ForSundays_GivesThemAlone()
    {
        var page = await app.Browse().GetAsync("/courses?when=sunday");
        var answer = await app.Browse().GetAsync("/api/v1/dates?when=sunday");

        Assert.Equal("1 course with 1 date", Assert.Single(page.All(".app-count")));
        var date = Assert.Single(JsonDocument.Parse(answer.Text).RootElement.GetProperty("items").EnumerateArray());
        Assert.Equal(("sunday", "2027-03-28"), (date.GetProperty("slot").GetString(), date.GetProperty("startsAt").GetString()![..10]));
    }

    [Fact]
    public async Task Migration_SundayKeptAsSaturday_GetsItsOwnSlot()
    {
        await ExecuteAsync("update course_runs set slot = 'Saturday' where slot = 'Sunday'");

        await ExecuteAsync(SourceTree.Read("src/TrainingHub/Migrations", ".sql")["0020_sundays.sql"]);

        await using var command = app.Database.CreateCommand("select string_agg(slot, ' ' order by reference) from course_runs");
        Assert.Equal("Saturday Sunday Twilight Saturday Sunday", await command.ExecuteScalarAsync(Ct));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = app.Database.Owner().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
