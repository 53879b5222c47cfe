using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Learning;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Learning;

/// <summary>Training that is asked for, with one vote of each organisation and each comment.</summary>
public sealed class NeedTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // Both have looked before either wrote, so that only the key of the table is left to tell.
    [Fact]
    public async Task Form_ThatIsSentTwiceAtOnce_AddsOneRecordWithOneEntryOfHistory()
    {
        var (source, by) = (Given.NewSource("Briefing added twice at once"), new Actor(await app.Given.StaffAsync(), "Ann"));
        Task<EditOutcome> AddAsync() => app.WithAsync((TrainingHubDb db) => Edit.AddAsync(db, source, by, [], app.Clock.Now, Ct));

        var outcomes = new[] { await AddAsync(), await AddAsync() };

        Assert.Equal([EditOutcome.Saved, EditOutcome.Saved], outcomes);
        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.HistoryEntries.CountAsync(entry => entry.RecordId == source.Id, Ct)));
    }

    [Fact]
    public async Task Need_AddedVotedForAndMet_IsListedByItsVotes()
    {
        var name = $"Voting School {Guid.NewGuid():N}";
        await app.Given.OrganisationAsync(name, isApproved: true);
        var staff = await app.BrowseAsStaffAsync();
        var added = await (await (await staff.GetAsync("/staff/learning/needs")).FollowAsync("Add a training need")).SubmitAsync(form => form["Form.What"] = "Evening sessions on fathers");

        var voted = await added.SubmitAsync(form => form["Organisation"] = name.ToUpperInvariant(), button: "Add its vote");
        var again = await voted.SubmitAsync(form => form["Organisation"] = name, button: "Add its vote");
        var unknown = await voted.SubmitAsync(form => form["Organisation"] = "No such school", button: "Add its vote");
        var refused = await voted.SubmitAsync(form => form["Form.State"] = "Met", button: "Save");
        await refused.SubmitAsync(form => form["Form.Because"] = "On Thursdays from May.", button: "Save");

        Assert.Contains("1 vote", voted.Main, StringComparison.Ordinal);
        Assert.Equal(["Its vote is counted already"], again.Errors);
        Assert.Equal(["No organisation has this name. Look for it in the list of organisations, or add it there"], unknown.Errors);
        Assert.Equal(["Enter why it stands so"], refused.Errors);
        Assert.Contains("Met: On Thursdays from May.", (await staff.GetAsync("/staff/learning/needs?show=met")).Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Evening sessions on fathers", (await staff.GetAsync("/staff/learning/needs")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comment_VotesOnceForANeed()
    {
        var (need, comment) = (await app.Given.NeedAsync(), Guid.NewGuid());

        Assert.Equal(VoteOutcome.Voted, await VoteAsync(need.Id, comment));
        Assert.Equal(VoteOutcome.Before, await VoteAsync(need.Id, comment));
        Assert.Equal(VoteOutcome.Unknown, await VoteAsync(Guid.NewGuid(), comment));
        Assert.Contains("A survey comment", (await (await app.BrowseAsStaffAsync()).GetAsync(LearningUrls.Need(need.Id))).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vote_TakenBack_CountsNoMore()
    {
        var need = await app.Given.NeedAsync();
        await VoteAsync(need.Id, Guid.NewGuid());
        var page = await (await app.BrowseAsStaffAsync()).GetAsync(LearningUrls.Need(need.Id));

        var taken = await page.SubmitAsync(selector: "form[action*='handler=TakeBack']");

        Assert.Contains("Nobody has voted for it yet", taken.Main, StringComparison.Ordinal);
        Assert.Contains("Vote taken back by Ann Coordinator", taken.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Organisations_ThatAreMerged_HaveOneVoteForOneNeed()
    {
        var (both, one) = (await app.Given.NeedAsync(), await app.Given.NeedAsync());
        var (kept, merged) = (await app.Given.OrganisationAsync($"Kept {Guid.NewGuid():N}"), await app.Given.OrganisationAsync($"Merged {Guid.NewGuid():N}"));
        foreach (var (need, organisation) in new[] { (both, kept), (both, merged), (one, merged) })
        {
            await app.WithAsync((VoteForNeed vote) => vote.ByOrganisationAsync(need.Id, organisation.Id, Actor.CommandLine, Ct));
        }

        await app.WithAsync((MergeOrganisations merge) => merge.RunAsync(kept.Id, [merged.Id], Actor.CommandLine, Ct));

        Assert.Equal(
            new[] { (both.Id, (Guid?)kept.Id), (one.Id, kept.Id) }.Order(),
            (await app.WithAsync((TrainingHubDb db) => db.TrainingNeedVotes.Where(vote => vote.NeedId == both.Id || vote.NeedId == one.Id).Select(vote => new { vote.NeedId, vote.OrganisationId }).ToListAsync(Ct)))
                .Select(vote => (vote.NeedId, vote.OrganisationId)).Order());
    }

    private Task<VoteOutcome> VoteAsync(Guid need, Guid comment) => app.WithAsync((VoteForNeed vote) => vote.ByCommentAsync(need, comment, Actor.CommandLine, Ct));
}
