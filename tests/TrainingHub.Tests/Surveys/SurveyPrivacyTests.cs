using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>What the survey page promises is what the tables hold.</summary>
public sealed class SurveyPrivacyTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly SurveyWorld world = new(app);

    [Fact]
    public async Task Schema_FromAnswersToPeople_LeadsThroughTheLinkAlone()
    {
        var arrows = await ArrowsAsync();
        var withLink = Reached(arrows, "survey_responses", "survey_links");

        // The rows that answers point at, and what these point at: lists, courses and dates.
        Assert.Equal(
            ["areas", "course_runs", "courses", "programmes", "providers", "sectors", "survey_versions", "surveys", "venues"],
            Reached(arrows, "survey_responses").Except(["survey_responses"]).Order());
        Assert.DoesNotContain("people", Reached(arrows, "survey_comments"));
        Assert.Contains("people", withLink);
        Assert.DoesNotContain("people", Reached(arrows, "imported_answers"));
        Assert.Equal(["concerns", "imported_answers", "survey_comments", "survey_links"], arrows.Where(arrow => arrow.To == "survey_responses").Select(arrow => arrow.From).Order());
    }

    [Fact]
    public async Task Columns_OfAnswers_HoldNoNameAddressOrMoment()
    {
        var columns = await world.ScalarAsync<string>(
            "select string_agg(column_name || ':' || data_type, ' ' order by column_name) from information_schema.columns where table_name = 'survey_responses'");

        Assert.DoesNotContain("timestamp", columns);
        Assert.DoesNotContain("email", columns);
        Assert.DoesNotContain("name", columns);
        Assert.DoesNotContain("place", columns);
        Assert.DoesNotContain("invitation", columns);
    }

    [Fact]
    public async Task Invitation_Answered_HoldsNoTimeOfAnswering()
    {
        var (place, _, token, _) = await world.InvitedAsync();
        var page = await app.Browse().GetAsync($"/survey/{token}");
        app.Clock.Advance(TimeSpan.FromMinutes(17));

        await page.SubmitAsync(form =>
        {
            form["Form.Confidence"] = form.ValueOf("Confident");
            form["Form.Knowledge"] = form.ValueOf("Fair Knowledge");
            form["Form.ChangedPractice"] = "no";
            form["Form.ImpactedFamilies"] = "no";
            form["Form.Toolkits"] = "none";
            form["Form.Recommend"] = "yes";
        });

        var row = await world.ScalarAsync<string>($"select row_to_json(i)::text from survey_invitations i where place_id = '{place.PlaceId}'");
        Assert.Contains("Answered", row);
        Assert.DoesNotContain("10:17", row);
    }

    [Fact]
    public async Task Words_OnTheSurveyAndThePrivacyPage_NameTheSameDays()
    {
        var page = await app.Browse().GetAsync("/privacy");

        Assert.Contains($"{SurveyTimes.UnlinkDays} days after the survey closes", page.Main);
        Assert.Contains($"{SurveyTimes.UnlinkDays} days after this survey closes", SurveyWords.Confidential);
        Assert.Contains("confidential, but not anonymous", page.Main);
        Assert.Contains("confidential, but not anonymous", SurveyWords.Confidential);
    }

    private async Task<List<(string From, string To)>> ArrowsAsync()
    {
        await using var command = app.Database.CreateCommand(
            "select distinct conrelid::regclass::text, confrelid::regclass::text from pg_constraint where contype = 'f'");
        await using var rows = await command.ExecuteReaderAsync(SurveyWorld.Ct);
        var arrows = new List<(string, string)>();
        while (await rows.ReadAsync(SurveyWorld.Ct))
        {
            arrows.Add((rows.GetString(0), rows.GetString(1)));
        }

        return arrows;
    }

    private static HashSet<string> Reached(List<(string From, string To)> arrows, params string[] starts)
    {
        var reached = starts.ToHashSet();
        while (arrows.Where(arrow => reached.Contains(arrow.From) && !reached.Contains(arrow.To)).Select(arrow => arrow.To).ToList() is [_, ..] next)
        {
            reached.UnionWith(next);
        }

        return reached;
    }
}
