using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>What a programme file leaves in the history, and what it says of dates that nobody would see.</summary>
public sealed class ImportHistoryTests(TestDatabase databases, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Header = "course,run_reference,date,start,end,capacity,venue,provider,fee,title_on_offer\n";
    private const string Row = "Bruises,BR-1,2027-03-27,09:30,12:30,20,Town Hall,Trainers Ltd,£52.50,\n";
    private readonly TestApp app = new(databases);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Run_NewThenChanged_EachRecordSaysWhatAndFromWhichFile()
    {
        await ImportAsync(Row);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await ImportAsync(Row.Replace("09:30,12:30,20,Town Hall", "09:30,12:30,24,Castle", StringComparison.Ordinal));

        var run = (await RunsAsync()).Single();
        var entries = await app.WithAsync((TrainingHubDb db) => HistoryEntry.OfAsync<CourseRun>(db, run.Id, Ct));
        Assert.Equal(["Moved", "Created"], entries.Select(entry => entry.Act));
        Assert.Equal(["Where: Town Hall → Castle", "Places: 20 → 24"], entries[0].Changes.Select(one => $"{one.What}: {one.Before} → {one.After}"));
        Assert.All(entries, entry => Assert.Equal("From the file “a test.csv”.", entry.Note));
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/courses/{run.CourseId}");
        Assert.Contains("Added by Command line", page.Main, StringComparison.Ordinal);
        Assert.Equal(2, await CountAsync("Venue"));
        Assert.Equal(1, await CountAsync("Provider"));
    }

    [Fact]
    public async Task Run_DryOrTheSameAgain_WritesNoHistory()
    {
        await ImportAsync(Row, dryRun: true);
        Assert.Equal(0, await CountAsync("CourseRun"));
        await ImportAsync(Row);

        await ImportAsync(Row);

        Assert.Equal(1, await CountAsync("CourseRun"));
    }

    [Fact]
    public async Task Run_NewTitleOfAKnownCourse_RaisesItsVersionForWhoHasItOpen()
    {
        await ImportAsync(Row);
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        await ImportAsync(Row.Replace("£52.50,", "£52.50,Bruises in babies", StringComparison.Ordinal));

        var course = await app.WithAsync((TrainingHubDb db) => db.Courses.SingleAsync(Ct));
        var since = await app.WithAsync((TrainingHubDb db) => Edit.SinceAsync<Course>(db, course.Id, 0, Ct));
        Assert.Equal("Bruises in babies", Assert.Single(Assert.Single(since).Changes).After);
    }

    [Theory]
    [InlineData("2027-03-27", "Row 2, course: Bruises is archived, so this date would not be seen. Restore the course on its page first.")]
    [InlineData("2026-03-27", null)]
    public async Task Run_NewDateOfAnArchivedCourse_IsRefusedUnlessItIsOver(string on, string? error)
    {
        await ImportAsync(Row);
        await app.WithAsync<TrainingHubDb>(db => db.Courses.ExecuteUpdateAsync(set => set.SetProperty(course => course.ArchivedAt, app.Clock.Now), Ct));

        var known = await ImportAsync(Row.Replace("£52.50", "£60", StringComparison.Ordinal));
        var outcome = await ImportAsync(Row.Replace("BR-1,2027-03-27", "BR-2," + on, StringComparison.Ordinal));

        Assert.Empty(known.Errors);
        Assert.Equal(error, outcome.Errors.Select(one => one.ToString()).SingleOrDefault());
    }

    [Fact]
    public async Task Run_DatesOfADraftCourse_SaysOnceThatTheyAreNotSeen()
    {
        await app.Given.CourseAsync("Bruises", isDraft: true);

        var outcome = await ImportAsync(Row + Row.Replace("BR-1", "BR-2", StringComparison.Ordinal));

        Assert.Equal("Bruises is a draft, so its dates are not seen until it is published.", Assert.Single(outcome.Notes, note => note.Contains("draft", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_ComingDatesWithoutAFee_BecomeDraftsAndThePreviewSaysHowMany()
    {
        var bare = Row.Replace("£52.50", "", StringComparison.Ordinal);
        var file = bare + bare.Replace("BR-1", "BR-2", StringComparison.Ordinal) + bare.Replace("BR-1,2027", "BR-3,2026", StringComparison.Ordinal) + Row.Replace("BR-1", "BR-4", StringComparison.Ordinal);

        var preview = await ImportAsync(file, dryRun: true);
        await ImportAsync(file);

        Assert.Contains("2 new dates have no fee, so they are added as drafts. Set the fee of their year, or of each date, and publish them.", preview.Notes);
        Assert.Equal([RunState.Draft, RunState.Draft, RunState.Scheduled, RunState.Scheduled], (await RunsAsync()).Select(run => run.State));
        Assert.Equal(2, await app.WithAsync((TrainingHubDb db) => db.HistoryEntries.CountAsync(entry => entry.Act == "Drafted", Ct)));
    }

    [Fact]
    public async Task Run_TenThousandRows_LeaveTenThousandEntriesInSeconds()
    {
        var file = new StringBuilder();
        for (var number = 0; number < 10_000; number++)
        {
            file.Append(CultureInfo.InvariantCulture, $"Course {number % 50},R-{number},{new DateOnly(2027, 1, 1).AddDays(number % 300):yyyy-MM-dd},09:30,12:30,20,,Trainer {number % 7},55.00,\n");
        }

        var watch = Stopwatch.StartNew();
        await ImportAsync(file.ToString());
        output.WriteLine($"{watch.ElapsedMilliseconds} ms");

        Assert.Equal(10_000, await CountAsync("CourseRun"));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    private async Task<ImportOutcome> ImportAsync(string rows, bool dryRun = false)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(Header + rows));
        return await app.WithAsync<ImportProgramme, ImportOutcome>(import => import.RunAsync(file, dryRun, Ct));
    }

    private Task<List<CourseRun>> RunsAsync() => app.WithAsync((TrainingHubDb db) => db.CourseRuns.AsNoTracking().OrderBy(run => run.Reference).ToListAsync(Ct));

    private Task<int> CountAsync(string type) => app.WithAsync((TrainingHubDb db) => db.HistoryEntries.CountAsync(entry => entry.RecordType == type, Ct));
}
