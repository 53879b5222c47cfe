using Npgsql;
using TrainingHub.Platform.Files;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>
/// One file of answers imported by two at once. The keys of the tables are the last word: no answer is there twice. What the lock
/// does is that the second finds nothing to do, instead of failing as by a fault of the program.
/// </summary>
public sealed class ImportSurveyResponsesRaceTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Header = "run_reference,course,area,sector,submitted_on,confidence,knowledge,changed_practice,impacted_families,recommend,delegate_email";

    private readonly SurveyWorld world = new(app);

    [Fact]
    public async Task Import_SameFileTwiceBeforeItIsWritten_AddsItOnceAndTheSecondFindsNothingToDo()
    {
        var (place, file) = await FileAsync();
        var outcomes = new List<ImportOutcome>();

        await Gate.MeetAsync(app.Database, "survey_responses", 2, async () => outcomes.Add(await world.ImportAsync(file)));

        Assert.Equal([0, 1], outcomes.Select(outcome => outcome.Added).Order());
        Assert.Equal(1, await AnswersAsync(place));
    }

    [Fact]
    public async Task Import_WithoutTheLock_FailsForTheSecondWhenTheyMeet()
    {
        var (place, file) = await FileAsync();

        var failure = await Assert.ThrowsAsync<PostgresException>(
            () => Gate.MeetAsync(app.Database, "survey_responses", 2, () => ImportUnlockedAsync(file)));

        Assert.Equal("ux_imported_answers_delegate_key", failure.ConstraintName);
        Assert.Equal(1, await AnswersAsync(place));
    }

    [Fact]
    public async Task Import_WithoutTheLockInSequence_AddsItOnce()
    {
        var (place, file) = await FileAsync();

        await ImportUnlockedAsync(file);
        var again = await ImportUnlockedAsync(file);

        Assert.Equal((0, 1), (again.Added, again.Unchanged));
        Assert.Equal(1, await AnswersAsync(place));
    }

    private async Task<(AttendedPlace Place, string File)> FileAsync()
    {
        var place = await world.AttendedAsync(new DateOnly(2026, 6, 1));
        var (course, reference) = await world.NamesAsync(place);
        return (place, $"{Header}\n{reference},{course},BCP,Education,2026-09-03,Confident,Good Knowledge,Yes,No,Yes,{place.Email}\n");
    }

    private Task<ImportOutcome> ImportUnlockedAsync(string file) => Unguarded.WithoutOneAtATimeAsync(() => world.ImportAsync(file));

    private Task<long> AnswersAsync(AttendedPlace place) => world.CountAsync($"survey_responses where run_id = '{place.RunId}'");
}
