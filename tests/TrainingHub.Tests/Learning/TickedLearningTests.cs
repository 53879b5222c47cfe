using Microsoft.EntityFrameworkCore;
using TrainingHub.Learning;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Learning;

/// <summary>One thing done to several actions or training needs: a preview, an account, and nothing over somebody else's act.</summary>
public sealed class TickedLearningTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly Actor Ann = new(Guid.CreateVersion7(), "Ann Coordinator");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateOnly Today => London.DateOf(app.Clock.Now);

    [Fact]
    public async Task Actions_MarkedAsDone_FromTheListWithOneDoneMeanwhile()
    {
        var (first, second) = (await app.Given.ActionAsync(Today.AddDays(-3), "Ticked number one"), await app.Given.ActionAsync(Today.AddDays(9), "Ticked number two"));
        var staff = await app.BrowseAsStaffAsync();
        var list = await staff.GetAsync("/staff/learning?q=Ticked+number");

        var preview = await list.SubmitAsync(form => Array.ForEach([first, second], one => form.Forge("id", $"{one.Id}")), "#ticked", "Mark the ticked ones as done");
        Assert.Contains("2 actions are done then, and late no more.", preview.Main);
        Assert.Contains("Late", preview.Main);
        var future = await preview.SubmitAsync(form => form["DoneOn"] = $"{Today.AddDays(2):O}");
        await app.WithAsync((ActOnAction act) => act.FinishAsync(second.Id, 0, Today, Ann, Ct));
        var done = await preview.SubmitAsync();

        Assert.Equal(["The day must be today or earlier"], future.Errors);
        Assert.Contains("1 action is done. 1 row was left as it was.", done.Main);
        Assert.Contains("It is done already", done.Main);
        Assert.Equal(2, await app.WithAsync((TrainingHubDb db) => db.LearningActions.CountAsync(one => (one.Id == first.Id || one.Id == second.Id) && one.State == ActionState.Done && one.Version == 1, Ct)));
    }

    [Fact]
    public async Task Actions_GivenAnotherDate_KeepTheFirstOne()
    {
        var action = await app.Given.ActionAsync(Today.AddDays(-3));
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/learning/actions-later?id={action.Id}");

        var refused = await page.SubmitAsync(form => form["On"] = $"{Today.AddDays(-1):O}");
        await refused.SubmitAsync(form => (form["On"], form["Because"]) = ($"{Today.AddDays(30):O}", "The panel meets later."));

        Assert.Equal(["The day must be today or later", "Enter why"], refused.Errors);
        var saved = await app.WithAsync((TrainingHubDb db) => db.LearningActions.AsNoTracking().SingleAsync(one => one.Id == action.Id, Ct));
        Assert.Equal((Today.AddDays(-3), Today.AddDays(30), "The panel meets later."), (saved.DueOn, saved.RevisedOn, saved.RevisedBecause));
    }

    [Fact]
    public async Task Actions_OfSomebodyElse_KeepWhatIsLeftEmpty()
    {
        var (owner, action) = (await app.Given.StaffAsync("Olive Owner"), await app.Given.ActionAsync(Today.AddDays(5)));
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/learning/actions-owner?id={action.Id}");

        var nothing = await page.SubmitAsync();
        var foreign = await page.SubmitAsync(form =>
        {
            form.Clear("Colleague");
            form.Forge("Colleague", $"{Guid.NewGuid()}");
        });
        await page.SubmitAsync(form => form["Colleague"] = $"{owner}");

        Assert.Equal(["Enter an agency or a role, or select a colleague"], nothing.Errors);
        Assert.Equal(["Select a colleague from the list"], foreign.Errors);
        var saved = await app.WithAsync((TrainingHubDb db) => db.LearningActions.AsNoTracking().SingleAsync(one => one.Id == action.Id, Ct));
        Assert.Equal((owner, action.Agency, action.DueOn), (saved.OwnerId, saved.Agency, saved.DueOn));
    }

    [Fact]
    public async Task Needs_Merged_HaveEachVoteOnceAndTheOtherIsArchived()
    {
        var (kept, other) = (await app.Given.NeedAsync("Fathers in the evening"), await app.Given.NeedAsync("Evening course on fathers"));
        var (both, one) = (await app.Given.OrganisationAsync($"Both {Guid.NewGuid():N}"), await app.Given.OrganisationAsync($"One {Guid.NewGuid():N}"));
        foreach (var (need, organisation) in new[] { (kept, both), (other, both), (other, one) })
        {
            await VoteAsync(need.Id, organisation.Id);
        }

        var staff = await app.BrowseAsStaffAsync();
        var list = await staff.GetAsync("/staff/learning/needs?q=fathers");
        var preview = await list.SubmitAsync(form => Array.ForEach([kept, other], need => form.Forge("id", $"{need.Id}")), "#ticked", "Merge the ticked ones");
        Assert.Contains("All votes go to the one that stays, one of each organisation.", preview.Main);
        var unsaid = await preview.SubmitAsync();
        var done = await preview.SubmitAsync(form => form["Kept"] = $"{kept.Id}");

        Assert.Equal(["Select which one stays"], unsaid.Errors);
        Assert.Contains("2 training needs are one now.", done.Text);
        Assert.Equal(new[] { both.Id, one.Id }.Order(), (await VotersAsync(kept.Id)).Order());
        Assert.Empty(await VotersAsync(other.Id));
        Assert.NotNull(await app.WithAsync((TrainingHubDb db) => db.TrainingNeeds.Where(need => need.Id == other.Id).Select(need => need.ArchivedAt).SingleAsync(Ct)));
        Assert.Equal(MergeNeedResult.Gone, await MergeAsync(kept.Id, other.Id, 1));
    }

    [Fact]
    public async Task Needs_MergedIntoEachOtherAtOnce_LeaveOne()
    {
        var (one, other) = (await app.Given.NeedAsync(), await app.Given.NeedAsync());

        await Gate.MeetAsync(app.Database, "training_need_votes", [() => MergeAsync(one.Id, other.Id, 0), () => MergeAsync(other.Id, one.Id, 0)]);

        Assert.Equal(1, await ArchivedAsync(one, other));
    }

    /// <summary>The twin without the locks: both have looked before either archives, and neither is left.</summary>
    [Fact]
    public async Task Needs_MergedIntoEachOtherAtOnceWithoutTheLocks_LeaveNone()
    {
        var (one, other) = (await app.Given.NeedAsync(), await app.Given.NeedAsync());

        await Gate.MeetAsync(
            app.Database, "training_need_votes",
            [() => Unguarded.WithoutRowLocksAsync(() => MergeAsync(one.Id, other.Id, 0)), () => Unguarded.WithoutRowLocksAsync(() => MergeAsync(other.Id, one.Id, 0))]);

        Assert.Equal(2, await ArchivedAsync(one, other));
    }

    [Fact]
    public async Task Vote_WhileItsNeedIsMerged_GoesToTheOneThatStays()
    {
        var (kept, merged, organisation) = (await app.Given.NeedAsync(), await app.Given.NeedAsync(), await app.Given.OrganisationAsync("Votes meanwhile"));

        await Gate.OvertakeAtRowAsync(app.Database, "organisations", organisation.Id, () => VoteAsync(merged.Id, organisation.Id), () => MergeAsync(kept.Id, merged.Id, 0));

        Assert.Equal([organisation.Id], await VotersAsync(kept.Id));
        Assert.Equal(VoteOutcome.Unknown, await VoteAsync(merged.Id, organisation.Id));
    }

    /// <summary>The twin without the lock: the vote is left at the one that went.</summary>
    [Fact]
    public async Task Vote_WhileItsNeedIsMergedWithoutTheLock_IsLeftBehind()
    {
        var (kept, merged, organisation) = (await app.Given.NeedAsync(), await app.Given.NeedAsync(), await app.Given.OrganisationAsync("Left behind"));

        await Gate.OvertakeAtRowAsync(
            app.Database, "organisations", organisation.Id, () => Unguarded.WithoutRowLocksAsync(() => VoteAsync(merged.Id, organisation.Id)), () => MergeAsync(kept.Id, merged.Id, 0));

        Assert.Equal([organisation.Id], await VotersAsync(merged.Id));
    }

    [Fact]
    public async Task Needs_MergeOfOneOrOfOneChangedMeanwhile_IsRefused()
    {
        var (kept, other) = (await app.Given.NeedAsync(), await app.Given.NeedAsync());
        var alone = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/learning/needs/merge?id={kept.Id}");

        Assert.Contains("Tick at least two", alone.Main);
        Assert.Equal(MergeNeedResult.ChangedSince, await MergeAsync(kept.Id, other.Id, 7));
        Assert.Equal(MergeNeedResult.Gone, await MergeAsync(kept.Id, kept.Id, 0));
    }

    [Fact]
    public async Task Needs_SaidToStandOtherwise_NeedTheirWords()
    {
        var need = await app.Given.NeedAsync();
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/learning/needs/stand?id={need.Id}");

        var unsaid = await page.SubmitAsync();
        var planned = await page.SubmitAsync(form => form["State"] = "Planned");
        var refused = await page.SubmitAsync(form => form["State"] = "NotPlanned");
        await page.SubmitAsync(form => (form["State"], form["PublicWords"]) = ("NotPlanned", "Ask your council."));

        Assert.Equal(["Select how they stand"], unsaid.Errors);
        Assert.Equal(["Enter why they stand so"], planned.Errors);
        Assert.Equal(["Enter what organisations read, so that those who asked know why"], refused.Errors);
        var saved = await app.WithAsync((TrainingHubDb db) => db.TrainingNeeds.AsNoTracking().SingleAsync(one => one.Id == need.Id, Ct));
        Assert.Equal((NeedState.NotPlanned, "Ask your council."), (saved.State, saved.PublicWords));
    }

    [Fact]
    public async Task Search_FindsWhatThereIsOfLearning()
    {
        var source = await app.Given.SourceAsync("Review of the lighthouse");
        var recommendation = await app.Given.RecommendationAsync(source.Id, "7", "Keep its lamp lit");
        var action = await app.Given.ActionAsync(Today.AddDays(5), "Paint the lighthouse", recommendation.Id);
        var need = await app.Given.NeedAsync("More on lighthouses");
        var staff = await app.BrowseAsStaffAsync();

        var found = await staff.GetAsync("/staff/search?q=lighthouse");
        var byNumber = await staff.GetAsync($"/staff/search?q=action+{action.Number}");
        var byWords = await staff.GetAsync($"/staff/search?q=lamp+lit");

        Assert.Equal(
            [LearningUrls.Source(source.Id), LearningUrls.Action(action.Id), LearningUrls.Need(need.Id)],
            found.Document.QuerySelectorAll("#learning + ul a").Select(link => link.GetAttribute("href")));
        Assert.Contains("Paint the lighthouse", byNumber.Main);
        Assert.Contains("Recommendation 7 of “Review of the lighthouse”", byWords.Main);
    }

    private Task<int> ArchivedAsync(TrainingNeed one, TrainingNeed other) =>
        app.WithAsync((TrainingHubDb db) => db.TrainingNeeds.CountAsync(need => (need.Id == one.Id || need.Id == other.Id) && need.ArchivedAt != null, Ct));

    private async Task<List<Guid>> VotersAsync(Guid need) =>
        await app.WithAsync((TrainingHubDb db) => db.TrainingNeedVotes.Where(vote => vote.NeedId == need && vote.OrganisationId != null).Select(vote => vote.OrganisationId!.Value).ToListAsync(Ct));

    private Task<VoteOutcome> VoteAsync(Guid need, Guid organisation) => app.WithAsync((VoteForNeed vote) => vote.ByOrganisationAsync(need, organisation, Ann, Ct));

    private Task<MergeNeedResult> MergeAsync(Guid kept, Guid merged, int version) => app.WithAsync((MergeNeeds merge) => merge.RunAsync(kept, merged, version, Ann, Ct));
}
