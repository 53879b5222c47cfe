using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Reporting;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>A new question is data: it is asked, kept and counted without a line of code, and what was asked before stays what it was.</summary>
public sealed class SurveyVersionsTests(TestDatabase databases) : IAsyncLifetime
{
    private static readonly QuestionFacts Useful = Given.NewQuestion("How useful", QuestionKind.Number);
    private static readonly QuestionFacts Helped = Given.NewQuestion("What helped", QuestionKind.Several, "Supervision", "A colleague") with
    {
        IsRequired = false,
        MissingWords = null,
        TextPrompt = "What else helped (optional)",
    };
    private static readonly QuestionFacts Next = Given.NewQuestion("What next", QuestionKind.Text);

    private readonly TestApp app = new(databases);
    private SurveyWorld world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new SurveyWorld(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task NewQuestions_OfANewVersion_AreAskedKeptAndReportedWithTheirBase()
    {
        await BeforeAsync(5);
        await app.Given.NextVersionAsync(Useful, Helped, Next, await RewordedAsync("recommend", "Would you send a colleague?", isComparable: false), await RewordedAsync("confidence", "How sure are you?", isComparable: true));

        await AnswerAsync(5);
        var report = await ReportAsync();

        Assert.Equal(5, await world.CountAsync("survey_answers where question_key = 'how_useful' and label = '9'"));
        Assert.Equal(5, await world.CountAsync("survey_comments where question_key = 'what_next' and text = 'I train others.'"));
        Assert.Equal(5, await world.CountAsync("survey_comments where question_key = 'what_helped' and text = 'Time.'"));
        Assert.Equal(10, report.Responses);
        Assert.Equal(
            [
                "confidence: How sure are you? of 10, 5 Not Confident, 5 Very Confident",
                "how_useful: How useful of 5, 5 9",
                "recommend: Would you send a colleague? of 5, 5 Yes",
                "recommend_until_version_1: Would you recommend this course to a colleague? of 5, 5 Yes",
                "what_helped: What helped of 5, 5 Supervision",
            ],
            report.Questions.Where(question => question.Key is "confidence" or "how_useful" or "what_helped" || question.Key.StartsWith("recommend", StringComparison.Ordinal))
                .Select(question => $"{question.Key}: {question.Wording} of {question.Base}, {string.Join(", ", question.Answers.Where(answer => answer.Count > 0).Select(answer => $"{answer.Count} {answer.Label}"))}")
                .Order(StringComparer.Ordinal));
        Assert.DoesNotContain(await Audit.RunAsync(app.Database, app.Clock.Now, Ct), line => line.IsWrong);
    }

    // Of four people, what they said could be told from what all said.
    [Fact]
    public async Task NewQuestion_AnsweredByFew_IsNotReported()
    {
        await BeforeAsync(6);
        await app.Given.NextVersionAsync(Useful, Helped, Next);

        await AnswerAsync(4);
        var report = await ReportAsync();

        Assert.Equal(10, report.Responses);
        Assert.True(report.LeavesOut);
        Assert.DoesNotContain(report.Questions, question => question.Key is "how_useful" or "what_helped");
        Assert.Equal(10, report.Questions.Single(question => question.Key == "confidence").Base);
    }

    [Fact]
    public async Task Invitation_SentBefore_IsAnsweredAsItWasSent()
    {
        var (place, _, token, _) = await world.InvitedAsync();
        await app.Given.NextVersionAsync(Useful);

        var page = await app.Browse().GetAsync($"/survey/{token}");
        var thanks = await page.SubmitAsync(SurveyWorld.Fill);

        Assert.DoesNotContain("How useful", page.Main, StringComparison.Ordinal);
        Assert.Equal("Thank you", thanks.Heading);
        Assert.Equal(1, await world.CountAsync($"survey_responses r join survey_versions v on v.id = r.version_id where v.number = 1 and v.state = 'Retired' and r.run_id = '{place.RunId}'"));
        Assert.Contains("How useful", (await world.OpenAsync()).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_OfANewVersion_SaysWhatIsMissingInTheOrderOfThePageAndKeepsTheRest()
    {
        await app.Given.NextVersionAsync(Useful, Next);

        var page = await (await world.OpenAsync()).SubmitAsync(form =>
        {
            SurveyWorld.Fill(form);
            form.Clear("Form.Confidence");
        });

        Assert.Equal(["Select how confident you are", "Answer: How useful", "Answer: What next"], page.Errors);
        Assert.Equal(11, page.Document.QuerySelectorAll("input[name='Form.HowUseful']").Length);
        Assert.NotEmpty(page.Document.QuerySelectorAll("input[name='Form.Knowledge'][checked]"));
    }

    [Theory]
    [InlineData("update survey_questions set wording = 'Other'")]
    [InlineData("delete from survey_options where question_key = 'confidence'")]
    [InlineData("merge into survey_options option using (select id from survey_versions) as known on false when not matched then insert values (known.id, gen_random_uuid(), 'confidence', 9, 'Other', false)")]
    [InlineData("update survey_versions set state = 'Draft', published_at = null")]
    [InlineData("update survey_versions set published_at = now()")]
    [InlineData("update survey_versions set number = 7")]
    [InlineData("alter table survey_responses disable trigger user; delete from survey_versions")]
    public async Task Published_Change_IsRefusedByTheDatabase(string sql)
    {
        var failure = await Assert.ThrowsAsync<PostgresException>(() => world.DoAsync(sql));

        Assert.StartsWith("A published version is never", failure.MessageText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("option_ids || gen_random_uuid()")]
    [InlineData("option_ids || option_ids[1]")]
    [InlineData("option_ids || (select option_id from version_options where label = 'Confident' limit 1)")]
    [InlineData("option_ids || (select option_id from version_options where label = 'Neglect Toolkit' limit 1)")]
    [InlineData("option_ids || (select id from survey_options where version_id not in (select version_id from survey_responses) and label = 'Only now')")]
    [InlineData("option_ids || null::uuid")]
    public async Task Answer_ThatIsNotOffered_IsRefusedByTheDatabase(string options)
    {
        await BeforeAsync(1);
        await app.Given.NextVersionAsync(Given.NewQuestion("Which", QuestionKind.One, "Only now", "Other"));

        var failure = await Assert.ThrowsAsync<PostgresException>(() => world.DoAsync($"update survey_responses set option_ids = {options}"));

        Assert.Equal(PostgresErrorCodes.CheckViolation, failure.SqlState);
    }

    // The agreed columns are those of the first version; a file with the new ones is read as answers to the new one.
    [Fact]
    public async Task Import_AfterANewVersion_TakesFilesOfBothVersions()
    {
        await app.Given.NextVersionAsync(Useful, Next);
        const string header = "course,area,sector,submitted_on,confidence,knowledge,changed_practice,impacted_families,toolkits,recommend";
        const string row = "Neglect,BCP,Education,2025-03-27,Very Confident,Good Knowledge,Yes,No,None,Yes";

        var before = await world.ImportAsync($"{header}\n{row}\n");
        var now = await world.ImportAsync($"{header},how_useful,what_next\n{row},10,I train others.\n");
        var wrong = await world.ImportAsync($"{header},how_useful,what_next\n{row},11,\n{row},,\n");

        Assert.Equal((1, 1), (before.Added, now.Added));
        Assert.Equal(1, await world.CountAsync("survey_responses r join survey_versions v on v.id = r.version_id where v.number = 1"));
        Assert.Equal(1, await world.CountAsync("survey_answers a join survey_versions v on v.id = a.version_id where v.number = 2 and a.question_key = 'how_useful' and a.label = '10'"));
        Assert.Equal(1, await world.CountAsync("survey_comments where question_key = 'what_next' and text = 'I train others.'"));
        Assert.Equal(
            ["Row 2, how_useful: “11” is not a whole number from 0 to 10.", "Row 3, how_useful: Fill this in."],
            wrong.Errors.Select(error => error.ToString()));
    }

    private async Task BeforeAsync(int count)
    {
        var course = await app.Given.CourseAsync();
        await app.Given.ResponsesAsync(course.Id, London.DateOf(app.Clock.Now).AddMonths(-1), count);
    }

    private async Task AnswerAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            var thanks = await (await world.OpenAsync()).SubmitAsync(form =>
            {
                SurveyWorld.Fill(form);
                form["Form.HowUseful"] = form.ValueOf("9");
                form["Form.WhatHelped"] = form.ValueOf("Supervision");
                form["Form.WhatHelpedExample"] = "Time.";
                form["Form.WhatNext"] = "I train others.";
            });
            Assert.Equal("Thank you", thanks.Heading);
        }
    }

    private async Task<QuestionFacts> RewordedAsync(string key, string wording, bool isComparable)
    {
        var question = (await app.Given.AskedAsync()).Questions.Single(one => one.Key == key);
        return new(
            key, question.Asked.Kind, question.Asked.Level, wording, question.Asked.ShortWording, null, question.Asked.MissingWords, null, IsRequired: true,
            OffersToolkits: false, isComparable, [.. question.Options.Select(option => new OptionFacts(option.OptionId, option.Label, IsExclusive: false))]);
    }

    private Task<ImpactReport> ReportAsync() => app.WithAsync<TrainingHubDb, ImpactReport>(async db =>
    {
        var (filter, _) = await ReportFilter.ReadAsync(db, Reports.Impact, new("2026/27", null, null, null, null, null), Ct);
        return await ImpactReport.ReadAsync(db, app.Database, filter ?? throw new InvalidOperationException("No filter."), Ct);
    });
}
