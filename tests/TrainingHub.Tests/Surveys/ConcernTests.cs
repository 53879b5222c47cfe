using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>A text that may be about a child at risk, from the phone to the lead's closing, and who sees what of it.</summary>
public sealed class ConcernTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Outcome = "Canary outcome: the duty team has it.";
    private readonly ConcernWorld world = new(app);
    private readonly SurveyWorld surveys = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concern_FromThePhoneToItsClosing_IsTheLeadsAlone()
    {
        var (place, comment, text) = await world.WrittenAsync();
        var (coordinator, lead) = (await app.BrowseAsStaffAsync(), await app.BrowseAsAsync([StaffRole.SafeguardingLead]));

        var ask = await coordinator.GetAsync(SurveyUrls.RaiseConcern(comment));
        Assert.Contains("Nobody has been told yet.", ask.Main);
        Assert.Contains("No email address of the safeguarding lead is set", ask.Main);
        Assert.Equal(0, await surveys.CountAsync($"concerns where comment_id = '{comment}'"));
        Assert.Equal(["Choose what the concern is about"], (await ask.SubmitAsync()).Errors);
        var raised = await ask.SubmitAsync(form => form["Kind"] = "AtRisk");
        await ask.SubmitAsync(form => form["Kind"] = "AtRisk");
        Assert.Contains("Concern raised.", raised.Main + raised.Text);
        var concern = await app.WithAsync((TrainingHubDb db) => db.Concerns.AsNoTracking().SingleAsync(one => one.CommentId == comment, Ct));
        Assert.Equal(1, await surveys.CountAsync($"outgoing_emails where kind = 'survey-concern' and about = '{concern.Reference}'"));
        Assert.Equal(1, await surveys.CountAsync($"legal_holds where place_id = '{place.PlaceId}'"));

        var open = await lead.GetAsync(SurveyUrls.Concern(concern.Id));
        Assert.Contains(text, open.Main);
        Assert.Equal(ConcernState.Raised, await StateAsync(concern.Id));
        var taken = await open.SubmitAsync(button: "Acknowledge");
        Assert.Contains("You have acknowledged it", taken.Text);
        await (await taken.FollowAsync("Record a referral")).SubmitAsync(form => form["Text"] = "MASH 4711");
        await (await taken.FollowAsync("Write a note")).SubmitAsync(form => form["Text"] = "Canary note");
        var close = await taken.FollowAsync("Close it");
        Assert.Equal(["Enter what was done"], (await close.SubmitAsync()).Errors);
        var closed = await close.SubmitAsync(form => form["Text"] = Outcome);

        Assert.All(new[] { text, Outcome, "MASH 4711", "Canary note" }, words => Assert.Contains(words, closed.Main));
        foreach (var address in new[] { SurveyUrls.Concerns, SurveyUrls.Comments, SurveyUrls.ReadComments, $"/staff/history?q={concern.Reference}", $"/staff/surveys/comments/read?id={comment}" })
        {
            var seen = (await coordinator.GetAsync(address)).Text;
            Assert.All(new[] { text, Outcome, "4711", "Canary note" }, words => Assert.DoesNotContain(words, seen, StringComparison.OrdinalIgnoreCase));
        }

        var line = (await coordinator.GetAsync(SurveyUrls.Concerns)).Main;
        Assert.Contains($"Concern {concern.Reference}", line);
        Assert.Contains("Closed", line);
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.GetAsync(SurveyUrls.Concern(concern.Id))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.GetAsync(SurveyUrls.ConcernAct(concern.Id, "reopen"))).Status);
        Assert.Equal(0, await surveys.CountAsync("history_entries where note || changes::text || act ~* 'canary|4711'"));
        Assert.Equal(0, await surveys.CountAsync("outgoing_emails e where e::text ~* 'canary|4711'"));
        Assert.Equal(
            ["Concern acknowledged", "Concern closed", "Concern raised", "Note written", "Referral recorded"],
            await app.WithAsync((TrainingHubDb db) => db.HistoryEntries.Where(entry => entry.RecordId == concern.Id).Select(entry => entry.Act).OrderBy(act => act).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Concern_Withdrawn_PutsTheTextBackAsReadAndHoldsNothing()
    {
        var raised = await world.RaisedAsync();
        var lead = await app.BrowseAsAsync([StaffRole.SafeguardingLead]);

        var page = await (await lead.GetAsync(SurveyUrls.Concern(raised.Id))).FollowAsync("Withdraw it");
        var empty = await page.SubmitAsync();
        await page.SubmitAsync(form => form["Text"] = "The wrong text.");
        var again = await page.SubmitAsync(form => form["Text"] = "Once more.");

        Assert.Equal(["Enter why it was a mistake"], empty.Errors);
        Assert.Contains("Nothing was changed now", again.Text);
        Assert.Equal("Read", await surveys.ScalarAsync<string>($"select state from survey_comments where id = '{raised.Comment}'"));
        Assert.Equal(0, await surveys.CountAsync($"legal_holds where place_id = '{raised.Place.PlaceId}'"));
        Assert.Contains(raised.Text, (await (await app.BrowseAsStaffAsync()).GetAsync(SurveyUrls.ReadComments + "&q=" + raised.Text[^12..])).Main);
        var by = await world.ActorAsync("Rae Raises");
        Assert.Equal(RaiseResult.Raised, await app.WithAsync((RaiseConcern raise) => raise.RunAsync(raised.Comment, ConcernKind.Writer, by, Ct)));
    }

    [Fact]
    public async Task Concern_WithdrawnAfterItsAuthorWroteAnew_LeavesTheCorrectedText()
    {
        var raised = await world.RaisedAsync();
        await app.Given.CorrectedCommentAsync(raised.Comment, "Corrected");
        var lead = await world.ActorAsync("Lena Lead");

        Assert.True(await app.WithAsync((HandleConcern handle) => handle.WithdrawAsync(raised.Id, "By mistake", lead, Ct)));

        Assert.Equal(0, await surveys.CountAsync($"survey_comments where id = '{raised.Comment}'"));
        Assert.Contains("its author has corrected it", (await (await app.BrowseAsAsync([StaffRole.SafeguardingLead])).GetAsync(SurveyUrls.Concern(raised.Id))).Main);
    }

    [Fact]
    public async Task Concern_ClosedAndOpenedAgain_KeepsTheOutcomeAsANote()
    {
        var raised = await world.RaisedAsync();
        var lead = await world.ActorAsync("Lena Lead");
        await world.CloseAsync(raised, lead);

        Assert.True(await app.WithAsync((HandleConcern handle) => handle.ReopenAsync(raised.Id, lead, Ct)));
        Assert.False(await app.WithAsync((HandleConcern handle) => handle.ReopenAsync(raised.Id, lead, Ct)));

        Assert.Equal(ConcernState.Acknowledged, await StateAsync(raised.Id));
        Assert.Equal(1, await surveys.CountAsync($"concern_notes where concern_id = '{raised.Id}' and text like '%The duty team has it.'"));
    }

    [Theory]
    [InlineData("Writer", "What can be offered to the writer")]
    [InlineData("Professional", "designated officer (LADO)")]
    public async Task Concern_OfAKind_SaysWhatTheLeadHas(string kind, string words)
    {
        var raised = await world.RaisedAsync(Enum.Parse<ConcernKind>(kind));

        var page = await (await app.BrowseAsAsync([StaffRole.SafeguardingLead])).GetAsync(SurveyUrls.Concern(raised.Id));

        Assert.Contains(words, page.Main);
        Assert.Equal(1, await surveys.CountAsync($"outgoing_emails where about = '{raised.Reference}'"));
    }

    [Fact]
    public async Task Note_SentTwice_IsOne()
    {
        var raised = await world.RaisedAsync();
        var page = await (await app.BrowseAsAsync([StaffRole.SafeguardingLead])).GetAsync(SurveyUrls.ConcernAct(raised.Id, "note"));

        await page.SubmitAsync(form => form["Text"] = "Once");
        await page.SubmitAsync(form => form["Text"] = "Once");

        Assert.Equal(1, await surveys.CountAsync($"concern_notes where concern_id = '{raised.Id}'"));
    }

    [Fact]
    public async Task NobodyIsLead_ItIsSaidWhereOneIsRaisedAndOnToday()
    {
        await app.WithAsync((TrainingHubDb db) => db.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.Roles, new List<StaffRole> { StaffRole.Finance }), Ct));
        var (_, comment, _) = await world.WrittenAsync();
        var staff = await app.BrowseAsStaffAsync();

        Assert.Contains("Nobody has the role “Safeguarding lead”", (await staff.GetAsync("/staff")).Main);
        Assert.Contains("Nobody has the role “Safeguarding lead”", (await staff.GetAsync(SurveyUrls.RaiseConcern(comment))).Main);
    }

    private Task<ConcernState> StateAsync(Guid id) => app.WithAsync((TrainingHubDb db) => db.Concerns.Where(one => one.Id == id).Select(one => one.State).SingleAsync(Ct));
}
