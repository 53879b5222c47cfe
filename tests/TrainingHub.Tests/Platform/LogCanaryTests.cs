using System.Text;
using TrainingHub.Bookings;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Platform;

/// <summary>
/// Names, addresses, links and needs go through a booking, the waiting list and the desk, and none of them reaches the log; nor does a line that
/// somebody tries to write into it. Answers are looked for in SurveyLogTests, passwords and codes in TypedSecretTests.
/// </summary>
public sealed class LogCanaryTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly LoggedApp app = new(databases);

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Logs_BookingWaitingAndTheDesk_HoldNothingOfThem()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 1);
        await (await world.ToCheckAsync(app.Browse(), run, "Zaphira Quellwater|zaphira@quellwater.example")).SubmitAsync();
        await (await app.Browse().GetAsync($"/dates/{run}/wait")).SubmitAsync(form =>
            (form["Form.Name"], form["Form.Email"], form["Form.Places"]) = ("Zaphira Waits", "waits@quellwater.example", "1"));
        var staff = await app.BrowseAsStaffAsync();
        await staff.GetAsync("/staff/search?q=zaphira");
        await staff.GetAsync("/staff/people?q=quellwater&file=csv");
        await app.RunJobAsync(nameof(TrainingHub.Platform.Email.SendEmails));
        var link = await world.PrivateLinkAsync(await world.TextAsync("select reference from bookings"));
        await app.Browse().GetAsync(link);

        AssertNowhere("Quellwater", "Zaphira", link.Split('/')[^1]);
    }

    [Fact]
    public async Task Logs_LinesThatAStrangerWrites_AreNotThere()
    {
        var browser = app.Browse();
        foreach (var address in new[] { "/no-such%0D%0AForged%1B[31m", "/courses?q=x%0D%0AForged%1B[31m", "/b/x%0AForged", "/dates/Forged%0A/book", "/staff/no%0AForged" })
        {
            await browser.GetAsync(address);
        }

        using var webhook = new HttpRequestMessage(HttpMethod.Post, "/stripe/webhook") { Content = new StringContent("{\"id\":\"Forged\\n\"}", Encoding.UTF8, "application/json") };
        webhook.Headers.TryAddWithoutValidation("Stripe-Signature", "t=1,v1=Forged");
        await browser.SendAsync(webhook);
        await browser.SignInAsync("forged\u001b[31m@x.example", "Forged password of some length");

        AssertNowhere("Forged", "\u001b");
    }

    private void AssertNowhere(params string[] words)
    {
        Assert.NotEmpty(app.Lines);
        House.Verdict.NoFaults(app.Lines.Where(line => words.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase))));
    }
}
