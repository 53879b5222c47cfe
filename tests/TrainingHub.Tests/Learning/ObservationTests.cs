using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Learning;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Learning;

/// <summary>What staff saw at a date: written from its page, corrected with history that repeats none of it, and about nobody else. It is 2 November 2026.</summary>
public sealed class ObservationTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly DateOnly Past = new(2026, 10, 20);
    private static readonly string[] Marks = ["UpToDate", "Delivery", "Discussion", "HardSubjects", "Setting"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Observation_FromThePageOfTheDate_StandsThereAndAtTheProvider()
    {
        var (run, provider) = await DateAsync();
        var staff = await app.BrowseAsStaffAsync();
        var date = await staff.GetAsync($"/staff/dates/{run}");

        var saved = await (await date.FollowAsync("Observe")).SubmitAsync(Fill);

        Assert.Contains("Seen by Ann Coordinator", saved.Main, StringComparison.Ordinal);
        Assert.Contains("Seen by Ann Coordinator", (await staff.GetAsync($"/staff/dates/{run}")).Main, StringComparison.Ordinal);
        Assert.Contains("20 October 2026 Seen by Ann Coordinator", (await staff.GetAsync(CatalogueUrls.ProviderQuality(provider))).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Observation_Corrected_SaysThatAndNotWhat()
    {
        var (run, _) = await DateAsync();
        var saved = await (await (await app.BrowseAsStaffAsync()).GetAsync(LearningUrls.NewObservation(run))).SubmitAsync(Fill);

        var corrected = await saved.SubmitAsync(form => (form["Form.Discussion"], form["Form.WentWell"]) = ("NotYet", "Canary of a correction"));

        Assert.Contains("Discussion: known → another", corrected.Main, StringComparison.Ordinal);
        Assert.Equal("Canary of a correction", corrected.Find("[name='Form.WentWell']").TextContent.Trim());
        Assert.Equal(0, await app.WithAsync((TrainingHubDb db) => db.Database.SqlQuery<int>($"select count(*)::int as \"Value\" from history_entries where changes::text like '%Canary%' or changes::text like '%NotYet%'").SingleAsync(Ct)));
    }

    [Fact]
    public async Task Observation_BadInput_SaysSoAtItsPlace()
    {
        var (run, _) = await DateAsync();
        var form = await (await app.BrowseAsStaffAsync()).GetAsync(LearningUrls.NewObservation(run));

        Assert.Equal(6, (await form.SubmitAsync()).Errors.Count);
        Assert.Equal(["Enter the day for which the follow-up was planned"], (await form.SubmitAsync(fields =>
        {
            Fill(fields);
            fields["Form.Outcome"] = "They mix the groups.";
        })).Errors);
        Assert.False(await app.WithAsync((TrainingHubDb db) => db.CourseObservations.AnyAsync(one => one.RunId == run, Ct)));
    }

    [Fact]
    public async Task Observation_ThatMayNameSomebody_IsSavedOnceItIsConfirmed()
    {
        var (run, _) = await DateAsync();
        var form = await (await app.BrowseAsStaffAsync()).GetAsync(LearningUrls.NewObservation(run));

        var warned = await form.SubmitAsync(fields =>
        {
            Fill(fields);
            fields["Form.ToChange"] = "Mia Named was spoken of.";
        });

        Assert.StartsWith("“Mia Named” may let somebody recognise a child", Assert.Single(warned.Errors), StringComparison.Ordinal);
        Assert.Contains("Seen by", (await warned.SubmitAsync(fields => fields["IsChecked"] = "true")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Observation_SentTwice_IsKeptOnce()
    {
        var (run, _) = await DateAsync();
        var form = await (await app.BrowseAsStaffAsync()).GetAsync(LearningUrls.NewObservation(run));

        await form.SubmitAsync(Fill);
        await form.SubmitAsync(Fill);

        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.CourseObservations.CountAsync(one => one.RunId == run, Ct)));
    }

    [Fact]
    public async Task Date_ThatHasNotBegunOrWasCancelled_IsNotObserved()
    {
        var (course, provider) = ((await app.Given.CourseAsync()).Id, (await app.Given.ProviderAsync()).Id);
        var staff = await app.BrowseAsStaffAsync();
        foreach (var run in (CourseRun[])[await app.Given.RunByAsync(course, provider, new(2026, 12, 1)), await app.Given.CancelledByAsync(course, provider, Past)])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync(LearningUrls.NewObservation(run.Id))).Status);
            Assert.Empty((await staff.GetAsync($"/staff/dates/{run.Id}")).All("a[href*='observations/new']"));
            Assert.Equal(EditOutcome.Unknown, await app.WithAsync((SaveObservation save) => save.AddAsync(Guid.NewGuid(), run.Id, Facts(), Actor.CommandLine, Ct)));
        }
    }

    private static ObservationFacts Facts() => new()
    {
        UpToDate = SeenAs.Well,
        Delivery = SeenAs.Well,
        Discussion = SeenAs.Well,
        HardSubjects = SeenAs.Well,
        Setting = SeenAs.Well,
        WentWell = "All",
    };

    private async Task<(Guid Run, Guid Provider)> DateAsync()
    {
        var provider = await app.Given.ProviderAsync();
        return ((await app.Given.RunByAsync((await app.Given.CourseAsync()).Id, provider.Id, Past)).Id, provider.Id);
    }

    private static void Fill(TestForm form)
    {
        foreach (var mark in Marks)
        {
            form[$"Form.{mark}"] = "Well";
        }

        form["Form.WentWell"] = "People of three agencies compared what they do.";
    }
}
