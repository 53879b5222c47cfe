using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using TrainingHub.Surveys;
using Xunit;
using static TrainingHub.BrowserTests.Bookings.BookingSteps;
using static TrainingHub.BrowserTests.Surveys.SurveySteps;

namespace TrainingHub.BrowserTests.Surveys;

/// <summary>From the emailed link to the thank-you page in a browser that runs no script.</summary>
public sealed class SurveyWithoutScriptTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    private const string Example = "We now ask who else lives at home.";

    [Fact]
    public async Task Survey_WithoutJavaScript_KeepsWhatWasTypedAndIsAnswered()
    {
        await using var visit = await site.OpenAsync(javaScript: false);
        await AttendAsync(await visit.BookFreePlaceAsync("Plain Nursery", "Nia Noscript"));
        await visit.OpenMailAsync(AddressOf("Nia Noscript"), "Nia Noscript, what has changed since");
        await visit.AssertAccessibleAsync();
        await visit.GoAsync(await visit.MailedLinkAsync("/survey/[^/]+"));
        await visit.SeeAsync("What has changed since your course?");
        await visit.AssertAccessibleAsync();
        var answered = await CountAsync();

        await visit.PressAsync("Send your answers");
        await visit.SeeErrorsAsync(EveryError);
        await visit.AssertAccessibleAsync();

        await visit.AnswerAllButToolkitsAsync();
        await visit.Page.Locator("#Form_ChangedPracticeExample").FillAsync(Example);
        await visit.PressAsync("Send your answers");
        await visit.SeeErrorsAsync("Select each toolkit that you use, or select “None”");
        await visit.AssertAccessibleAsync();
        Assert.Equal(Example, await visit.Page.Locator("#Form_ChangedPracticeExample").InputValueAsync());
        Assert.Equal(5, await visit.Page.Locator("input:checked").CountAsync());
        await Assertions.Expect(visit.Group("impact").GetByLabel("No", new() { Exact = true })).ToBeCheckedAsync();
        Assert.Equal(answered, await CountAsync());

        await visit.Page.Locator("input[name='Form.Toolkits']").First.CheckAsync();
        await visit.PressAsync("Send your answers");
        await visit.SeeAsync("Thank you");
        await visit.AssertAccessibleAsync();
        Assert.Equal(answered + 1, await CountAsync());
        Assert.DoesNotContain("js-enabled", await visit.Page.Locator("body").GetAttributeAsync("class") ?? "", StringComparison.Ordinal);
        await site.AssertSoundAsync();
    }

    /// <summary>The coordinator marks the only delegate of this name, and three months go by.</summary>
    private async Task AttendAsync(string run)
    {
        await using var coordinator = await site.OpenAsync();
        await coordinator.GoAsCoordinatorAsync("/staff" + run + "/register");
        site.App.Clock.MoveTo(await coordinator.ReadDayAsync());
        await coordinator.GoAsCoordinatorAsync("/staff" + run + "/register");
        await coordinator.PressAsync("Attended – Nia Noscript");
        await Assertions.Expect(coordinator.Page.GetByRole(AriaRole.Button, new() { Name = "Attended – Nia Noscript" })).ToHaveAttributeAsync("aria-pressed", "true");
        await site.App.RunJobAsync(nameof(ScheduleSurveys));
        site.App.Clock.MoveTo(SurveyIsDueBy(site.App.Clock.Now));
        await site.App.RunJobAsync(nameof(SendDueSurveys));
    }

    private Task<int> CountAsync() =>
        site.App.WithAsync<TrainingHubDb, int>(db => db.SurveyResponses.CountAsync(TestContext.Current.CancellationToken));
}
