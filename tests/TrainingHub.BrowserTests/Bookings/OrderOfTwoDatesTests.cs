using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using Xunit;
using static TrainingHub.BrowserTests.Bookings.BookingSteps;
using Delegate = TrainingHub.Bookings.Delegate;

namespace TrainingHub.BrowserTests.Bookings;

/// <summary>An order for two dates, as its buyer, the finance office and the coordinator see it. The form books one date, so the command makes it.</summary>
public sealed class OrderOfTwoDatesTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task ByCard_OneDateCancelledAndRefunded_EveryPageNamesBoth()
    {
        var booking = await OrderAsync(PaymentMethod.Card, "Olive Order");
        await using var visit = await site.OpenAsync();
        await visit.OpenMailAsync(AddressOf("Olive Order"), "We are holding your places");
        await visit.AssertAccessibleAsync();
        await visit.GoAsync(await visit.MailedLinkAsync("/b/[^/]+"));
        await visit.SeeAsync("Your booking needs a payment");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.PressAsync("Pay £");
        await visit.SeeAsync("Pay by card");
        await visit.AssertAccessibleAsync();
        await visit.PressAsync("Pay £");
        await visit.PressAsync("Pay by card");
        await visit.SeeAsync("Booking confirmed");
        await visit.AssertAccessibleAsync(Screen.Desktop);

        await visit.Page.Locator("a[href*='cancel?date=']").First.ClickAsync();
        await visit.SeeAsync("Cancel this date?");
        await visit.AssertAccessibleAsync();
        await visit.PressAsync("Cancel this date");
        await visit.ReadAsync("Cancelled: ");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await site.App.RunJobAsync(nameof(RefundCancelledPlaces));

        await using var desk = await site.OpenAsync(Screen.Desktop);
        await desk.GoAsCoordinatorAsync($"/staff/bookings/{booking.Reference}");
        await desk.AssertAccessibleAsync(Screen.Phone);
        await desk.GoAsync($"/staff/bookings?q={booking.Reference}");
        await desk.ReadAsync(", and 1 more date");
        await desk.AssertAccessibleAsync(Screen.Phone);
        await desk.GoAsync("/staff/payments");
        await desk.AssertAccessibleAsync(Screen.Phone);
        await desk.Page.Locator("tbody th a").First.ClickAsync();
        await desk.SeeAsync($"Payment for booking {booking.Reference}");
        await desk.AssertAccessibleAsync(Screen.Phone);
        await site.App.RunJobAsync(nameof(SendRefunds));

        await visit.FollowAsync("See the receipt");
        await visit.ReadAsync("Refund");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.OpenMailAsync(AddressOf("Olive Order"), "Refund of");
        await visit.AssertAccessibleAsync();
        await site.AssertSoundAsync();
    }

    [Fact]
    public async Task ByInvoice_OneInvoice_ListsThePlacesOfEachDate()
    {
        var booking = await OrderAsync(PaymentMethod.Invoice, "Ivy Invoice");
        await site.App.RunJobAsync(nameof(IssueInvoices));
        await using var finance = await site.OpenAsync();
        await finance.OpenMailAsync("finance@two-dates.example", "Invoice ");
        await finance.AssertAccessibleAsync();
        await finance.GoAsync(await finance.MailedLinkAsync("/b/[^/]+/invoice"));

        await finance.ReadAsync(booking.Reference);
        await finance.AssertAccessibleAsync(Screen.Desktop);
        await site.AssertSoundAsync();
    }

    /// <summary>Three places: two on the first date, one of these people also on another course's date.</summary>
    private Task<BookedBooking> OrderAsync(PaymentMethod method, string booker) => site.App.WithAsync<TrainingHubDb, BookedBooking>(async db =>
    {
        var now = site.App.Clock.Now;
        var dates = await (
            from run in db.CourseRuns
            join price in db.RunPrices on run.Id equals price.RunId
            where run.StartsAt > now.AddDays(28) && run.Capacity - run.PlacesTaken > 3 && price.Pence > 0
            orderby run.StartsAt, run.Id
            select new { run.Id, run.CourseId, price.Pence }).Take(50).ToListAsync(TestContext.Current.CancellationToken);
        var (first, second) = (dates[0], dates.First(date => date.CourseId != dates[0].CourseId));
        var (one, other) = ($"Dana of {booker}", $"Eli of {booker}");
        var (dana, eli) = (new Delegate(one, AddressOf(one), "A hearing loop"), new Delegate(other, AddressOf(other), null));
        var request = new BookPlaceRequest(
            Guid.CreateVersion7(),
            [new(first.Id, first.Pence, [dana, eli]), new(second.Id, second.Pence, [dana])],
            booker,
            AddressOf(booker),
            "Harbour Nursery",
            await db.Sectors.Select(sector => sector.Id).FirstAsync(TestContext.Current.CancellationToken),
            await db.Areas.Select(area => area.Id).FirstAsync(TestContext.Current.CancellationToken),
            method,
            InvoiceEmail: method == PaymentMethod.Invoice ? "finance@two-dates.example" : null);
        var outcome = await site.App.WithAsync<BookPlace, BookPlaceOutcome>(book => book.RunAsync(request, TestContext.Current.CancellationToken));
        return outcome.Booking ?? throw new InvalidOperationException($"The order was refused: {outcome.Result}.");
    });
}
