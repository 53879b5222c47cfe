using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Portal;
using TrainingHub.Tests.Portal;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>E-learning that people completed elsewhere: read from a file, shown to the person apart from our training, and gone with them.</summary>
public sealed class ImportELearningTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Head = "Name,Email,Course,Completed on\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_MatchedAndUnmatched_AddsTheFirstAndNamesTheOthersByRow()
    {
        var person = await PersonAsync("Mia Match", "mia@match.example");
        var file = $"{Head}Mia MATCH,MIA@match.example,Safeguarding awareness,02/03/2026\nMia Match,mia@match.example,safeguarding  Awareness,02/03/2026\nSomebody Else,mia@match.example,Prevent,03/03/2026\nUna Known,una@nowhere.example,Prevent,03/03/2026\n";

        var preview = await ImportAsync(file, dryRun: true);
        Assert.Equal((1, 1), (preview.Added, preview.Unchanged));
        Assert.Empty(await OfAsync(person));
        var done = await ImportAsync(file);

        Assert.Equal("2 of 4 rows fit somebody by name and address.", done.Notes[0]);
        Assert.Equal(["Row 4 is left out: nobody with its name and address has or had a place here.", "Row 5 is left out: nobody with its name and address has or had a place here."], done.Notes.Skip(1));
        Assert.DoesNotContain("Una", string.Join(' ', done.Notes), StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 3, 2), Assert.Single(await OfAsync(person)).CompletedOn);
    }

    [Fact]
    public async Task Staff_SeeOnThePersonsPageWhatWasDoneElsewhere()
    {
        var person = await PersonAsync("Pam Page", "pam@page.example");
        var staff = await app.BrowseAsStaffAsync();
        Assert.DoesNotContain("E-learning done elsewhere", (await staff.GetAsync($"/staff/people/{person}")).Main);

        await app.Given.ELearningAsync(person, "Prevent awareness", new DateOnly(2026, 3, 2));

        Assert.Contains("Prevent awareness, 2 March 2026", (await staff.GetAsync($"/staff/people/{person}")).Main);
    }

    [Fact]
    public async Task Import_SameFileTwice_AddsNothing()
    {
        var person = await PersonAsync("Ted Twice", "ted@twice.example");
        var file = $"{Head}Ted Twice,ted@twice.example,Prevent,2026-01-12\nTed Twice,ted@twice.example,Prevent,2025-01-12\n";

        var (first, second) = (await ImportAsync(file), await ImportAsync(file));

        Assert.Equal((2, 0, 2), (first.Added, second.Added, second.Unchanged));
        Assert.True(second.ChangesNothing);
        Assert.Equal(2, (await OfAsync(person)).Count);
    }

    [Theory]
    [InlineData("Nora New,nora@nobody.example,Prevent,2026-01-12", "Nobody with this name and address has or had a place here.")]
    [InlineData("Fay Future,fay@future.example,Prevent,2099-01-12", "This day is still to come.")]
    [InlineData("Fay Future,fay@future.example,,2026-01-12", "Fill this in.")]
    [InlineData("Fay Future,fay@future.example,Prevent,soon", "“soon” is not a date. Write it like 27/03/2025 or 2025-03-27.")]
    public async Task Import_WrongRow_IsRefusedAsAWhole(string row, string error)
    {
        var person = await PersonAsync("Fay Future", "fay@future.example");

        var outcome = await ImportAsync($"{Head}{row}\n");

        Assert.Contains(outcome.Errors, one => one.Message == error);
        Assert.Empty(await OfAsync(person));
    }

    [Fact]
    public async Task MyTraining_ShowsItApart()
    {
        var person = await PersonAsync("Pat Portal", "pat@portal.example");
        await app.Given.ELearningAsync(person, "Prevent awareness", new DateOnly(2026, 3, 2));

        var page = await (await app.SignInByCodeAsync("pat@portal.example")).Browser.GetAsync(PortalUrls.TrainingOf(person));

        Assert.Contains("E-learning done elsewhere As your employer told us.", page.Main, StringComparison.Ordinal);
        Assert.Contains("Prevent awareness 2 March 2026", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merged_OrForgotten_GoesWithThePerson()
    {
        var (stays, gone) = (await PersonAsync("Sam Stays", "sam@stays.example"), await PersonAsync("Sam Goes", "sam@goes.example"));
        await app.Given.ELearningAsync(stays, "Prevent", new DateOnly(2026, 3, 2));
        await app.Given.ELearningAsync(gone, "Prevent", new DateOnly(2026, 3, 2));
        await app.Given.ELearningAsync(gone, "Thresholds", new DateOnly(2026, 3, 2));

        Assert.Equal(MergeResult.Merged, await app.WithAsync((MergePeople merge) => merge.RunAsync(stays, [gone], Actor.CommandLine, Ct)));
        Assert.Equal(2, (await OfAsync(stays)).Count);
        Assert.Equal(ForgetResult.Forgotten, await app.WithAsync((ForgetPerson forget) => forget.RunAsync(stays, Actor.CommandLine, Ct)));

        Assert.Empty(await OfAsync(stays));
    }

    private async Task<Guid> PersonAsync(string name, string email)
    {
        var run = await app.Given.RunAsync((await app.Given.CourseAsync()).Id, London.DateOf(app.Clock.Now).AddDays(-10));
        return (await app.Given.PlacesAsync(run, new GivenDelegate(name) { Email = email }))[0].Person.Id;
    }

    private async Task<ImportOutcome> ImportAsync(string file, bool dryRun = false)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(file));
        return await app.WithAsync((ImportELearning import) => import.RunAsync(stream, dryRun, Ct));
    }

    private Task<List<ELearningCompletion>> OfAsync(Guid person) =>
        app.WithAsync((TrainingHubDb db) => db.ELearningCompletions.AsNoTracking().Where(one => one.PersonId == person).ToListAsync(Ct));
}
