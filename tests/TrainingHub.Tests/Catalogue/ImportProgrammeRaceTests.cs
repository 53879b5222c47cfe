using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Files;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>
/// One programme file imported by two at once, with the lock and without it. The key of the dates tells "AB-1" from "ab-1", which
/// are one reference to everybody else, so it is the lock that keeps a date from being there twice.
/// </summary>
public sealed class ImportProgrammeRaceTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Run_TwoAtOnceBeforeItIsWritten_AddsTheDateOnce()
    {
        var course = (await app.Given.CourseAsync()).Title;

        await MeetAsync(() => ImportAsync(course, "ab-1"), () => ImportAsync(course, "AB-1"));

        Assert.Equal(1, await DatesAsync("ab-1"));
    }

    [Fact]
    public async Task Run_TwoWithoutTheLock_AddTheDateTwiceWhenTheyMeet()
    {
        var course = (await app.Given.CourseAsync()).Title;

        await MeetAsync(() => ImportUnlockedAsync(course, "ab-2"), () => ImportUnlockedAsync(course, "AB-2"));

        Assert.Equal(2, await DatesAsync("ab-2"));
    }

    [Fact]
    public async Task Run_WithoutTheLockInSequence_AddsTheDateOnce()
    {
        var course = (await app.Given.CourseAsync()).Title;

        await ImportUnlockedAsync(course, "ab-3");
        await ImportUnlockedAsync(course, "AB-3");

        Assert.Equal(1, await DatesAsync("ab-3"));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Both wait before the first writing to the dates.</summary>
    private Task MeetAsync(Func<Task> one, Func<Task> other) => Gate.OvertakeAsync(app.Database, "course_runs", one, other);

    private async Task<ImportOutcome> ImportAsync(string course, string reference)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes($"course,run_reference,date,start,end,capacity\n{course},{reference},2027-03-27,09:30,12:30,20\n"));
        return await app.WithAsync<ImportProgramme, ImportOutcome>(import => import.RunAsync(file, dryRun: false, Ct));
    }

    private Task<ImportOutcome> ImportUnlockedAsync(string course, string reference) =>
        Unguarded.WithoutOneAtATimeAsync(() => ImportAsync(course, reference));

    private Task<int> DatesAsync(string reference) =>
        app.WithAsync<TrainingHubDb, int>(db => db.CourseRuns.CountAsync(run => EF.Functions.ILike(run.Reference, reference), Ct));
}
