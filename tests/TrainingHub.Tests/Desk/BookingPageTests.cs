using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.Payments;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>A coordinator does everything about a booking from its page, by the forms as they stand there.</summary>
public sealed class BookingPageTests(PayApp app) : IClassFixture<PayApp>
{
    [Fact]
    public async Task Page_OfAnInvoicedBooking_CorrectsSwapsMovesAndSendsAgain()
    {
        var (run, other) = (await app.RunAsync(capacity: 4), await app.RunAsync(capacity: 4, days: 40));
        await app.RunAsync(capacity: 4, days: 45);
        var booking = await app.World.BookAsync(run, "one@p1.example", "two@p1.example");
        await app.RunJobAsync(nameof(IssueInvoices));
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/bookings/{booking.Reference}");

        page = await (await page.FollowAsync("Correct Person one@p1.example")).SubmitAsync(form => form["Form.CorrectName"] = "Ona One");
        Assert.Contains("The name and address of Ona One are as you entered them.", page.Main);

        page = await (await page.FollowAsync("Swap Person two@p1.example for somebody else")).SubmitAsync(form =>
            (form["Form.Name"], form["Form.Email"]) = ("Tom Tate", "tom@p1.example"));
        Assert.Contains("Tom Tate now has the place of Person two@p1.example.", page.Main);

        var move = await page.FollowAsync("Move Tom Tate to another date");
        Assert.Equal(["Select the date"], (await move.SubmitAsync()).Errors);
        var check = await move.SubmitAsync(form => form["To"] = other.ToString());
        Assert.Equal("Check the move", check.Heading);
        Assert.Contains("£55, kept", check.Main);
        page = await check.SubmitAsync(button: "Move and tell them");
        Assert.Contains("Tom Tate is moved to", page.Main);
        Assert.Equal((1, 1), (await app.World.LivePlacesAsync(run), await app.World.LivePlacesAsync(other)));

        page = await page.SubmitAsync(selector: "#send-again form[action*=SendInvoice]");
        Assert.Contains("The email is on its way, with fresh links.", page.Main);
        Assert.Equal(2, await app.World.SentAsync(booking.Reference, "invoice-issued"));

        Assert.Equal(["Enter the note"], (await page.SubmitAsync(selector: "form[action$='handler=Note']")).Errors);
        page = await page.SubmitAsync(form => form["NoteText"] = "Rang about parking", "form[action$='handler=Note']");
        Assert.Contains("Rang about parking", page.Main);

        page = await (await page.FollowAsync("Correct who booked")).SubmitAsync(form => form["Organisation"] = "Hill Primary and Nursery");
        Assert.Contains("Hill Primary and Nursery", page.Main);
    }

    [Fact]
    public async Task Page_OfAPaidBooking_CancelsAPlaceWithItsRefund()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        var reference = (await app.BookingAsync(booking)).Reference;
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/bookings/{reference}");

        var cancel = await page.FollowAsync(page.All("a[href*='cancel?place']")[0]);
        Assert.Equal(["Select what happens to the money"], (await cancel.SubmitAsync()).Errors);
        var kept = await cancel.SubmitAsync(form => form["Money"] = "Refund");
        Assert.Equal(["Enter why, for the history"], kept.Errors);
        page = await kept.SubmitAsync(form => form["Reason"] = "Ill");

        Assert.Contains("The place is cancelled. The refund of £55 goes to Stripe in a few minutes.", page.Main);
        app.Clock.Advance(UndoableAct.Hold);
        await app.RunJobAsync(nameof(SendRefunds));
        page = await page.Browser.GetAsync($"/staff/bookings/{reference}");
        Assert.Contains("Gone back: £55.00", page.Main);
        await app.CheckAsync();
    }

    [Fact]
    public async Task Page_OfAHeldBooking_TakesThePaymentOver()
    {
        var reference = (await app.BookingAsync(await app.HeldAsync())).Reference;
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/bookings/{reference}");

        var form = await page.FollowAsync("Take over the payment");
        Assert.Equal(["Select how it is paid"], (await form.SubmitAsync()).Errors);
        var refused = await form.SubmitAsync(fields => (fields["By"], fields["Way"], fields["Amount"]) = ("Desk", "Cash", "50"));
        Assert.Equal(["Enter the whole sum, 110.00. If less was paid, change to an invoice"], refused.Errors);
        page = await refused.SubmitAsync(fields => (fields["Amount"], fields["SlipNumber"]) = ("110", "Slip 12"));

        Assert.Contains("£110 is recorded as paid. The booker has a receipt.", page.Main);
        Assert.Contains("Payment to the training team, cash, Slip 12", page.Main);
        Assert.DoesNotContain("Take over the payment", page.Main);
    }
}
