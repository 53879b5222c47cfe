using System.Net;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>The mailbox of an office: many private links in one browser, at once or one after the other, and browsers that forget.</summary>
public sealed class ManyLinksTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly SurveyWorld world = new(app);

    [Fact]
    public async Task Links_TwoOpenedAtOnce_BothFormsAreSent()
    {
        var (_, _, first, _) = await world.InvitedAsync();
        var (_, _, second, _) = await world.InvitedAsync();
        var browser = app.Browse();

        var pages = await Task.WhenAll(browser.GetAsync($"/survey/{first}"), browser.GetAsync($"/survey/{second}"));
        var thanks = new[] { await pages[0].SubmitAsync(SurveyWorld.Fill), await pages[1].SubmitAsync(SurveyWorld.Fill) };

        Assert.All(thanks, page => Assert.Equal("Thank you", page.Heading));
    }

    [Fact]
    public async Task Links_ThirteenOpenedOneAfterTheOther_TheFirstIsShownAndSent()
    {
        var (browser, pages) = (app.Browse(), new List<TestPage>());
        for (var i = 0; i < 13; i++)
        {
            var (_, _, token, _) = await world.InvitedAsync();
            pages.Add(await browser.GetAsync($"/survey/{token}"));
        }

        Assert.Equal("What has changed since your course?", (await browser.GetAsync(pages[0].Address)).Heading);
        Assert.Equal("Thank you", (await pages[0].SubmitAsync(SurveyWorld.Fill)).Heading);
    }

    [Fact]
    public async Task Links_MoreThanABrowserMayHold_KeepTheHeaderSmallAndLoseNoAnswers()
    {
        var (browser, first, last) = (app.Browse(), default(TestPage), default(TestPage));
        for (var i = 0; i < 52; i++)
        {
            var (_, _, token, _) = await world.InvitedAsync();
            last = await browser.GetAsync($"/survey/{token}");
            first ??= last;
        }

        var sent = last!.Response.RequestMessage!.Headers.GetValues("Cookie").Sum(header => header.Length);

        Assert.InRange(sent, 1, 7000);
        Assert.Equal("Open the link in your email", (await browser.GetAsync(first!.Address)).Heading);
        Assert.Equal("Thank you", (await first.SubmitAsync(SurveyWorld.Fill)).Heading);
    }

    [Fact]
    public async Task Answer_BrowserHasLostItsCookies_IsStored()
    {
        var (_, invitation, token, _) = await world.InvitedAsync();
        var page = await app.Browse().GetAsync($"/survey/{token}");

        var thanks = await app.Browse().PostAsync(page.Address, page.Fields(SurveyWorld.Fill));

        Assert.Equal("Thank you", thanks.Heading);
        Assert.Equal(1, await world.CountAsync($"survey_invitations where id = '{invitation}' and state = 'Answered'"));
    }

    [Fact]
    public async Task Answer_KeyOfAnotherSurveyOrNone_IsRefusedAlsoWithTheCookie()
    {
        var (_, other, otherToken, _) = await world.InvitedAsync();
        var (_, _, token, _) = await world.InvitedAsync();
        var browser = app.Browse();
        await browser.GetAsync($"/survey/{otherToken}");
        var page = await browser.GetAsync($"/survey/{token}");
        var fields = page.Fields(SurveyWorld.Fill);

        var foreign = await browser.PostAsync($"/survey/answer/{other}", fields);
        var without = await browser.PostAsync(page.Address, fields.Where(field => field.Key != "Key"));

        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        Assert.Equal(HttpStatusCode.NotFound, without.Status);
        Assert.Equal(0, await world.CountAsync($"survey_invitations where id = '{other}' and state = 'Answered'"));
    }

    [Fact]
    public async Task Answer_ClosedMeanwhile_GivesBackWhatWasTyped()
    {
        var (_, invitation, token, _) = await world.InvitedAsync();
        var page = await app.Browse().GetAsync($"/survey/{token}");
        await world.DoAsync($"update survey_invitations set state = 'Withdrawn' where id = '{invitation}'");

        var closed = await page.SubmitAsync(form =>
        {
            SurveyWorld.Fill(form);
            form["Form.ChangedPracticeExample"] = "We meet every Monday.";
        });

        Assert.Equal(HttpStatusCode.Gone, closed.Status);
        Assert.Contains("We have not kept it. Copy it from here if you want to send it by email. We meet every Monday.", closed.Main);
    }
}
