using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

public sealed class SurveyAnswerTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly SurveyWorld world = new(app);

    [Fact]
    public async Task Answer_AllGiven_IsStoredOnceWithoutTheName()
    {
        var (place, invitation, token, _) = await world.InvitedAsync();
        var page = await app.Browse().GetAsync($"/survey/{token}");

        var thanks = await page.SubmitAsync(form =>
        {
            SurveyWorld.Fill(form);
            form["Form.ChangedPracticeExample"] = "We rewrote our policy.";
        });

        Assert.Equal("Thank you", thanks.Heading);
        Assert.Equal(InvitationState.Answered, (await world.InvitationAsync(place)).State);
        Assert.Null((await world.InvitationAsync(place)).NextReminderAt);
        Assert.Equal("Very Confident|Good Knowledge|Yes|No|Neglect Toolkit|Domestic Abuse Toolkit|Yes|Survey|2026-11-02", await world.ScalarAsync<string>(
            $"""
            select concat_ws('|', string_agg(a.label, '|' order by q.position, a.position), r.origin, r.submitted_on)
            from survey_links l
            join survey_responses r on r.id = l.response_id
            join survey_answers a on a.response_id = r.id
            join survey_questions q on q.version_id = a.version_id and q.key = a.question_key
            where l.invitation_id = '{invitation}' and r.run_id = '{place.RunId}' and r.course_id = '{place.CourseId}'
            group by r.id
            """));
        Assert.Equal(1, await world.CountAsync(
            $"survey_comments c join survey_links l on l.response_id = c.response_id where l.invitation_id = '{invitation}' and c.state = 'Unread' and c.text = 'We rewrote our policy.'"));
    }

    [Theory]
    [InlineData("Mia Came", true)]
    [InlineData("Beth Booker", false)]
    public async Task Answer_OpenedAgain_IsShownOnlyWhereNobodyElseHasTheAddress(string booker, bool isShown)
    {
        var (place, _, token, _) = await world.InvitedAsync();
        await world.DoAsync(
            $"""
            update places set delegate_name = 'Mia Came' where id = '{place.PlaceId}';
            update bookings set booker_name = '{booker}', booker_email = '{place.Email.ToUpperInvariant()}'
            where id = (select booking_id from places where id = '{place.PlaceId}')
            """);
        await (await app.Browse().GetAsync($"/survey/{token}")).SubmitAsync(SurveyWorld.Fill);

        var again = await app.Browse().GetAsync($"/survey/{token}");

        Assert.Equal(isShown, again.Document.QuerySelector("input[checked]") is not null);
        Assert.Equal(!isShown, again.Main.Contains("We do not show the answers here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_Nothing_SaysWhatIsMissingBesideEachQuestion()
    {
        var page = await (await world.OpenAsync()).SubmitAsync();

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
        var page = await (await world.OpenAsync()).SubmitAsync(form =>
        {
            SurveyWorld.Fill(form);
            form.Tick("Form.Toolkits", "none");
            form["Form.ImpactedFamiliesExample"] = "They trust us <b>more</b>.\nReally.";
        });

        Assert.Equal(["Select answers or “None”. You cannot select both"], page.Errors);
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
            SurveyWorld.Fill(form);
            form.Clear("Form.Toolkits");
            form["Form.Toolkits"] = "none";
        });

        Assert.Equal(1, await world.CountAsync(
            $"survey_answers a join survey_links l on l.response_id = a.response_id where l.invitation_id = '{invitation}' and a.question_key = 'toolkits' having min(a.label) = 'None'"));
    }

    [Theory]
    [InlineData("Form.Confidence", "11111111-1111-1111-1111-111111111111", "Select how confident you are")]
    [InlineData("Form.Confidence", "rubbish", "Select how confident you are")]
    [InlineData("Form.ChangedPractice", "maybe", "Select yes if you have applied changes in practice")]
    [InlineData("Form.Toolkits", "11111111-1111-1111-1111-111111111111", "Select each toolkit that you use, or select “None”")]
    public async Task Answer_ForgedValue_CountsAsNotGiven(string field, string value, string error)
    {
        var page = await (await world.OpenAsync()).SubmitAsync(form =>
        {
            SurveyWorld.Fill(form);
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
        var page = await (await world.OpenAsync()).SubmitAsync(form =>
        {
            SurveyWorld.Fill(form);
            form["Form.ChangedPracticeExample"] = new string('x', length);
        });

        Assert.Equal(isTaken, page.Heading == "Thank you");
        Assert.Equal(isTaken ? [] : ["Examples must be 2000 characters or fewer"], page.Errors);
        Assert.Equal(isTaken ? 0 : length, page.Document.QuerySelector("textarea[name='Form.ChangedPracticeExample']")?.TextContent.Length ?? 0);
    }

    [Fact]
    public async Task Answer_ControlAndDirectionCharacters_AreLeftOut()
    {
        var (_, invitation, token, _) = await world.InvitedAsync();

        await (await app.Browse().GetAsync($"/survey/{token}")).SubmitAsync(form =>
        {
            SurveyWorld.Fill(form);
            form["Form.ChangedPracticeExample"] = "a\u0007b\u202Ec é";
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

        var thanks = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => first.SubmitAsync(SurveyWorld.Fill)));
        var last = await second.SubmitAsync(form =>
        {
            SurveyWorld.Fill(form);
            form["Form.Recommend"] = "no";
        });

        Assert.All([.. thanks, last], page => Assert.Equal("Thank you", page.Heading));
        Assert.Equal(1, await world.CountAsync($"survey_links where invitation_id = '{invitation}'"));
        Assert.Equal(1, await world.CountAsync(
            $"survey_responses where run_id = (select run_id from places p join survey_invitations i on i.place_id = p.id where i.id = '{invitation}')"));
        Assert.Equal(1, await world.CountAsync(
            $"survey_answers a join survey_links l on l.response_id = a.response_id where l.invitation_id = '{invitation}' and a.question_key = 'recommend' and a.label = 'No'"));
    }

    [Fact]
    public async Task Answer_LinkReopened_ShowsAnswersForCorrection()
    {
        var (_, invitation, token, _) = await world.InvitedAsync();
        await (await app.Browse().GetAsync($"/survey/{token}")).SubmitAsync(form =>
        {
            SurveyWorld.Fill(form);
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
            SurveyWorld.Fill(form);
            form["Form.ChangedPracticeExample"] = "Worrying.";
        });
        await world.DoAsync("update survey_comments set state = 'Concern' where text = 'Worrying.'");

        await (await app.Browse().GetAsync($"/survey/{token}")).SubmitAsync(form => form["Form.ChangedPracticeExample"] = "");

        Assert.Equal("Worrying.:Concern", await world.ScalarAsync<string>(
            $"select string_agg(text || ':' || state, ';') from survey_comments c join survey_links l on l.response_id = c.response_id where l.invitation_id = '{invitation}'"));
    }
}
