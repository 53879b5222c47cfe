using System.Diagnostics;
using System.Text;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>Each test has a database of its own with the reference lists alone, as after a start with --empty.</summary>
public sealed class ImportSurveyResponsesTests(TestDatabase databases) : IAsyncLifetime
{
    private const string Header = "course,area,sector,submitted_on,confidence,knowledge,changed_practice,impacted_families,toolkits,recommend";
    private const string Row = "Neglect,BCP,Education,2025-03-27,Very Confident,Good Knowledge,Yes,No,Neglect Toolkit;Domestic Abuse Toolkit,Yes";
    private const string FullHeader = "run_reference,delegate_email,changed_practice_example," + Header;

    private readonly TestApp app = new(databases);
    private SurveyWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new SurveyWorld(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Import_EmptyStart_AddsAnswersAndNamesTheNewCourse()
    {
        var outcome = await world.ImportAsync($"{Header}\n{Row}\n");

        Assert.Empty(outcome.Errors);
        Assert.Equal((1, 0, 0), (outcome.Added, outcome.Changed, outcome.Unchanged));
        Assert.Contains("New course: Neglect.", outcome.Notes);
        Assert.Equal(1, await world.CountAsync("survey_responses r where origin = 'Import' and submitted_on = '2025-03-27' and (select count(*) from survey_answers where response_id = r.id and question_key = 'toolkits' and label <> 'None') = 2"));
        Assert.Equal(1, await world.CountAsync("history_entries join courses on courses.id = record_id where act = 'Survey answers imported' and note = 'From the file “a test.csv”. Added: 1. Corrected: 0.'"));
        Assert.Equal(1, await world.CountAsync("courses c join course_titles t on t.course_id = c.id where c.slug = 'neglect' and t.title_key = 'neglect'"));
    }

    [Fact]
    public async Task Import_DryRun_SaysTheSameAndWritesNothing()
    {
        var outcome = await world.ImportAsync($"{Header}\n{Row}\n", dryRun: true);

        Assert.Equal(1, outcome.Added);
        Assert.Contains("New course: Neglect.", outcome.Notes);
        Assert.Equal(0, await world.CountAsync("survey_responses"));
        Assert.Equal(0, await world.CountAsync("courses"));
    }

    [Fact]
    public async Task Import_SameFileTwice_ChangesNothingAndSaysSo()
    {
        var file = $"{Header}\n{Row}\n{Row}\n";
        await world.ImportAsync(file);

        var again = await world.ImportAsync(file);

        Assert.Equal((0, 0, 2), (again.Added, again.Changed, again.Unchanged));
        Assert.Contains("Nothing to do", again.Words);
        Assert.Equal(2, await world.CountAsync("survey_responses"));
    }

    [Fact]
    public async Task Import_SameFileTwiceAtOnce_AddsItOnce()
    {
        var file = $"{Header}\n{Row}\n{Row}\n";

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.ImportAsync(file)));

