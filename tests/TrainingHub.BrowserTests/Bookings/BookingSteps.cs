using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace TrainingHub.BrowserTests.Bookings;

/// <summary>The booking journey as far as a test needs it, as a person walks it.</summary>
internal static partial class BookingSteps
{
    /// <summary>Opens the first date of that list that has two places or more.</summary>
    public static async Task ChooseDateAsync(this Visit visit, string list)
    {
        await visit.GoAsync(list);
        await visit.Page.Locator(".app-date", new() { HasTextRegex = TwoOrMore() }).First.GetByRole(AriaRole.Link).ClickAsync();
        await visit.ArriveAsync(path => path.StartsWith("/dates/", StringComparison.Ordinal));
    }

    /// <summary>From the page of a date to "How do you want to pay?" or, where nothing is to pay, to "Check your answers".</summary>
    /// <param name="people">Names; their addresses are made of them. The first one books.</param>
    public static async Task GiveNamesAsync(this Visit visit, string organisation, params string[] people)
    {
        await visit.PressAsync("Book places on this date");
        await visit.SeeAsync("Who is coming?");
        for (var i = 0; i < people.Length; i++)
        {
            if (i > 0)
            {
                await visit.PressAsync("Add another person");
                await Assertions.Expect(visit.Page.Locator(".app-person")).ToHaveCountAsync(i + 1);
            }
            await visit.Page.Locator($"#People_{i}__Name").FillAsync(people[i]);
            await visit.Page.Locator($"#People_{i}__Email").FillAsync(AddressOf(people[i]));
        }
        await visit.PressAsync("Continue");
        await visit.SeeAsync("About you and your organisation");
        await visit.DescribeAsync(organisation, people[0]);
    }

    public static async Task DescribeAsync(this Visit visit, string organisation, string booker)
    {
        await visit.FillAsync("Your full name", booker);
        await visit.FillAsync("Your work email address", AddressOf(booker));
        await visit.FillAsync("Organisation", organisation);
        await visit.Page.GetByLabel("Sector").SelectOptionAsync("Education");
        await visit.ChooseAsync("BCP");
        await visit.PressAsync("Continue");
    }

    public static string AddressOf(string name) => name.Replace(' ', '.').ToLowerInvariant() + "@example.org";

    [GeneratedRegex(@"\b([2-9]|[1-9]\d) places left")]
    private static partial Regex TwoOrMore();
}
