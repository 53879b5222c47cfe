using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>Venues kept by staff, as they do it at the pages.</summary>
public sealed class VenueTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateOnly Soon => London.DateOf(app.Clock.GetUtcNow()).AddDays(20);

    [Fact]
    public async Task Add_AllFacts_AreKeptShownAndInHistory()
    {
        var form = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/venues/new");

        var page = await form.SubmitAsync(fill =>
        {
            fill["Form.Name"] = "Lantern House";
            fill["Form.Address"] = "7 Example Road, Poole";
            fill["Form.Postcode"] = "bh151aa";
            fill["Form.MapUrl"] = "https://maps.example/lantern";
            fill["Form.StepFree"] = "Partly";
            fill["Form.Travel"] = "Park behind the house";
        });

        Assert.Equal("Lantern House", page.Heading);
        Assert.Contains("The venue is added", page.Main, StringComparison.Ordinal);
        Assert.Contains("Added by Ann Coordinator", page.Main, StringComparison.Ordinal);
        var venue = await VenueAsync("Lantern House");
        Assert.Equal(("BH15 1AA", "7 Example Road, Poole, BH15 1AA", StepFreeAccess.Partly), (venue.Postcode, venue.FullAddress, venue.StepFree));
        var list = await page.Browser.GetAsync("/staff/venues?q=LANTERN");
        Assert.Equal(["Lantern House"], list.All("tbody th"));
    }

    [Theory]
    [InlineData("Form.Name", "", "Enter the name of the venue")]
    [InlineData("Form.Postcode", "Poole", "Enter a full UK postcode, like BH15 1AA")]
    [InlineData("Form.MapUrl", "http://maps.example/a", "Enter a full address that starts with https://")]
    [InlineData("Form.MapUrl", "javascript:alert(1)", "Enter a full address that starts with https://")]
    [InlineData("Form.ContactPhone", "ring me", "Enter a phone number, like 01632 960 001")]
    public async Task Add_BadInput_IsNamedAndWhatWasTypedStays(string field, string typed, string error)
    {
        var form = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/venues/new");

        var page = await form.SubmitAsync(fill =>
        {
            fill["Form.Name"] = "Never Added";
            fill["Form.Access"] = "A loop";
            fill[field] = typed;
        });

        Assert.Equal([error], page.Errors);
        Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
        Assert.Equal("A loop", page.Find("textarea[name='Form.Access']").TextContent);
        Assert.False(await app.WithAsync((TrainingHubDb db) => db.Venues.AnyAsync(venue => venue.Name == "Never Added", Ct)));
    }

    [Fact]
    public async Task Change_NameOfAnother_IsRefusedWhateverItsCapitals()
    {
        await app.Given.VenueAsync("Beacon Hall");
        var venue = await app.Given.VenueAsync();

        var page = await (await OpenAsync(venue)).SubmitAsync(fill => fill["Form.Name"] = "BEACON hall");

        Assert.Equal(["Another venue has this name. Choose a name that tells them apart"], page.Errors);
        Assert.Equal(venue.Name, (await VenueAsync(venue.Name)).Name);
    }

    [Fact]
    public async Task Change_FieldsThatTheFormLacks_StayAsTheyAre()
    {
        var venue = await app.Given.VenueAsync(postcode: "BH15 1AA");
        var page = await OpenAsync(venue);

        await page.SubmitAsync(fill =>
        {
            fill.Clear("Form.Postcode");
            fill.Clear("Form.Address");
            fill["Form.Room"] = "Suite 2";
        });

        var after = await VenueAsync(venue.Name);
        Assert.Equal(("Suite 2", "1 Example Street, Poole, BH15 1AA"), (after.Room, after.FullAddress));
    }

    [Fact]
    public async Task Change_EmptiedField_IsEmptiedAndInHistory()
    {
        var venue = await app.Given.VenueAsync(postcode: "BH15 1AA");

        var page = await (await OpenAsync(venue)).SubmitAsync(fill => fill["Form.Postcode"] = "");

        Assert.Null((await VenueAsync(venue.Name)).Postcode);
        Assert.Contains("Postcode: BH15 1AA → nothing", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_SomebodyElseWasFirst_SaysWhatChangedAndKeepsWhatWasTyped()
    {
        var venue = await app.Given.VenueAsync();
        var (first, second) = (await OpenAsync(venue), await OpenAsync(venue));
        await first.SubmitAsync(fill => fill["Form.Room"] = "Suite 2");

        var told = await second.SubmitAsync(fill => fill["Form.Access"] = "Hearing loop");

        Assert.Contains("Ann Coordinator changed this while you had it open", Assert.Single(told.Errors), StringComparison.Ordinal);
        Assert.Contains("Room: nothing → Suite 2", told.Find("#changed-since").TextContent, StringComparison.Ordinal);
        Assert.Equal("Hearing loop", told.Find("textarea[name='Form.Access']").TextContent);
        Assert.Null((await VenueAsync(venue.Name)).Access);
        await told.SubmitAsync(fill => fill["Form.Room"] = "Suite 2");
        var after = await VenueAsync(venue.Name);
        Assert.Equal(("Suite 2", "Hearing loop", 2), (after.Room, after.Access, after.Version));
    }

    [Fact]
    public async Task Change_ManyAtOnceOnOneVersion_OneIsSavedWithOneEntry()
    {
        var venue = await app.Given.VenueAsync();
        var by = new Actor(Guid.NewGuid(), "Ann");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => app.WithAsync((SaveVenue save) =>
            save.ChangeAsync(venue.Id, version: 0, new VenueFacts { Name = venue.Name, Room = $"Room {number}" }, by, Ct))));

        Assert.Single(outcomes, EditOutcome.Saved);
        Assert.Equal(7, outcomes.Count(outcome => outcome == EditOutcome.ChangedSince));
        Assert.Single(await app.WithAsync((TrainingHubDb db) => HistoryEntry.OfAsync<Venue>(db, venue.Id, Ct)));
    }

    [Fact]
    public async Task Edit_VenueOfComingDates_SaysHowManyAndThatNobodyIsTold()
    {
        var venue = await app.Given.VenueAsync();
        var course = await app.Given.CourseAsync("Harbour course", pricePence: 5500);
        var booked = await app.Given.RunAtAsync(course.Id, venue.Id, Soon);
        await app.Given.RunAtAsync(course.Id, venue.Id, Soon.AddDays(1));
        await app.Given.PlacesAsync(booked, new GivenDelegate("Amina Okafor"));

        var page = await OpenAsync(venue);

        Assert.Contains("Shown on 2 coming dates, 1 of them with 1 person.", page.Main, StringComparison.Ordinal);
        Assert.Contains("A changed address moves no date, and nobody is told of it.", page.Main, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"a[href='/staff/dates/{booked.Id}']"));
    }

    [Fact]
    public async Task Archive_ThenRestore_LeavesAndComesBackToTheList()
    {
        var venue = await app.Given.VenueAsync();

        var archived = await (await OpenAsync(venue)).SubmitAsync(selector: "form[action*='handler=Archive']");
        var list = await archived.Browser.GetAsync("/staff/venues?show=archived&q=" + Uri.EscapeDataString(venue.Name));
        var used = await archived.Browser.GetAsync("/staff/venues?q=" + Uri.EscapeDataString(venue.Name));
        var restored = await (await OpenAsync(venue)).SubmitAsync(selector: "form[action*='handler=Restore']");

        Assert.Contains("Archived by Ann Coordinator", archived.Main, StringComparison.Ordinal);
        Assert.Equal([venue.Name], list.All("tbody th"));
        Assert.Contains("No venue matches.", used.Main, StringComparison.Ordinal);
        Assert.Contains("Restored by Ann Coordinator", restored.Main, StringComparison.Ordinal);
        Assert.Null((await VenueAsync(venue.Name)).ArchivedAt);
    }

    [Fact]
    public async Task Pages_OfADateItsCourseAndItsBooking_SayHowToGetThere()
    {
        var venue = await app.Given.VenueAsync(postcode: "BH15 1AA");
        await (await OpenAsync(venue)).SubmitAsync(fill =>
        {
            fill["Form.Travel"] = "Bus 9 stops outside";
            fill["Form.StepFree"] = "No";
            fill["Form.MapUrl"] = "https://maps.example/here";
            fill["Form.ContactName"] = "Keys Keeper";
        });
        var course = await app.Given.CourseAsync("Getting there course", pricePence: 5500);
        var run = await app.Given.RunAtAsync(course.Id, venue.Id, Soon);
        var browser = app.Browse();

        TestPage[] pages =
        [
            await browser.GetAsync($"/dates/{run.Id}"), await browser.GetAsync($"/courses/{course.Slug}"), await BookedAsync(browser, run.Id),
        ];

        foreach (var page in pages)
        {
            Assert.Contains("BH15 1AA", page.Main, StringComparison.Ordinal);
            Assert.Contains("Parking and public transport: Bus 9 stops outside", page.Main, StringComparison.Ordinal);
            Assert.Contains("Step-free access: no.", page.Main, StringComparison.Ordinal);
            Assert.NotNull(page.Document.QuerySelector("a[href='https://maps.example/here']"));
            Assert.DoesNotContain("Keys Keeper", page.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/staff/venues/00000000-0000-0000-0000-000000000000")]
    [InlineData("/staff/venues/no-id")]
    public async Task Venue_Unknown_IsNotFound(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.BrowseAsStaffAsync()).GetAsync(address)).Status);

    private async Task<TestPage> BookedAsync(TestBrowser browser, Guid run)
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var page = await (await world.ToCheckAsync(browser, run, "Amina Okafor|amina@example.org")).SubmitAsync();
        Assert.Equal("Booking confirmed", page.Heading);
        return page;
    }

    private async Task<TestPage> OpenAsync(Venue venue) => await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/venues/{venue.Id}");

    private Task<Venue> VenueAsync(string name) =>
        app.WithAsync((TrainingHubDb db) => db.Venues.AsNoTracking().SingleAsync(venue => venue.Name == name, Ct));
}
