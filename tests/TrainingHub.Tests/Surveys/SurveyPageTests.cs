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
        var page = await OpenAsync();

        Assert.Contains("Course number", page.Main);
        Assert.Contains("2 August 2026", page.Main);
        Assert.Contains(SurveyWords.ReadBy, page.Main);
        Assert.Contains(SurveyWords.Confidential, page.Main);
        Assert.Contains("Education", page.Main);
        Assert.Contains("BCP Council area", page.Main);
        Assert.All(page.All("textarea + *, .govuk-form-group:has(textarea) > .govuk-hint").Where(hint => hint.Contains("watches")),
            hint => Assert.Contains("01632", hint));
        Assert.Equal(2, page.All(".govuk-form-group:has(textarea)").Count(group => group.Contains("Nobody watches this box")));
        Assert.Contains("noindex", page.Text);
    }

    [Fact]
    public async Task Page_Questions_AreInThePublishedWordingWithTheWholeScale()
    {
        var page = await OpenAsync();

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
        var toolkits = (await OpenAsync(area)).All("label[for^=Form_Toolkits]");

        Assert.Equal(bcp, toolkits.Contains("BCP Child Exploitation Toolkit"));
        Assert.Equal(dorset, toolkits.Contains("Dorset Child Exploitation Toolkit"));
        Assert.Contains("Neglect Toolkit", toolkits);
        Assert.Equal("None", toolkits[^1]);
    }

    [Fact]
    public async Task Answer_AllGiven_IsStoredOnceWithoutTheName()
    {
        var (place, invitation, token, _) = await world.InvitedAsync();
        var page = await app.Browse().GetAsync($"/survey/{token}");

        var thanks = await page.SubmitAsync(form =>
        {
            Fill(form);
            form["Form.ChangedPracticeExample"] = "We rewrote our policy.";
        });

        Assert.Equal("Thank you", thanks.Heading);
        Assert.Equal(InvitationState.Answered, (await world.InvitationAsync(place)).State);
        Assert.Null((await world.InvitationAsync(place)).NextReminderAt);
        Assert.Equal("Very Confident|Good Knowledge|true|false|true|Survey|2026-11-02", await world.ScalarAsync<string>(
            $"""
            select concat_ws('|', c.label, k.label, r.changed_practice::text, r.impacted_families::text, r.recommend::text, r.origin, r.submitted_on)
            from survey_links l
            join survey_responses r on r.id = l.response_id
            join scale_options c on c.id = r.confidence_id
            join scale_options k on k.id = r.knowledge_id
            where l.invitation_id = '{invitation}' and r.run_id = '{place.RunId}' and r.course_id = '{place.CourseId}' and cardinality(r.toolkit_ids) = 2
            """));
        Assert.Equal(1, await world.CountAsync(
            $"survey_comments c join survey_links l on l.response_id = c.response_id where l.invitation_id = '{invitation}' and c.state = 'Unread' and c.text = 'We rewrote our policy.'"));
    }

    [Fact]
    public async Task Answer_Nothing_SaysWhatIsMissingBesideEachQuestion()
    {
        var page = await (await OpenAsync()).SubmitAsync();

        Assert.StartsWith("Error: ", page.Title);
        Assert.Equal(
            [
                "Select how confident you are",
                "Select how you rate your knowledge",
                "Select yes if you have applied changes in practice",
                "Select yes if your learning has impacted children, young people or families",
                "Select each toolkit that you use, or select “None”",
                "Select yes if you would recommend this course",
            ],
            page.Errors);
        Assert.All(page.Document.QuerySelectorAll(".govuk-error-summary__list a"), link => Assert.NotNull(page.Document.QuerySelector(link.GetAttribute("href")!)));
    }

    [Fact]
    public async Task Answer_ToolkitsAndNone_IsRefusedAndKeepsEverything()
    {
        var page = await (await OpenAsync()).SubmitAsync(form =>
        {
            Fill(form);
            form.Tick("Form.Toolkits", "none");
            form["Form.ImpactedFamiliesExample"] = "They trust us <b>more</b>.\nReally.";
        });

        Assert.Equal(["Select toolkits or “None”. You cannot select both"], page.Errors);
        Assert.Equal(3, page.Document.QuerySelectorAll("input[name='Form.Toolkits'][checked]").Length);
        Assert.Equal(5, page.Document.QuerySelectorAll("input[type=radio][checked]").Length);
        Assert.Contains("They trust us <b>more</b>.", page.Find("textarea[name='Form.ImpactedFamiliesExample']").TextContent);
    }

    [Fact]
    public async Task Answer_NoneAlone_MeansNoToolkits()
    {
        var (_, invitation, token, _) = await world.InvitedAsync();
        var page = await app.Browse().GetAsync($"/survey/{token}");

        await page.SubmitAsync(form =>
        {
            Fill(form);
            form.Clear("Form.Toolkits");
            form["Form.Toolkits"] = "none";
        });

        Assert.Equal(1, await world.CountAsync(
            $"survey_responses r join survey_links l on l.response_id = r.id where l.invitation_id = '{invitation}' and r.uses_toolkits is false and cardinality(r.toolkit_ids) = 0"));
    }

    [Theory]
    [InlineData("Form.Confidence", "11111111-1111-1111-1111-111111111111", "Select how confident you are")]
    [InlineData("Form.Confidence", "rubbish", "Select how confident you are")]
    [InlineData("Form.ChangedPractice", "maybe", "Select yes if you have applied changes in practice")]
    [InlineData("Form.Toolkits", "11111111-1111-1111-1111-111111111111", "Select each toolkit that you use, or select “None”")]
    public async Task Answer_ForgedValue_CountsAsNotGiven(string field, string value, string error)
    {
        var page = await (await OpenAsync()).SubmitAsync(form =>
        {
            Fill(form);
            form.Clear(field);
            form.Forge(field, value);
        });

        Assert.Equal([error], page.Errors);
    }

    [Theory]
    [InlineData(2000, true)]
    [InlineData(2001, false)]
    [InlineData(20000, false)]
    public async Task Answer_LongExample_IsKeptUpToTheLimit(int length, bool isTaken)
    {
        var page = await (await OpenAsync()).SubmitAsync(form =>
        {
            Fill(form);
            form["Form.ChangedPracticeExample"] = new string('x', length);
        });

        Assert.Equal(isTaken, page.Heading == "Thank you");
        Assert.Equal(isTaken ? [] : ["Examples must be 2000 characters or fewer"], page.Errors);
        Assert.Equal(isTaken ? 0 : length, page.Document.QuerySelector("textarea[name='Form.ChangedPracticeExample']")?.TextContent.Length ?? 0);
    }

    [Fact]
    public async Task Answer_NulAndDirectionCharacters_AreLeftOut()
    {
        var (_, invitation, token, _) = await world.InvitedAsync();

        await (await app.Browse().GetAsync($"/survey/{token}")).SubmitAsync(form =>
        {
            Fill(form);
            form["Form.ChangedPracticeExample"] = "a\0b\u202Ec é";
        });

        Assert.Equal("abc é", await world.ScalarAsync<string>(
            $"select text from survey_comments c join survey_links l on l.response_id = c.response_id where l.invitation_id = '{invitation}'"));
    }

    [Fact]
    public async Task Answer_TwoTabsAndDoubleClick_LeaveOneResponseWithTheLastAnswers()
    {
        var (_, invitation, token, _) = await world.InvitedAsync();
        var browser = app.Browse();
        var first = await browser.GetAsync($"/survey/{token}");
        var second = await browser.GetAsync($"/survey/{token}");

        var thanks = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => first.SubmitAsync(Fill)));
        var last = await second.SubmitAsync(form =>
        {
            Fill(form);
            form["Form.Recommend"] = "no";
        });

        Assert.All([.. thanks, last], page => Assert.Equal("Thank you", page.Heading));
        Assert.Equal(1, await world.CountAsync($"survey_links where invitation_id = '{invitation}'"));
        Assert.Equal(1, await world.CountAsync(
            $"survey_responses where run_id = (select run_id from places p join survey_invitations i on i.place_id = p.id where i.id = '{invitation}')"));
        Assert.Equal(1, await world.CountAsync(
            $"survey_responses r join survey_links l on l.response_id = r.id where l.invitation_id = '{invitation}' and not r.recommend"));
    }

    [Fact]
    public async Task Answer_LinkReopened_ShowsAnswersForCorrection()
    {
        var (_, invitation, token, _) = await world.InvitedAsync();
        await (await app.Browse().GetAsync($"/survey/{token}")).SubmitAsync(form =>
        {
            Fill(form);
            form["Form.ChangedPracticeExample"] = "First words.";
        });

        var again = await app.Browse().GetAsync($"/survey/{token}");
        var shown = again.Find("textarea[name='Form.ChangedPracticeExample']").TextContent.Trim();
        var ticked = again.Document.QuerySelectorAll("input[checked]").Length;
        await again.SubmitAsync(form => form["Form.ChangedPracticeExample"] = "Better words.");

        Assert.Equal("First words.", shown);
        Assert.Equal(7, ticked);
        Assert.Equal("Better words.:Unread", await world.ScalarAsync<string>(
            $"select string_agg(text || ':' || state, ';') from survey_comments c join survey_links l on l.response_id = c.response_id where l.invitation_id = '{invitation}'"));
    }

    [Fact]
    public async Task Answer_ConcernWasRaised_CorrectionKeepsTheText()
    {
        var (_, invitation, token, _) = await world.InvitedAsync();
        await (await app.Browse().GetAsync($"/survey/{token}")).SubmitAsync(form =>
        {
            Fill(form);
            form["Form.ChangedPracticeExample"] = "Worrying.";
        });
        await world.DoAsync("update survey_comments set state = 'Concern' where text = 'Worrying.'");

        await (await app.Browse().GetAsync($"/survey/{token}")).SubmitAsync(form => form["Form.ChangedPracticeExample"] = "");

        Assert.Equal("Worrying.:Concern", await world.ScalarAsync<string>(
            $"select string_agg(text || ':' || state, ';') from survey_comments c join survey_links l on l.response_id = c.response_id where l.invitation_id = '{invitation}'"));
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

        var late = await page.SubmitAsync(Fill);
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

    private async Task<TestPage> OpenAsync(string area = "BCP")
    {
        var (_, _, token, _) = await world.InvitedAsync(area);
        return await app.Browse().GetAsync($"/survey/{token}");
    }

    /// <summary>Chooses by what a reader sees: very confident, good knowledge, yes, no, two toolkits, yes.</summary>
    private static void Fill(TestForm form)
    {
        form["Form.Confidence"] = form.ValueOf("Very Confident");
        form["Form.Knowledge"] = form.ValueOf("Good Knowledge");
        form["Form.ChangedPractice"] = "yes";
        form["Form.ImpactedFamilies"] = "no";
        form["Form.Toolkits"] = form.ValueOf("Neglect Toolkit");
        form.Tick("Form.Toolkits", form.ValueOf("Domestic Abuse Toolkit"));
        form["Form.Recommend"] = "yes";
    }
}
