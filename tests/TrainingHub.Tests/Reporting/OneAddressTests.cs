using TrainingHub.Payments;
using TrainingHub.Reporting;
using TrainingHub.Surveys;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using TrainingHub.Tests.Surveys;
using Xunit;

namespace TrainingHub.Tests.Reporting;

/// <summary>Three colleagues and their booker on one office address, from the booking to the report.</summary>
public sealed class OneAddressTests(TestDatabase databases) : IAsyncLifetime
{
    private const string Office = "office@stmarys.example";

    private readonly TestApp app = new(databases);
    private BookingWorld world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = await BookingWorld.MakeAsync(app.Database, app.Clock);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task ThreeDelegatesAndTheBooker_FromBookingToReport_AreThreePeople()
    {
        var run = await world.RunAsync(capacity: 10);
        var reference = await BookAsync(run);
        Assert.Equal(3, await world.LivePlacesAsync(run));
        Assert.Equal(
            "booking-confirmed, you-are-booked, you-are-booked, you-are-booked",
            await world.TextAsync("select string_agg(kind, ', ' order by kind) from outgoing_emails where to_address = $1", Office));
        Assert.Equal(4, await world.CountAsync("select count(distinct subject) from outgoing_emails where to_address = $1", Office));

        await app.RunJobAsync(nameof(IssueInvoices));
        await SwapAsync(reference, "Uma Usher", "Vic Vale");
        app.Clock.Advance(TimeSpan.FromDays(31));
        await RegisterAsync(run);

        app.Clock.Advance(TimeSpan.FromDays(95));
        await app.RunJobAsync(nameof(ScheduleSurveys));
        await app.RunJobAsync(nameof(SendDueSurveys));
        Assert.Equal("Alice Ames, Tom Tate, Vic Vale", await world.TextAsync(
            "select string_agg(model ->> 'DelegateName', ', ' order by model ->> 'DelegateName') from outgoing_emails where kind = 'survey-invitation' and to_address = $1", Office));

        await StopAsync("Alice Ames");
        await AnswerAsync("Tom Tate", "I ask more questions.");
        await AnswerAsync("Vic Vale", "We changed our forms.");
        await ReadAgainAsync("Tom Tate");

        app.Clock.Advance(TimeSpan.FromDays(15));
        await app.RunJobAsync(nameof(SendSurveyReminders));
        Assert.Equal(0, await world.CountAsync("select count(*) from outgoing_emails where kind = 'survey-reminder'"));
        await ReportsAsync();
    }

    private async Task<string> BookAsync(Guid run)
    {
        var organisation = await world.ToOrganisationAsync(app.Browse(), run, $"Alice Ames|{Office}", $"Tom Tate|{Office}", $"Uma Usher|{Office}");
        var payment = await organisation.SubmitAsync(form =>
        {
            world.FillOrganisation(form);
            (form["Form.Name"], form["Form.Email"]) = ("Beth Booker", Office);
        });
        var check = await payment.SubmitAsync(form => (form["Form.By"], form["Form.InvoiceEmail"]) = ("Invoice", Office));
        return (await check.SubmitAsync()).Address[^8..];
    }

    private async Task SwapAsync(string reference, string former, string newcomer)
    {
        await world.ExecuteAsync("update places set access_needs = 'Large print' where delegate_name = $1", former);
        var manage = await app.Browse().GetAsync(await world.PrivateLinkAsync(reference));
        var form = await manage.FollowAsync($"Swap or correct the name of {former}");
        await form.SubmitAsync(fields => (fields["Form.Change"], fields["Form.Name"], fields["Form.Email"]) = ("another", newcomer, Office));
        Assert.Equal(0, await world.CountAsync("select count(*) from places where access_needs is not null"));
    }

    private async Task RegisterAsync(Guid run)
    {
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run}/register");
        Assert.All(["Alice Ames", "Tom Tate", "Vic Vale"], name => Assert.Contains(name, page.Main));
        Assert.DoesNotContain("Uma Usher", page.Main);
        var done = await page.SubmitAsync(selector: "form[action*='handler=All']");
        Assert.Contains("3 people marked as attended", done.Main);
    }

    private async Task StopAsync(string name)
    {
        var page = await app.Browse().GetAsync(await LinkAsync(name, "StopUrl"));
        Assert.Contains(page.All("button"), button => button == "Stop survey emails to everyone at this address");
        var stopped = await page.SubmitAsync(button: $"Stop survey emails to {name}");
        Assert.Contains($"We send {name} no more emails about surveys.", stopped.Main);
        Assert.Equal(1, await world.CountAsync("select count(*) from people where surveys_stopped_at is not null"));
    }

    private async Task AnswerAsync(string name, string example)
    {
        var page = await app.Browse().GetAsync(await LinkAsync(name, "SurveyUrl"));
        Assert.Contains($"This survey is for {name}.", page.Main);
        var done = await page.SubmitAsync(form =>
        {
            SurveyWorld.Fill(form);
            form["Form.ChangedPracticeExample"] = example;
        });
        Assert.Equal("Thank you", done.Heading);
        Assert.Contains("answer again if something was wrong", done.Main);
    }

    private async Task ReadAgainAsync(string name)
    {
        var page = await app.Browse().GetAsync(await LinkAsync(name, "SurveyUrl"));
        Assert.Contains($"{name} has answered. We do not show the answers here", page.Main);
        Assert.Empty(page.Document.QuerySelectorAll("input[checked]"));
        Assert.DoesNotContain("I ask more questions.", page.Text);
    }

    private async Task ReportsAsync()
    {
        Assert.Equal(2, await world.CountAsync("select count(*) from survey_responses"));
        var report = await TakeUpReport.ReadAsync(app.Database, new(null, null, null, null, null, null), app.Clock.Now, Ct);
        Assert.Equal((3, 3), report.Rows.Where(row => row.Group == "course").Select(row => (row.Booked, row.Attended)).Single());
        Assert.All(await Audit.RunAsync(app.Database, app.Clock.Now, Ct), line => Assert.Equal((line.Invariant, 0), (line.Invariant, line.Broken)));
    }

    private Task<string> LinkAsync(string name, string url) => world.TextAsync(
        "select substring(model ->> $2 from 'https?://[^/]+(.*)') from outgoing_emails where kind = 'survey-invitation' and model ->> 'DelegateName' = $1",
        name, url);
}
