using Xunit;

namespace TrainingHub.BrowserTests.Learning;

/// <summary>From a published review to a changed course and a provider who acknowledges it, then the meeting that minutes it.</summary>
public sealed class LearningJourneyTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Review_ToAnAcknowledgedChange_ByScreensAlone()
    {
        await using var staff = await site.OpenAsync(Screen.Desktop);
        await staff.GoAsCoordinatorAsync("/staff/learning");
        await staff.SeeAsync("Learning");
        await staff.AssertAccessibleAsync(Screen.Phone);
        await staff.PressAsync("Sources and recommendations");
        await staff.SeeAsync("Sources of learning");
        await staff.AssertAccessibleAsync(Screen.Phone);
        await staff.PressAsync("Add a source");
        await staff.Page.GetByLabel("Kind").SelectOptionAsync("Local child safeguarding practice review");
        await staff.FillAsync("Title", "Practice review ‘Walked’");
        await staff.FillAsync("Note for staff (optional)", "Mia Named was heard.");
        await staff.PressAsync("Add the source");
        await staff.SeeErrorsAsync("“Mia Named” may let somebody recognise a child. Take it out, or tick that nobody can be recognised");
        await staff.AssertAccessibleAsync(Screen.Phone);
        await staff.FillAsync("Note for staff (optional)", "Nothing yet.");
        await staff.PressAsync("Add the source");
        await staff.SeeAsync("Practice review ‘Walked’");
        await staff.PressAsync("Add a recommendation");
        await staff.FillAsync("Number", "1");
        await staff.FillAsync("Recommendation", "Teach the neglect toolkit.");
        await staff.ChooseAsync("Content of courses changes");
        await staff.AssertAccessibleAsync(Screen.Phone);
        await staff.PressAsync("Add the recommendation");
        await staff.ReadAsync("Nothing is done about it yet.");
        await staff.PressAsync("Add an action");
        await staff.FillAsync("What is done", "Revise the Neglect course");
        await staff.FillAsync("Agency that answers for it", "Example Council");
        await FillDateAsync(staff, "Form.DueOn", site.App.Clock.Now.AddDays(10));
        await staff.AssertAccessibleAsync(Screen.Phone);
        await staff.PressAsync("Add the action");
        await staff.ReadAsync("Due soon");
        await staff.AssertAccessibleAsync(Screen.Phone);

        await staff.PressAsync("Add a change of content");
        await staff.FillAsync("What changes", "The toolkit, with a case discussion.");
        await FillDateAsync(staff, "Form.FromOn", site.App.Clock.Now.AddDays(40));
        await staff.ChooseAsync("Neglect");
        await staff.FillAsync("Words for the public course page (optional)", "We teach the toolkit because of");
        await staff.AssertAccessibleAsync(Screen.Phone);
        await staff.PressAsync("Add the change");
        await staff.PressAsync("Show it on the course pages");
        await staff.ReadAsync("How course pages show it");
        await staff.AssertAccessibleAsync(Screen.Phone);
        await staff.PressAsync("Tell the providers");
        await staff.SeeAsync("Tell the providers");
        await staff.AssertAccessibleAsync(Screen.Phone);
        await staff.PressAsync("Send to the ticked providers");
        await staff.ReadAsync("Not acknowledged yet");
        await staff.AssertAccessibleAsync(Screen.Phone);
        var notice = staff.Page.Url;

        await using var provider = await site.OpenAsync();
        await provider.OpenMailAsync("@provider.example", "A change to");
        await provider.GoAsync(await provider.MailedLinkAsync("/notices/[^/]+"));
        await provider.SeeAsync("What changes in your courses");
        await provider.PressAsync("We have the change");
        await provider.SeeErrorsAsync("Enter your name");
        await provider.AssertAccessibleAsync(Screen.Desktop);
        await provider.FillAsync("Your name", "Robin Example");
        await provider.PressAsync("We have the change");
        await provider.ReadAsync("There is nothing more to do here.");
        await provider.AssertAccessibleAsync(Screen.Desktop);
        await provider.GoAsync("/courses/neglect");
        await provider.ReadAsync("We teach the toolkit because of");
        await provider.AssertAccessibleAsync(Screen.Desktop);

        await staff.GoAsync(notice);
        await staff.ReadAsync("by Robin Example");
        await staff.PressAsync("Withdraw");
        await staff.SeeAsync("Withdraw the notice");
        await staff.AssertAccessibleAsync(Screen.Phone);
        await staff.GoAsync("/staff/learning/meeting");
        await staff.SeeAsync("Learning meeting");
        await staff.AssertAccessibleAsync(Screen.Phone);
        await staff.FillAsync("Decisions (optional)", "The course changes.");
        await staff.PressAsync("Close the meeting");
        await staff.ReadAsync("The minutes cannot be changed.");
        await staff.AssertAccessibleAsync(Screen.Phone);
        foreach (var (address, heading) in new[] { ("meetings", "Past meetings"), ("needs", "Training needs"), ("needs/new", "Add a training need"), ("themes", "Themes and priorities"), ("priorities/new", "Add a priority") })
        {
            await staff.GoAsync($"/staff/learning/{address}");
            await staff.SeeAsync(heading);
            await staff.AssertAccessibleAsync(Screen.Phone);
        }

        await site.AssertSoundAsync();
    }

    private static async Task FillDateAsync(Visit visit, string field, DateTimeOffset day)
    {
        await visit.Page.Locator($"[name='{field}.Day']").FillAsync($"{day.Day}");
        await visit.Page.Locator($"[name='{field}.Month']").FillAsync($"{day.Month}");
        await visit.Page.Locator($"[name='{field}.Year']").FillAsync($"{day.Year}");
    }
}
