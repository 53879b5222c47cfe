using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Payments;
using TrainingHub.Platform;
using Xunit;
using static TrainingHub.BrowserTests.Bookings.BookingSteps;

namespace TrainingHub.BrowserTests.Bookings;

/// <summary>On a phone without JavaScript: what cancelling costs is read before one books, before one cancels, and is what comes back.</summary>
public sealed class CancelLateTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task TwoPlaces_CancelledLate_ShowTheSumsFirstAndGiveTheRestBack()
    {
        await using var visit = await site.OpenAsync(javaScript: false);
        await visit.ChooseDateAsync("/courses?when=saturday&places=available&from=2026-12-01");
        await visit.ReadAsync("If your plans change");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        var run = Guid.Parse(new Uri(visit.Page.Url).Segments[2].TrimEnd('/'));
        await visit.GiveNamesAsync("Late School", "Lena Late", "Otto Other");
        await visit.SeeAsync("How do you want to pay?");
        await visit.ChooseAsync("Card");
        await visit.PressAsync("Continue");
        await visit.ReadAsync("and to the cancellation policy above");
        await visit.AssertAccessibleAsync();
        await visit.PressAsync("Confirm and pay");
        await visit.PressAsync("Pay £");
        await visit.PressAsync("Pay by card");
        await visit.SeeAsync("Booking confirmed");

        await visit.FollowAsync("Move the place of Otto Other to another date");
        await visit.SeeAsync("Move the place of Otto Other");
        await visit.AssertAccessibleAsync(Screen.Desktop);
        await visit.OpenMailAsync(AddressOf("Lena Late"), "Booking confirmed");
        await visit.ReadAsync("If your plans change");
        var link = await visit.MailedLinkAsync("/b/[^/]+");
        var (half, pence) = await HalfAsync(run);
        site.App.Clock.MoveTo(half);

        await using var later = await site.OpenAsync(javaScript: false);
        await later.GoAsync(link);
        await later.PressAsync("Cancel the whole booking");
        await later.SeeAsync("Cancel the whole booking?");
        await later.ReadAsync($"{new Money(pence)} goes back to the card or account that paid.");
        await later.ReadAsync("For each place");
        await later.AssertAccessibleAsync(Screen.Desktop);
        await later.PressAsync("Cancel the booking");
        await later.SeeAsync("Booking cancelled");
        await site.App.RunJobAsync(nameof(RefundCancelledPlaces));
        await site.App.RunJobAsync(nameof(SendRefunds));
        await later.OpenMailAsync(AddressOf("Lena Late"), "Refund of");
        await later.ReadAsync(new Money(pence).ToString());
    }

    /// <summary>An hour before the end of the step in which half stays due, and half of the price of two places.</summary>
    private Task<(DateTimeOffset At, int Pence)> HalfAsync(Guid run) => site.App.WithAsync<TrainingHubDb, (DateTimeOffset, int)>(async db =>
    {
        var ct = TestContext.Current.CancellationToken;
        var startsAt = await db.CourseRuns.Where(one => one.Id == run).Select(one => one.StartsAt).SingleAsync(ct);
        var prices = await db.Places.Where(place => place.RunId == run && db.Bookings.Any(booking => booking.Id == place.BookingId && booking.BookerName == "Lena Late"))
            .Select(place => place.PricePence).ToListAsync(ct);
        var terms = CancellationTerms.Of((await CancellationPolicy.OfAsync(db, London.DateOf(site.App.Clock.Now), ct))!, startsAt);
        return (terms.Steps.First(step => step.Percent == 50).Until.AddHours(-1), prices.Sum(pence => pence - CancellationTerms.PenceOf(pence, 50)));
    });
}
