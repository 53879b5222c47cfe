using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TrainingHub.BrowserTests.Bookings;

namespace TrainingHub.BrowserTests.Surveys;

/// <summary>What a survey needs before it can be answered, and its answers, as a person gives them.</summary>
internal static class SurveySteps
{
    /// <summary>What the survey says of each question that must be answered, in order.</summary>
    public static readonly string[] EveryError =
    [
        "Select how confident you are", "Select how you rate your knowledge", "Select yes if you have applied changes in practice",
        "Select yes if your learning has impacted children, young people or families", "Select each toolkit that you use, or select “None”",
        "Select yes if you would recommend this course",
    ];

    /// <summary>Books the first free date. Returns its path.</summary>
    public static async Task<string> BookFreePlaceAsync(this Visit visit, string organisation, string name)
    {
        await visit.ChooseDateAsync("/courses?fee=free&places=available");
        var run = new Uri(visit.Page.Url).AbsolutePath;
        await visit.GiveNamesAsync(organisation, name);
        await visit.SeeAsync("Check your answers");
        await visit.PressAsync("Confirm booking");
        await visit.SeeAsync("Booking confirmed");
        return run;
    }

    /// <summary>The evening of the day that the open register is about.</summary>
    public static async Task<DateTimeOffset> ReadDayAsync(this Visit coordinator)
    {
        var day = await coordinator.Page.Locator("h1 + p").InnerTextAsync();
        var date = DateTime.ParseExact(Regex.Match(day, @"\d{1,2} [A-Z][a-z]+ \d{4}").Value, "d MMMM yyyy", CultureInfo.InvariantCulture);
        return new DateTimeOffset(date.AddHours(18), TimeSpan.Zero);
    }

    /// <summary>Three months and a long weekend: whatever the day was.</summary>
    public static DateTimeOffset SurveyIsDueBy(DateTimeOffset attendedAt) => attendedAt.AddMonths(3).AddDays(5);

    public static ILocator Group(this Visit visit, string word) =>
        visit.Page.GetByRole(AriaRole.Group, new() { NameRegex = new Regex(word, RegexOptions.IgnoreCase) }).First;

    public static async Task AnswerAllButToolkitsAsync(this Visit visit)
    {
        await visit.Group("confidence").GetByRole(AriaRole.Radio).First.CheckAsync();
        await visit.Group("knowledge").GetByRole(AriaRole.Radio).First.CheckAsync();
        await visit.Group("applied").GetByLabel("Yes", new() { Exact = true }).CheckAsync();
        await visit.Group("impact").GetByLabel("No", new() { Exact = true }).CheckAsync();
        await visit.Group("recommend").GetByLabel("Yes", new() { Exact = true }).CheckAsync();
    }
}
