using System.Net;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

public sealed class SurveyPageTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly SurveyWorld world = new(app);

    [Fact]
    public async Task Link_Opened_LeadsToAnAddressWithoutTheSecret()
    {
        var (place, invitation, token, _) = await world.InvitedAsync();

        var page = await app.Browse().GetAsync($"/survey/{token}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal($"/survey/answer/{invitation}", page.Address);
        Assert.DoesNotContain(token, page.Text);
        Assert.DoesNotContain(place.Email, page.Text);
        Assert.Contains("no-store", page.Response.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Link_OpenedByScannersManyTimes_ChangesNothing()
    {
        var (place, _, token, _) = await world.InvitedAsync();
        var before = await world.InvitationAsync(place);
        var browser = app.Browse();
        for (var i = 0; i < 5; i++)
        {
            await browser.GetAsync($"/survey/{token}");
            using var head = new HttpRequestMessage(HttpMethod.Head, $"/survey/{token}");
            await browser.SendAsync(head);
        }

        var page = await app.Browse().GetAsync($"/survey/{token}");

        Assert.Equal("What has changed since your course?", page.Heading);
        Assert.Equal((before.State, before.NextReminderAt), ((await world.InvitationAsync(place)).State, (await world.InvitationAsync(place)).NextReminderAt));
    }

    [Fact]
    public async Task Page_Open_NamesCourseReadersAndWhomToCall()
    {
        var page = await world.OpenAsync();

        Assert.Contains("Course number", page.Main);
        Assert.Contains("2 August 2026", page.Main);
        Assert.Contains(SurveyWords.ReadBy, page.Main);
        Assert.Contains(SurveyWords.Confidential, page.Main);
        Assert.Contains("Education", page.Main);
        Assert.Contains("BCP Council area", page.Main);
        Assert.All(page.All("textarea + *, .govuk-form-group:has(textarea) > .govuk-hint").Where(hint => hint.Contains("watches")),
            hint => Assert.Contains("01632", hint));
        Assert.Equal(["tel:999", "tel:01632960120", "tel:01632960199"], page.Document.QuerySelectorAll("main a[href^='tel:']").Select(link => link.GetAttribute("href")));
        Assert.Equal(2, page.All(".govuk-form-group:has(textarea)").Count(group => group.Contains("Nobody watches this box")));
    }

    [Fact]
    public async Task Page_Questions_AreInThePublishedWordingWithTheWholeScale()
    {
        var page = await world.OpenAsync();

        Assert.Equal(6, page.All("fieldset legend").Count);
        Assert.Contains(page.All("legend"), legend => legend == "On the below scale how would you rate your confidence level in being able to apply what you learnt since attending this session, in your day-to-day role?");
        Assert.Equal(["Not Confident", "Fairly Confident", "Confident", "Very Confident"], page.All("label[for^=Form_Confidence]"));
        Assert.Equal(["No Knowledge", "Basic Knowledge", "Fair Knowledge", "Good Knowledge", "Extensive Knowledge"], page.All("label[for^=Form_Knowledge]"));
    }

    [Theory]
    [InlineData("BCP", true, false)]
    [InlineData("Dorset", false, true)]
    [InlineData("Both", true, true)]
    [InlineData("Elsewhere", true, true)]
    public async Task Page_Toolkits_AreThoseOfTheArea(string area, bool bcp, bool dorset)
    {
        var toolkits = (await world.OpenAsync(area)).All("label[for^=Form_Toolkits]");

        Assert.Equal(bcp, toolkits.Contains("BCP Child Exploitation Toolkit"));
        Assert.Equal(dorset, toolkits.Contains("Dorset Child Exploitation Toolkit"));
        Assert.Contains("Neglect Toolkit", toolkits);
        Assert.Equal("None", toolkits[^1]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Link_Unknown_SaysWhatToDo(string token)
    {
        var page = await app.Browse().GetAsync($"/survey/{token}");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.NotEqual("", page.Heading);
    }

    [Fact]
    public async Task Address_WithoutTheLink_LooksTheSameAsOneThatDoesNotExist()
    {
        var (_, invitation, _, _) = await world.InvitedAsync();
        var (_, _, otherToken, _) = await world.InvitedAsync();
        var browser = app.Browse();
        await browser.GetAsync($"/survey/{otherToken}");

        var known = await browser.GetAsync($"/survey/answer/{invitation}");
        var unknown = await browser.GetAsync($"/survey/answer/{Guid.NewGuid()}");

        Assert.Equal(HttpStatusCode.NotFound, known.Status);
        Assert.Equal((unknown.Status, unknown.Main), (known.Status, known.Main));
        Assert.Equal("Open the link in your email", known.Heading);
    }

    [Fact]
    public async Task Link_OfSurvey_StopsNothingAndTheReverse()
    {
        var (_, _, token, stopToken) = await world.InvitedAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync($"/survey/stop/{token}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync($"/survey/{stopToken}")).Status);
    }

    [Fact]
    public async Task Page_Withdrawn_SaysSo()
    {
        var (place, _, token, _) = await world.InvitedAsync();
        await world.DoAsync($"update survey_invitations set state = 'Withdrawn' where place_id = '{place.PlaceId}'");

        var page = await app.Browse().GetAsync($"/survey/{token}");

        Assert.Equal(HttpStatusCode.Gone, page.Status);
        Assert.Equal("This survey is not for you", page.Heading);
    }

    [Fact]
    public async Task Page_Closed_TakesNoAnswerAndLosesNoWord()
    {
        var (place, _, token, _) = await world.InvitedAsync();
        var page = await app.Browse().GetAsync($"/survey/{token}");
        await world.DoAsync($"update survey_invitations set closes_at = '{app.Clock.Now:O}' where place_id = '{place.PlaceId}'");

        var late = await page.SubmitAsync(SurveyWorld.Fill);
        var reopened = await app.Browse().GetAsync($"/survey/{token}");

        Assert.Equal(HttpStatusCode.Gone, late.Status);
        Assert.Equal("This survey is closed", late.Heading);
        Assert.Equal("This survey is closed", reopened.Heading);
        Assert.Equal(0, await world.CountAsync($"survey_responses where run_id = '{place.RunId}'"));
    }

    [Fact]
    public async Task ThankYou_NotAnswered_LeadsToTheSurvey()
    {
        var (_, invitation, token, _) = await world.InvitedAsync();
        var browser = app.Browse();
        await browser.GetAsync($"/survey/{token}");

        Assert.Equal($"/survey/answer/{invitation}", (await browser.GetAsync($"/survey/thank-you/{invitation}")).Address);
    }
}
