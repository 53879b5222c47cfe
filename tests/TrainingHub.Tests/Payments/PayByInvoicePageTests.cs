using System.Net;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.StripeDouble;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>The way from card to invoice over HTTP.</summary>
public sealed class PayByInvoicePageTests(PayApp app) : IClassFixture<PayApp>
{
    [Fact]
    public async Task PayPage_CardRefused_LeadsToAnInvoice()
    {
        var (booking, reference, browser) = await app.OpenAsync();
        app.Stripe.Decline(await app.CheckoutAsync(booking));
        var form = await (await browser.GetAsync(PaymentUrls.LeftCheckout(reference))).FollowAsync("Pay by invoice instead");
        Assert.Contains("To pay: £110 (2 places at £55).", form.Main, StringComparison.Ordinal);

        var done = await form.SubmitAsync(Fill);

        Assert.Equal((BookingUrls.Manage(reference), "Booking confirmed"), (done.Address, done.Heading));
        Assert.Contains("You pay by invoice. We send it to finance@school.example.", done.Main, StringComparison.Ordinal);
        Assert.Contains("finance@school.example, purchase order PO-7", done.Main, StringComparison.Ordinal);
        Assert.Equal(1, await app.World.CountAsync(
            "select count(*) from outgoing_emails where about = $1 and kind = 'booking-confirmed' and model ->> 'Payment' = 'By invoice, purchase order PO-7'",
            reference));
    }

    [Fact]
    public async Task ManagePage_HeldForACard_OffersTheInvoice()
    {
        var (_, reference, browser) = await app.OpenAsync();

        var form = await (await browser.GetAsync(BookingUrls.Manage(reference))).FollowAsync("Pay by invoice instead");

        Assert.Equal("Pay by invoice instead", form.Heading);
    }

    [Theory]
    [InlineData("", "Enter the email address for the invoice")]
    [InlineData("finance", "Enter an email address in the correct format, like name@example.com")]
    public async Task Form_AddressMissingOrWrong_SaysSoAndChangesNothing(string address, string words)
    {
        var (booking, reference, browser) = await app.OpenAsync();

        var refused = await (await browser.GetAsync(BookingUrls.PayByInvoice(reference))).SubmitAsync(form => form["Form.InvoiceEmail"] = address);

        Assert.Equal([words], refused.Errors);
        Assert.StartsWith("Error: ", refused.Title, StringComparison.Ordinal);
        Assert.Equal(BookingState.Held, (await app.BookingAsync(booking)).State);
    }

    [Fact]
    public async Task Form_CardWentThroughMeanwhile_SaysThatItIsPaid()
    {
        var (booking, reference, browser) = await app.OpenAsync();
        var form = await browser.GetAsync(BookingUrls.PayByInvoice(reference));
        app.Stripe.Pay(await app.CheckoutAsync(booking));

        var first = await form.SubmitAsync(Fill);
        var second = await form.SubmitAsync(Fill);

        Assert.Equal(BookingUrls.Manage(reference), first.Address);
        Assert.All([first, second], page => Assert.Contains("Your card payment went through after all.", page.Main, StringComparison.Ordinal));
        Assert.Equal(PaymentMethod.Card, (await app.BookingAsync(booking)).PaymentMethod);
        Assert.Equal(11000, await app.PaidPenceAsync(booking));
    }

    [Fact]
    public async Task Form_StripeIsDown_SaysThatNothingChanged()
    {
        var (booking, reference, browser) = await app.OpenAsync();
        await app.CheckoutAsync(booking);
        var form = await browser.GetAsync(BookingUrls.PayByInvoice(reference));
        app.Stripe.Faults.Always = Fault.ServerError;

        var failed = await form.SubmitAsync(Fill);
        app.Stripe.Faults.Always = null;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.Status);
        Assert.StartsWith("We cannot reach our payment service just now, so nothing has changed.", Assert.Single(failed.Errors), StringComparison.Ordinal);
        Assert.Equal("Booking confirmed", (await failed.SubmitAsync()).Heading);
        Assert.Equal(PaymentMethod.Invoice, (await app.BookingAsync(booking)).PaymentMethod);
    }

    [Fact]
    public async Task Form_PressedInTwoTabs_ConfirmsOnce()
    {
        var (booking, reference, browser) = await app.OpenAsync();
        var (one, other) = (await browser.GetAsync(BookingUrls.PayByInvoice(reference)), await browser.GetAsync(BookingUrls.PayByInvoice(reference)));

        var pages = new[] { await one.SubmitAsync(Fill), await other.SubmitAsync(Fill) };

        Assert.All(pages, page => Assert.Equal("Booking confirmed", page.Heading));
        Assert.Single(await app.EmailsAsync(booking), email => email.StartsWith("booking-confirmed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Form_HoldIsOver_SaysThatThePlacesWereReleased()
    {
        var (_, reference, browser) = await app.OpenAsync();
        var form = await browser.GetAsync(BookingUrls.PayByInvoice(reference));
        app.Clock.Advance(BookPlace.CardHold);

        var late = await form.SubmitAsync(Fill);

        Assert.Equal("Your places were released", late.Heading);
        Assert.Equal("Your places were released", (await browser.GetAsync(BookingUrls.PayByInvoice(reference))).Heading);
    }

    private static void Fill(TestForm form) => (form["Form.InvoiceEmail"], form["Form.PurchaseOrder"]) = ("finance@school.example", "PO-7");
}
