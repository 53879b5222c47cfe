using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>Who wrote a text that raised a concern: two people, seven days, each look kept.</summary>
public sealed class IdentifyWriterTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly ConcernWorld world = new(app);
    private readonly SurveyWorld surveys = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Identity_AskedByOneApprovedByAnother_IsShownForSevenDaysAndEachLookKept()
    {
        var raised = await world.RaisedAsync();
        var (lead, coordinator) = (await app.BrowseAsAsync([StaffRole.SafeguardingLead]), await app.BrowseAsStaffAsync());
        var page = await lead.GetAsync(SurveyUrls.Concern(raised.Id));
        Assert.DoesNotContain(raised.Place.Email, page.Text);

        var ask = await page.FollowAsync("Ask who wrote it");
        Assert.Equal(["Enter why you need to know"], (await ask.SubmitAsync()).Errors);
        var asked = await ask.SubmitAsync(form => form["Text"] = "The front door asks for a name.");
        Assert.Contains("somebody else who reads comments decides", asked.Main);
        Assert.Contains("You asked yourself", (await lead.GetAsync(SurveyUrls.DecideIdentity(raised.Id))).Main);
        var decide = await (await coordinator.GetAsync("/staff")).FollowAsync($"May the lead see who wrote the text of concern {raised.Reference}?");
        Assert.Contains("The front door asks for a name.", decide.Main);
        Assert.DoesNotContain("Canary", decide.Text);
        await decide.SubmitAsync(button: "Yes, they may");

        var before = await lead.GetAsync(SurveyUrls.Concern(raised.Id));
        Assert.DoesNotContain(raised.Place.Email, before.Text);
        var shown = await before.SubmitAsync(button: "Show who wrote it");
        Assert.Contains(raised.Place.Email, shown.Main);
        Assert.Contains("Mia Came", shown.Main);
        Assert.DoesNotContain(raised.Place.Email, (await coordinator.GetAsync(SurveyUrls.Concerns)).Text);
        Assert.Equal(1, await surveys.CountAsync($"identity_views view join identity_requests request on request.id = view.request_id where request.concern_id = '{raised.Id}'"));
        app.Clock.Advance(TimeSpan.FromDays(7));
        var lena = await world.ActorAsync("Lena Lead");
        Assert.Null(await app.WithAsync((IdentifyWriter identify) => identify.ShowAsync(raised.Id, lena, Ct)));
    }

    [Fact]
    public async Task Identity_DecidedByWhoeverAsked_IsRefusedByTheDatabase()
    {
        var raised = await world.RaisedAsync();
        var lead = await world.ActorAsync("Lena Lead");
        Assert.Equal(AskResult.Asked, await app.WithAsync((IdentifyWriter identify) => identify.AskAsync(raised.Id, "Why", lead, Ct)));
        Assert.Equal(AskResult.AskedBefore, await app.WithAsync((IdentifyWriter identify) => identify.AskAsync(raised.Id, "Why", lead, Ct)));

        Assert.Equal(WriterResult.Oneself, await app.WithAsync((IdentifyWriter identify) => identify.DecideAsync(raised.Id, isApproved: true, lead, Ct)));
        var error = await Assert.ThrowsAsync<PostgresException>(() => surveys.DoAsync($"update identity_requests set decided_at = asked_at, decided_by_id = asked_by_id, is_approved = true, shown_until = asked_at where concern_id = '{raised.Id}'"));

        Assert.Equal("ck_identity_requests_two_people", error.ConstraintName);
        Assert.Null(await app.WithAsync((IdentifyWriter identify) => identify.ShowAsync(raised.Id, lead, Ct)));
    }

    [Fact]
    public async Task Identity_Refused_IsNotShown()
    {
        var raised = await world.RaisedAsync();
        var (lead, other) = (await world.ActorAsync("Lena Lead"), await world.ActorAsync("Otto Other"));
        await app.WithAsync((IdentifyWriter identify) => identify.AskAsync(raised.Id, "Why", lead, Ct));

        Assert.Equal(WriterResult.Decided, await app.WithAsync((IdentifyWriter identify) => identify.DecideAsync(raised.Id, isApproved: false, other, Ct)));
        Assert.Equal(WriterResult.Gone, await app.WithAsync((IdentifyWriter identify) => identify.DecideAsync(raised.Id, isApproved: true, other, Ct)));

        Assert.Null(await app.WithAsync((IdentifyWriter identify) => identify.ShowAsync(raised.Id, lead, Ct)));
    }

    [Theory]
    [InlineData(true, "the answer came in a file")]
    [InlineData(false, "nothing leads from this text to an answer or a person any more")]
    public async Task Identity_ThatCannotBeTraced_SaysSo(bool isImported, string words)
    {
        var (_, comment, _) = await world.WrittenAsync();
        await surveys.DoAsync($"delete from survey_links where response_id = (select response_id from survey_comments where id = '{comment}')");
        await surveys.DoAsync(isImported
            ? $"update survey_responses set origin = 'Import' where id = (select response_id from survey_comments where id = '{comment}')"
            : $"update survey_comments set response_id = null, created_at = date_trunc('month', created_at, 'Europe/London') where id = '{comment}'");
        var by = await world.ActorAsync("Rae Raises");
        await app.WithAsync((RaiseConcern raise) => raise.RunAsync(comment, ConcernKind.AtRisk, by, Ct));
        var id = await surveys.ScalarAsync<Guid>($"select id from concerns where comment_id = '{comment}'");

        var page = await (await app.BrowseAsAsync([StaffRole.SafeguardingLead])).GetAsync(SurveyUrls.Concern(id));

        Assert.Contains(words, page.Main);
        Assert.DoesNotContain("Ask who wrote it", page.Main);
        Assert.Equal(AskResult.NotTraceable, await app.WithAsync((IdentifyWriter identify) => identify.AskAsync(id, "Why", by, Ct)));
    }
}