        Assert.Equal(2, await world.CountAsync("survey_responses"));
    }

    [Fact]
    public async Task Import_KnownDelegateInAnotherFile_CorrectsTheAnswer()
    {
        var place = await world.AttendedAsync(new DateOnly(2026, 6, 1));
        var (course, reference) = await world.NamesAsync(place);
        var row = $"{reference},Mia@Example.org,We changed.,{course},BCP,Education,2025-03-27,Confident,Good Knowledge,Yes,No,None,Yes";
        await world.ImportAsync($"{FullHeader}\n{row}\n");

        var corrected = await world.ImportAsync($"{FullHeader}\n\n{row.Replace("Confident", "Very Confident").Replace("Mia@", "mia@")}\n");

        Assert.Equal((0, 1, 0), (corrected.Added, corrected.Changed, corrected.Unchanged));
        Assert.Equal(1, await world.CountAsync($"survey_responses r join survey_answers a on a.response_id = r.id where a.label = 'Very Confident' and run_id = '{place.RunId}'"));
        Assert.Equal(1, await world.CountAsync("survey_comments where text = 'We changed.' and state = 'Unread'"));
    }

    [Fact]
    public async Task Import_Email_IsNeverStored()
    {
        var place = await world.AttendedAsync(new DateOnly(2026, 6, 1));
        var (course, reference) = await world.NamesAsync(place);

        await world.ImportAsync($"{FullHeader}\n{reference},canary.person@example.org,,{course},BCP,Education,2025-03-27,Confident,Good Knowledge,Yes,No,None,Yes\n");

        Assert.Equal(1, await world.CountAsync("survey_responses"));
        Assert.Equal(0, await world.CountAsync("survey_responses r where r::text ilike '%canary%'"));
        Assert.Equal(0, await world.CountAsync("imported_answers a where position(convert_to('canary', 'UTF8') in a.delegate_key) > 0"));
        Assert.Equal(0, await world.CountAsync("people where email_key like 'canary%'"));
    }

    [Fact]
    public async Task Import_CourseUnderAnEarlierTitle_IsTheSameCourse()
    {
        var place = await world.AttendedAsync(new DateOnly(2026, 6, 1));
        await app.Given.EarlierTitleAsync(place.CourseId, "Old Name");

        var outcome = await world.ImportAsync($"{Header}\n{Row.Replace("Neglect,BCP", "  OLD   name ,bcp")}\n");

        Assert.Empty(outcome.Errors);
        Assert.Equal(1, await world.CountAsync($"survey_responses where course_id = '{place.CourseId}'"));
    }

    [Theory]
    [InlineData("BCP", "Atlantis", "area", "BCP, Dorset, Both, Elsewhere")]
    [InlineData("Education", "Circus", "sector", "Local Authority")]
    [InlineData("Very Confident", "Quite sure", "confidence", "Not Confident, Fairly Confident, Confident, Very Confident")]
    [InlineData("Good Knowledge", "Some", "knowledge", "No Knowledge, Basic Knowledge, Fair Knowledge, Good Knowledge, Extensive Knowledge")]
    [InlineData("Neglect Toolkit;", "Hammer;", "toolkits", "Neglect Toolkit")]
    [InlineData("Neglect Toolkit;", "None;", "toolkits", "not both")]
    [InlineData("Yes,No", "Perhaps,No", "changed_practice", "neither Yes nor No")]
    [InlineData("2025-03-27", "in spring", "submitted_on", "is not a date")]
    [InlineData("2025-03-27", "2027-03-27", "submitted_on", "future")]
    [InlineData("Neglect,", ",", "course", "Fill this in")]
    public async Task Import_WrongCell_NamesRowColumnAndWhatIsWanted(string right, string wrong, string column, string wanted)
    {
        var outcome = await world.ImportAsync($"{Header}\n{Row}\n{Row.Replace(right, wrong)}\n");

        var error = Assert.Single(outcome.Errors);
        Assert.Equal((3, column), (error.Row, error.Column));
        Assert.Contains(wanted, error.Message);
        Assert.Equal(0, await world.CountAsync("survey_responses"));
    }

    [Fact]
    public async Task Import_DateOfAnotherCourseOrNone_IsRefused()
    {
        var place = await world.AttendedAsync(new DateOnly(2026, 6, 1));
        var (course, reference) = await world.NamesAsync(place);

        var outcome = await world.ImportAsync($"run_reference,{Header}\n{reference},{Row}\nNOWHERE,{Row}\n");

        Assert.Equal([2, 3], outcome.Errors.Select(error => error.Row));
        Assert.Contains(course, outcome.Errors[0].Message);
        Assert.Contains("There is no date with the reference “NOWHERE”", outcome.Errors[1].Message);
    }

    [Fact]
    public async Task Import_SameDelegateTwiceInTheFile_IsRefused()
    {
        var place = await world.AttendedAsync(new DateOnly(2026, 6, 1));
        var (course, reference) = await world.NamesAsync(place);
        var row = $"{reference},mia@example.org,,{course},BCP,Education,2025-03-27,Confident,Good Knowledge,Yes,No,None,Yes";

        var outcome = await world.ImportAsync($"{FullHeader}\n{row}\n{row}\n");

        Assert.Equal("Row 3, delegate_email: Row 2 has an answer of this delegate about this date already.", Assert.Single(outcome.Errors).ToString());
    }

    [Fact]
    public async Task Import_CaseSpacesAndSemicolons_DoNotMatter()
    {
        var outcome = await world.ImportAsync($"{Header.ToUpperInvariant().Replace(',', ';')}\n\" neglect \";bcp;EDUCATION;27/03/2025;very  confident;good knowledge;YES;no;none;y\n");

        Assert.Empty(outcome.Errors);
        Assert.Equal(1, await world.CountAsync("survey_answers where question_key = 'toolkits' and label = 'None'"));
    }

    [Fact]
    public async Task Import_ToolkitsLeftEmpty_AreNotKnown()
    {
        await world.ImportAsync($"{Header}\n{Row.Replace("Neglect Toolkit;Domestic Abuse Toolkit", "")}\n");

        Assert.Equal(1, await world.CountAsync("survey_responses r where not exists (select from survey_answers where response_id = r.id and question_key = 'toolkits')"));
    }

    [Fact]
    public async Task Import_TenThousandRows_TakesUnderTenSeconds()
    {
        var file = new StringBuilder(FullHeader).Append('\n');
        for (var i = 0; i < 10_000; i++)
        {
            file.Append($",,Example {i},{Row}\n");
        }

        var watch = Stopwatch.StartNew();
        var outcome = await world.ImportAsync(file.ToString());

        TestContext.Current.SendDiagnosticMessage($"import of 10,000 answers: {watch.ElapsedMilliseconds} ms");
        Assert.Equal(10_000, outcome.Added);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }
}
