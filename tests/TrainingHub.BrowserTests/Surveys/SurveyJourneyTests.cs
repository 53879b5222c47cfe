using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TrainingHub.BrowserTests.Bookings;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;
using static TrainingHub.BrowserTests.Bookings.BookingSteps;
using static TrainingHub.BrowserTests.Surveys.SurveySteps;

namespace TrainingHub.BrowserTests.Surveys;

/// <summary>From a booking to one more answer in the report: the clock of this class's site moves on.</summary>
public sealed partial class SurveyJourneyTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    private const string Report = "/staff/reports/impact?from=2024-04-01&to=2028-03-31";

    [Fact]
    public async Task Delegate_WhoCame_AnswersThreeMonthsLaterAndTheReportChangesByOne()
    {
        await using var visit = await site.OpenAsync();
        var run = await visit.BookFreePlaceAsync("Survey Nursery", "Sam Survey");
        await using var coordinator = await site.OpenAsync();
        await MarkAsync(coordinator, run, "Sam Survey");
        await AdvanceToSurveyAsync(coordinator);
        // The report counts an area's answers from five on.
        var day = London.DateOf(site.App.Clock.Now);
        await site.App.Given.ResponsesAsync((await site.App.Given.CourseAsync()).Id, day, AnswerGroups.Smallest);
        var (answersBefore, linesBefore) = await ReportAsync(coordinator);

        await visit.OpenMailAsync(AddressOf("Sam Survey"), "Sam Survey, what has changed since");
        await visit.AssertAccessibleAsync();
        var (survey, stop) = (await visit.MailedLinkAsync("/survey/[^/]+"), await visit.MailedLinkAsync("/survey/stop/[^/]+"));
        await visit.GoAsync(survey);
        await visit.SeeAsync("What has changed since your course?");
        Assert.DoesNotContain(new Uri(survey).Segments[^1], visit.Page.Url, StringComparison.Ordinal);
        await visit.AssertAccessibleAsync();
        await AnswerBadlyAndThenWellAsync(visit);
        await visit.SeeAsync("Thank you");
        await visit.AssertAccessibleAsync();

        var (answersAfter, linesAfter) = await ReportAsync(coordinator);
        Assert.Equal(answersBefore + 1, answersAfter);
        Assert.Equal(linesBefore.GetValueOrDefault("recommend,Yes") + 1, linesAfter["recommend,Yes"]);

        await visit.FollowAsync("look at your answers and correct them");
        await visit.ReadAsync("You have answered.");
        await visit.AssertAccessibleAsync();
        await Assertions.Expect(visit.Group("recommend").GetByLabel("Yes")).ToBeCheckedAsync();
        await visit.Group("recommend").GetByLabel("No", new() { Exact = true }).CheckAsync();
        await visit.PressAsync("Save your corrections");
        await visit.SeeAsync("Thank you");
        var (answersCorrected, linesCorrected) = await ReportAsync(coordinator);
        Assert.Equal(answersAfter, answersCorrected);
        Assert.Equal(linesBefore.GetValueOrDefault("recommend,Yes"), linesCorrected.GetValueOrDefault("recommend,Yes"));

        await visit.GoAsync(stop);
        await visit.SeeAsync("Stop survey emails");
        await visit.AssertAccessibleAsync();
        await visit.PressAsync("Stop survey emails");
        await visit.SeeAsync("Survey emails are stopped");
        await visit.AssertAccessibleAsync();
        await site.AssertSoundAsync();
    }

    private async Task MarkAsync(Visit coordinator, string run, string name)
    {
        await coordinator.GoAsCoordinatorAsync("/staff" + run);
        await coordinator.PressAsync("Register");
        await coordinator.ReadAsync("The register opens on the day of the course.");
        await coordinator.AssertAccessibleAsync();
        site.App.Clock.MoveTo(await coordinator.ReadDayAsync());

        await coordinator.GoAsCoordinatorAsync("/staff" + run + "/register");
        await coordinator.PressAsync($"Attended – {name}");
        await Assertions.Expect(Mark(coordinator, "Attended", name)).ToHaveAttributeAsync("aria-pressed", "true");
        await coordinator.PressAsync($"Part – {name}");
        await Assertions.Expect(Mark(coordinator, "Part", name)).ToHaveAttributeAsync("aria-pressed", "true");
        await coordinator.PressAsync($"Attended – {name}");
        await Assertions.Expect(Mark(coordinator, "Attended", name)).ToHaveAttributeAsync("aria-pressed", "true");
        await coordinator.AssertAccessibleAsync();
        if (await coordinator.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Mark (all|the other)") }).CountAsync() > 0)
        {
            await coordinator.PressAsync("Mark ");
        }

        await coordinator.ReadAsync("0 to mark.");
        await AssertPrintsAsync(coordinator, name);
    }

    private static async Task AssertPrintsAsync(Visit coordinator, string name)
    {
        await coordinator.PressAsync("Print sheet");
        await coordinator.ReadAsync(name);
        await coordinator.AssertAccessibleAsync();
        await coordinator.Page.EmulateMediaAsync(new() { Media = Media.Print });

        foreach (var part in (string[])["nav", ".govuk-service-navigation", ".govuk-footer", ".govuk-back-link", ".app-trial", "button"])
        {
            Assert.Equal(0, await coordinator.Page.Locator($"{part}:visible").CountAsync());
        }

        Assert.True(await coordinator.Page.GetByRole(AriaRole.Rowheader, new() { Name = name }).IsVisibleAsync());
        await coordinator.Page.EmulateMediaAsync(new() { Media = Media.Screen });
    }

    private async Task AdvanceToSurveyAsync(Visit coordinator)
    {
        await RunJobsAsync(coordinator);
        site.App.Clock.MoveTo(SurveyIsDueBy(site.App.Clock.Now));
        await coordinator.GoAsCoordinatorAsync("/staff");
        await RunJobsAsync(coordinator);
        await coordinator.GoAsync("/staff/surveys");
        await coordinator.ReadAsync("open for answers");
        await coordinator.AssertAccessibleAsync();
    }

    private static async Task RunJobsAsync(Visit visit)
    {
        await visit.GoAsync("/dev");
        await visit.PressAsync("Run all jobs now");
        await visit.ReadAsync("All jobs ran");
    }

    private static async Task AnswerBadlyAndThenWellAsync(Visit visit)
    {
        await visit.PressAsync("Send your answers");
        await visit.SeeErrorsAsync(EveryError);
        await visit.AssertAccessibleAsync();

        await visit.AnswerAllButToolkitsAsync();
        // The page's script takes the toolkit back when "None" is ticked; without it, or ticked by hand, the server refuses both.
        var boxes = visit.Page.Locator("input[name='Form.Toolkits']");
        await boxes.First.CheckAsync();
        await boxes.Last.CheckAsync();
        Assert.False(await boxes.First.IsCheckedAsync());
        await boxes.First.EvaluateAsync("box => { box.checked = true; }");
        await visit.PressAsync("Send your answers");
        await visit.SeeErrorsAsync("Select answers or “None”. You cannot select both");
        await visit.AssertAccessibleAsync();
        await boxes.Last.UncheckAsync();
        await boxes.First.CheckAsync();
        await visit.PressAsync("Send your answers");
    }

    /// <summary>How many answered, and how many gave each answer, by the file. Every figure of the page is the file's.</summary>
    private static async Task<(int Answers, Dictionary<string, int> Lines)> ReportAsync(Visit coordinator)
    {
        await coordinator.GoAsync(Report);
        var address = await coordinator.Page.GetByRole(AriaRole.Link, new() { Name = "Download as CSV" }).GetAttributeAsync("href");
        var file = await coordinator.Page.APIRequest.GetAsync(new Uri(new Uri(coordinator.Page.Url), address).ToString());
        var lines = CsvLine().Matches(await file.TextAsync())
            .ToDictionary(line => $"{line.Groups["question"]},{line.Groups["answer"].Value.Trim('"')}", line => Number(line.Groups["count"].Value));

        var rows = await coordinator.Page.Locator(".app-report-question").EvaluateAllAsync<string[]>(
            "all => all.flatMap(one => [...one.querySelectorAll('tbody tr')].map(row => `${one.getAttribute('aria-labelledby').slice(9)},${row.cells[0].innerText}=${row.cells[1].innerText}`))");
        Assert.NotEmpty(rows);
        Assert.Empty(rows.Except(lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Key}={line.Value}"))));
        var answers = Number(await coordinator.Page.Locator(".app-figure__number").First.InnerTextAsync());
        Assert.Contains(lines, line => line.Key.StartsWith("responses,", StringComparison.Ordinal) && line.Value == answers);
        return (answers, lines);
    }

    private static int Number(string words) => int.Parse(words, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    // question,answer,count,base,percent; an answer with a comma stands in quotes.
    [GeneratedRegex("""^(?<question>\w+),(?<answer>"[^"]*"|[^",]*),(?<count>\d+),""", RegexOptions.Multiline)]
    private static partial Regex CsvLine();

    private static ILocator Mark(Visit visit, string mark, string name) =>
        visit.Page.Locator(".app-register__person", new() { HasText = name }).GetByRole(AriaRole.Button, new() { NameRegex = new(mark + " – ") });
}
