using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Files;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>Programme files and the limits of dates, which no column of theirs sets.</summary>
public sealed class ImportLimitsTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Header = "course,run_reference,date,start,end,capacity\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_NewAndMovedDates_CloseSoLongBeforeTheyBegin()
    {
        await ImportAsync("Limits,LI-1,2027-04-01,09:00,12:00,12\n", closes: 48);
        var run = await RunAsync("LI-1");
        Assert.Equal(run.StartsAt.AddHours(-48), run.BooksUntil);

        await ImportAsync("Limits,LI-1,2027-04-08,10:00,12:00,12\nLimits,LI-2,2027-04-09,10:00,12:00,12\n", closes: 0);

        run = await RunAsync("LI-1");
        Assert.Equal(run.StartsAt.AddHours(-48), run.BooksUntil);
        Assert.Null((await RunAsync("LI-2")).BooksUntil);
    }

    [Fact]
    public async Task Run_CapacityUnderTheLimits_IsRefusedInWords()
    {
        await ImportAsync("Limits,LI-3,2027-04-01,09:00,12:00,12\n", closes: 0);
        await app.WithAsync<TrainingHubDb>(db => db.CourseRuns.Where(run => run.Reference == "LI-3").ExecuteUpdateAsync(set => set.SetProperty(run => run.MinimumPlaces, 8), Ct));

        var outcome = await ImportAsync("Limits,LI-3,2027-04-01,09:00,12:00,7\n", closes: 0);

        Assert.Contains("LI-3 needs at least 8 people", Assert.Single(outcome.Errors).Message);
        Assert.Equal(12, (await RunAsync("LI-3")).Capacity);
    }

    private Task<CourseRun> RunAsync(string reference) =>
        app.WithAsync<TrainingHubDb, CourseRun>(db => db.CourseRuns.AsNoTracking().SingleAsync(run => run.Reference == reference, Ct));

    private Task<ImportOutcome> ImportAsync(string rows, int closes) => app.WithAsync<TrainingHubDb, ImportOutcome>(db =>
        new ImportProgramme(db, app.Clock, Options.Create(new DateOptions { BookingClosesHoursBefore = closes }))
            .RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(Header + rows)), dryRun: false, Ct));
}
