using System.Net;
using System.Text;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>What was typed into the survey arrives, whatever characters a program has put among it.</summary>
public sealed class SurveyTextTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly SurveyWorld world = new(app);

    [Fact]
    public async Task Answer_ControlCharactersInTheText_KeepsTheWords()
    {
        var page = await world.OpenAsync();

        var thanks = await page.SubmitAsync(form =>
        {
            SurveyWorld.Fill(form);
            form["Form.ChangedPracticeExample"] = ControlCharacters.In("We meet earlier.");
            form["Form.ImpactedFamiliesExample"] = "\u0001";
        });

        Assert.Equal(HttpStatusCode.OK, thanks.Status);
        Assert.StartsWith("/survey/thank-you/", thanks.Address);
        Assert.Equal(1, await world.CountAsync("survey_comments where text = 'We meet earlier.'"));
        Assert.Equal(0, await world.CountAsync("survey_comments where question_key = 'impacted_families'"));
    }

    [Fact]
    public async Task Answer_ControlCharactersAndAMissingAnswer_ShowsTheWordsAgain()
    {
        var page = await world.OpenAsync();

        var refused = await page.SubmitAsync(form => form["Form.ChangedPracticeExample"] = ControlCharacters.In("We meet later."));

        Assert.Contains("Select how confident you are", refused.Errors);
        Assert.Equal("We meet later.", refused.Find("textarea").TextContent.Trim());
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task Answer_BareNulByteInTheBody_KeepsTheWords(string type)
    {
        var page = await world.OpenAsync();
        var words = "We ask " + type.Length;
        using var content = Body(page, type, words.Replace("We", "W\0e"));

        var thanks = await page.Browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, page.Address) { Content = content });

        Assert.StartsWith("/survey/thank-you/", thanks.Address);
        Assert.Equal(1, await world.CountAsync($"survey_comments where text = '{words}'"));
    }

    private static HttpContent Body(TestPage page, string type, string text)
    {
        var fields = page.Fields(form =>
        {
            SurveyWorld.Fill(form);
            form["Form.ChangedPracticeExample"] = "";
        }).Where(field => field.Key != "Form.ChangedPracticeExample").ToList();
        if (type == "multipart/form-data")
        {
            var parts = new MultipartFormDataContent();
            fields.ForEach(field => parts.Add(new StringContent(field.Value), field.Key));
            parts.Add(new StringContent(text), "Form.ChangedPracticeExample");
            return parts;
        }

        var body = string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
        return new StringContent($"{body}&Form.ChangedPracticeExample={text.Replace(' ', '+')}", Encoding.UTF8, type);
    }
}
