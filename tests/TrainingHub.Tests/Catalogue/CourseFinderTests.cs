using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Tests.Surveys;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

public sealed class CourseFinderTests(TestDatabase databases)
{
    private const string Title = "Siân’s course: “Bruises” & more";

    // The apostrophe and the accent leave no gap, everything else one.
    private const string Slug = "sians-course-bruises-more";

    [Fact]
    public async Task UnknownTitle_InEitherImport_GivesTheSameAddress()
    {
        Assert.Equal((Title, Slug), await CourseAfterAsync(ImportProgrammeAsync));
        Assert.Equal((Title, Slug), await CourseAfterAsync(ImportAnswersAsync));
    }

    [Fact]
    public async Task UnknownTitle_InBothImports_IsOneCourse() => Assert.Equal((Title, Slug), await CourseAfterAsync(async app =>
    {
        await ImportAnswersAsync(app);
        await ImportProgrammeAsync(app);
        await ImportAnswersAsync(app);
    }));

    private async Task<(string Title, string Slug)> CourseAfterAsync(Func<TestApp, Task> import)
    {
        await using var app = new TestApp(databases);
        await app.InitializeAsync();
        await import(app);
        var course = await app.WithAsync<TrainingHubDb, Course>(db => db.Courses.SingleAsync(TestContext.Current.CancellationToken));
        return (course.Title, course.Slug);
    }

    private static Task ImportProgrammeAsync(TestApp app) => app.WithAsync<TrainingHubDb>(async db =>
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes($"course,run_reference,date,start,end,capacity\n\"{Escaped}\",B-1,2027-04-01,09:30,12:30,20\n"));
        await new ImportProgramme(db, TimeProvider.System, Options.Create(new DateOptions())).RunAsync(file, dryRun: false, TestContext.Current.CancellationToken);
    });

    private static Task ImportAnswersAsync(TestApp app) => new SurveyWorld(app).ImportAsync(
        "course,area,sector,submitted_on,confidence,knowledge,changed_practice,impacted_families,toolkits,recommend\n"
        + $"\"{Escaped}\",BCP,Education,2025-03-27,Confident,Good Knowledge,Yes,No,None,Yes\n");

    private static string Escaped => Title.Replace("\"", "\"\"", StringComparison.Ordinal);
}
