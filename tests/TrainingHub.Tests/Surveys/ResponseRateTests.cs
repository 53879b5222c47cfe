using TrainingHub.Platform.Email;
using TrainingHub.Reporting;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>One response rate: the surveys page and the impact report divide the same numbers, also after emails are forgotten.</summary>
public sealed class ResponseRateTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly SurveyWorld world = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // Five asked. Two answered, one of them although the first email bounced. One email bounced and one failed for good: 2 of 3.
    [Fact]
    public async Task Rate_OnPageAndInReport_LeavesOutWhatWasNotDelivered()
    {
        await world.InvitedAsync();
        await UndeliveredAsync("Bounced");
        await UndeliveredAsync("Failed");
        await AnswerAsync((await world.InvitedAsync()).Token);
        await AnswerAsync(await UndeliveredAsync("Bounced"));

        Assert.Equal((5, 2, 2, "66.7%"), await ReportedAsync());
        var page = await PageAsync();
        Assert.Contains("2 of 3 delegates who were asked have answered: response rate 66.7%", page);
        Assert.Contains(ResponseRate.Definition, page);

        app.Clock.Advance(TimeSpan.FromDays(44));
        await app.RunJobAsync(nameof(CloseSurveys));
        app.Clock.Advance(TimeSpan.FromDays(PruneEmails.KeepDays));
        await app.RunJobAsync(nameof(PruneEmails));

        Assert.Equal(0, await world.CountAsync("outgoing_emails where state in ('Bounced', 'Failed')"));
        Assert.Equal((5, 2, 2, "66.7%"), await ReportedAsync());
    }

    [Theory]
    [InlineData(0, 0, 0, "not known")]
    [InlineData(2, 2, 0, "not known")]
    [InlineData(16, 0, 1, "6.3%")]
    public void Words_HalvesGoUp_AndNobodyAskedIsNotKnown(int sent, int undelivered, int answered, string words) =>
        Assert.Equal(words, new ResponseRate(sent, undelivered, answered).Words);

    private async Task<string> UndeliveredAsync(string state)
    {
        var (place, _, token, _) = await world.InvitedAsync();
        await world.DoAsync($"update outgoing_emails set state = '{state}' where to_address = '{place.Email}'");
        return token;
    }

    private async Task AnswerAsync(string token) => await (await app.Browse().GetAsync($"/survey/{token}")).SubmitAsync(SurveyWorld.Fill);

    private async Task<(int, int, int, string)> ReportedAsync() => await app.WithAsync<TrainingHubDb, (int, int, int, string)>(async db =>
    {
        var (filter, _) = await ReportFilter.ReadAsync(db, "impact", new("2026/27", null, null, null, null, null), Ct);
        var rate = (await ImpactReport.ReadAsync(db, app.Database, filter!, Ct)).Rate!;
        return (rate.Sent, rate.Undelivered, rate.Answered, rate.Words);
    });

    private async Task<string> PageAsync()
    {
        var browser = app.Browse();
        await (await browser.GetAsync("/sign-in?returnUrl=/staff")).SubmitAsync(selector: "form[action$='/dev/sign-in']");
        return (await browser.GetAsync("/staff/surveys?year=2026%2F27")).Main;
    }
}
