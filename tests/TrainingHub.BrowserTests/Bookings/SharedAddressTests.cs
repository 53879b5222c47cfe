using Microsoft.Playwright;
using TrainingHub.BrowserTests.Surveys;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.BrowserTests.Bookings;

/// <summary>Two colleagues on one office address, from the form to a survey of each.</summary>
public sealed class SharedAddressTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    private const string Office = "office@stmarys.example.org";

    [Fact]
    public async Task TwoOnOneAddress_AreBookedChangedAskedAndStoppedApart()
    {
        await using var visit = await site.OpenAsync();
        await visit.ChooseDateAsync("/courses?fee=free&places=available");
        var run = new Uri(visit.Page.Url).AbsolutePath;
        await visit.PressAsync("Book places on this date");
        await visit.PressAsync("Add another person");
        await GiveAsync(visit, 0, "Alice Ames", Office);
        await GiveAsync(visit, 1, "Tom Tate", "tom@gmial.com");
        await visit.PressAsync("Continue");
        await visit.SeeErrorsAsync("Did you mean tom@gmail.com? Change the address, or continue if tom@gmial.com is right");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await GiveAsync(visit, 1, "Alice Ames", Office);
        await visit.PressAsync("Continue");
        await visit.SeeErrorsAsync("Alice Ames is listed twice with this email address. Remove one of them, or enter somebody else");
        await GiveAsync(visit, 1, "Tom Tate", Office);
        await visit.PressAsync("Continue");
        await visit.DescribeAsync("St Mary’s", "Beth Booker");
        await visit.ReadAsync($"We write to {Office} about Alice Ames and Tom Tate separately.");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.PressAsync("Confirm booking");
        await visit.SeeAsync("Booking confirmed");
        await visit.AssertAccessibleAsync(Screen.Desktop);

        await CorrectAsync(visit);
        await SurveyAsync(visit, run);
        await site.AssertSoundAsync();
    }

    private static async Task CorrectAsync(Visit visit)
    {
        await visit.FollowAsync("Swap or correct the name of Tom Tate");
        await visit.SeeAsync("Change the place of Tom Tate");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.ChooseAsync("Somebody else is coming instead");
        await visit.FillAsync("Full name of the new person", "Alice Ames");
        await visit.FillAsync("Their work email address", Office);
        await visit.PressAsync("Save the change");
        await visit.SeeErrorsAsync("Alice Ames already has a place on this date");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.ChooseAsync("It is the same person: correct the name or the email address");
        await visit.FillAsync("Full name", "Thomas Tate");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.PressAsync("Save the change");
        await visit.ReadAsync("Thomas Tate");
    }

    private async Task SurveyAsync(Visit visit, string run)
    {
        await using var coordinator = await site.OpenAsync();
        await coordinator.GoAsCoordinatorAsync("/staff" + run);
        await coordinator.PressAsync("Register");
        site.App.Clock.MoveTo(await coordinator.ReadDayAsync());
        await coordinator.GoAsCoordinatorAsync("/staff" + run + "/register");
        await coordinator.PressAsync("Attended – Alice Ames");
        await coordinator.PressAsync("Attended – Thomas Tate");
        site.App.Clock.MoveTo(SurveySteps.SurveyIsDueBy(site.App.Clock.Now));
        await site.App.RunJobAsync(nameof(ScheduleSurveys));
        await site.App.RunJobAsync(nameof(SendDueSurveys));

        await visit.OpenMailAsync(Office, "Thomas Tate, what has changed since");
        var (survey, stop) = (await visit.MailedLinkAsync("/survey/[^/]+"), await visit.MailedLinkAsync("/survey/stop/[^/]+"));
        await visit.GoAsync(survey);
        await visit.ReadAsync("This survey is for Thomas Tate");
        await visit.AnswerAllButToolkitsAsync();
        await visit.ChooseAsync("None");
        await visit.PressAsync("Send your answers");
        await visit.SeeAsync("Thank you");
        await visit.GoAsync(survey);
        await visit.ReadAsync("Thomas Tate has answered. We do not show the answers here");
        await Assertions.Expect(visit.Page.Locator("input:checked")).ToHaveCountAsync(0);
        await visit.AssertAccessibleAsync(Screen.Desktop);

        await visit.GoAsync(stop);
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.PressAsync("Stop survey emails to Thomas Tate");
        await visit.SeeAsync("Survey emails are stopped");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.PressAsync("Stop survey emails to everyone at this address");
        await visit.ReadAsync("The other person at");
    }

    private static async Task GiveAsync(Visit visit, int index, string name, string email)
    {
        await visit.Page.Locator($"#People_{index}__Name").FillAsync(name);
        await visit.Page.Locator($"#People_{index}__Email").FillAsync(email);
    }
}
