using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Portal;
using TrainingHub.Tests.Bookings;
using Xunit;

namespace TrainingHub.Tests.Portal;

/// <summary>What somebody sees who booked: all of their own, what is to pay, what was spent, and the link again.</summary>
public sealed class MyBookingsTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bookings_ComingPastAndCancelled_AreListedApartWithPeopleNeedsAndSpend()
    {
        var (world, today) = (await WorldAsync(), London.DateOf(app.Clock.Now));
        var (coming, past) = (await app.Given.RunAsync(world.Course, today.AddDays(20)), await app.Given.RunAsync(world.Course, today.AddDays(-20)));
        var lastYear = await app.Given.RunAsync(world.Course, today.AddYears(-1));
        var next = (await app.Given.PlacesAsync(coming, Of("Ann Ames") with { AccessNeeds = "Step-free", PricePence = 5500, Method = PaymentMethod.Invoice }))[0];
        var done = (await app.Given.PlacesAsync(past, Of("Tom Tate") with { PricePence = 5500, Method = PaymentMethod.Invoice }))[0];
        await app.Given.PlacesAsync(lastYear, Of("Ann Ames") with { PricePence = 5000, Method = PaymentMethod.Invoice });
        await app.Given.MarkAsync(done.Place.Id, app.Clock.Now);
        var other = (await app.Given.PlacesAsync(coming, new GivenDelegate("Otto Other") { Email = "otto@elsewhere.example" }))[0];

        var page = await app.SignInByCodeAsync("lists@book.example");
        var over = await page.FollowAsync("Past (2)");
        var file = await page.Browser.GetAsync($"{PortalUrls.Bookings}?year=2026%2F27&file=csv");

        Assert.Contains("Ann Ames Booked", page.Main);
        Assert.Contains("Access needs: Step-free", page.Main);
        Assert.Contains($"See or change booking {next.Booking.Reference}", page.Main);
        Assert.Contains("Tom Tate Attended", over.Main);
        Assert.Equal(["2026/272£110.00", "2025/261£50.00"], page.All("tbody tr"));
        Assert.DoesNotContain(other.Booking.Reference, page.Text + over.Text + file.Text);
        Assert.Equal(3, file.Text.Trim().Split('\n').Length);
        Assert.Contains($"{coming.RunsOn:yyyy-MM-dd},2026/27,Neglect,Ann Ames,Booked,55.00,{next.Booking.Reference}", file.Text);
        Assert.DoesNotContain("Step-free", file.Text);
    }

    [Fact]
    public async Task Search_ByPersonCourseOrReference_FindsThemAndSaysWhenNothingMatches()
    {
        var world = await WorldAsync();
        var run = await app.Given.RunAsync(world.Course, London.DateOf(app.Clock.Now).AddDays(20));
        await app.Given.PlacesAsync(run, [Of("Tom Tate", "find@book.example"), .. Enumerable.Range(1, 5).Select(number => Of($"Ann Ames {number}", "find@book.example"))]);
        var browser = (await app.SignInByCodeAsync("find@book.example")).Browser;

        var found = await (await browser.GetAsync(PortalUrls.Bookings)).SubmitAsync(form => form["Q"] = "tate", selector: "main form[role=search]");
        var none = await browser.GetAsync($"{PortalUrls.Bookings}?q=zzz");

        Assert.Contains("Tom Tate", found.Main);
        Assert.DoesNotContain("Ann Ames", found.Main);
        Assert.Contains("No booking matches.", none.Main);
    }

    [Fact]
    public async Task Due_CardHoldAndInvoices_LeadToWhereTheyAreSettled()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var invoiced = await BookAsync(world, run, "due@book.example", PaymentMethod.Invoice);
        var held = await BookAsync(world, run, "due@book.example", PaymentMethod.Card);

        var before = await app.SignInByCodeAsync("due@book.example");
        await app.RunJobAsync("IssueInvoices");
        var page = await before.Browser.GetAsync(PortalUrls.Bookings);
        var invoice = await page.Browser.GetAsync(BookingUrls.Invoice(invoiced.Reference));

        Assert.Contains("To pay: £110.00", before.Main);
        Assert.Contains($"The invoice is on its way · booking {invoiced.Reference}", before.Main);
        Assert.Contains($"Pay by card for booking {held.Reference}", page.Main);
        Assert.Matches($@"Invoice INV-\d+, due on .* · booking {invoiced.Reference}", page.Main);
        Assert.Equal(BookingUrls.Invoice(invoiced.Reference), invoice.Address);
        app.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Contains("was due on", (await app.SignInByCodeAsync("due@book.example")).Main);
    }

    [Fact]
    public async Task SendLink_PressedTwice_SendsOneEmailWhoseLinkOpens()
    {
        var world = await WorldAsync();
        var booked = await BookAsync(world, await world.RunAsync(capacity: 10), "again@book.example", PaymentMethod.Invoice);
        var page = await app.SignInByCodeAsync("again@book.example");
        var sent = await world.SentAsync(booked.Reference, "booking-confirmed");

        var notice = await page.SubmitAsync(selector: "main section form[method=post]");
        await page.SubmitAsync(selector: "main section form[method=post]");

        Assert.Contains($"The email about booking {booked.Reference} is on its way to you", notice.Main);
        Assert.Equal(sent + 1, await world.SentAsync(booked.Reference, "booking-confirmed"));
        var link = await world.TextAsync(
            "select substring(model ->> 'ManageUrl' from 'https://[^/]+(.*)') from outgoing_emails where about = $1 and kind = 'booking-confirmed' order by created_at desc limit 1", booked.Reference);
        Assert.Equal(BookingUrls.Manage(booked.Reference), (await app.Browse().GetAsync(link)).Address);
    }

    [Fact]
    public async Task LostLink_WhoeverHasTheAddress_ChangesTheBookingAsTheLinkWould()
    {
        var world = await WorldAsync();
        var booked = await BookAsync(world, await world.RunAsync(capacity: 10), "Lost@Book.example", PaymentMethod.Invoice);
        var gone = await app.Browse().GetAsync("/b/AAAAAAAAAAAAAAAAAAAAAA");
        var asked = await (await gone.FollowAsync("Find your bookings")).SubmitAsync(form => form["Email"] = "lost@book.example");
        var code = await app.CodeAsync("lost@book.example");

        var page = await asked.SubmitAsync(form => form["Code"] = code);
        var cancelled = await (await page.Browser.GetAsync(BookingUrls.Cancel(booked.Reference))).SubmitAsync();

        Assert.Contains("Booking cancelled", cancelled.Heading);
        Assert.Contains("Nothing is booked any more.", cancelled.Main);
        Assert.Equal(HttpStatusCode.OK, (await page.Browser.GetAsync(BookingUrls.Receipt(booked.Reference))).Status);
    }

    [Fact]
    public async Task Forget_OnABookingsPage_SignsThisBrowserOut()
    {
        var world = await WorldAsync();
        var booked = await BookAsync(world, await world.RunAsync(capacity: 10), "shared@book.example", PaymentMethod.Invoice);
        var browser = (await app.SignInByCodeAsync("shared@book.example")).Browser;

        var forgotten = await (await browser.GetAsync(BookingUrls.Manage(booked.Reference))).SubmitAsync(button: "Forget this booking in this browser");

        Assert.Equal(HttpStatusCode.NotFound, forgotten.Status);
        Assert.Equal("Find your bookings", (await browser.GetAsync(PortalUrls.Bookings)).Heading);
    }

    private static GivenDelegate Of(string name, string bookedBy = "Lists@Book.example") => new(name) { BookedBy = bookedBy };

    private async Task<BookingWorld> WorldAsync()
    {
        await app.Given.SectorIdAsync();
        await app.Given.AreaIdAsync();
        return await BookingWorld.MakeAsync(app.Database, app.Clock);
    }

    private Task<BookedBooking> BookAsync(BookingWorld world, Guid run, string booker, PaymentMethod method) => app.Given.BookAsync(
        world.Request(run, $"{Guid.NewGuid():N}@come.example") with { BookerName = "Bea Booker", BookerEmail = booker, Method = method, InvoiceEmail = method == PaymentMethod.Invoice ? booker : null });
}
