using System.Net;
using AngleSharp.Html.Dom;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.StripeDouble;
using Xunit;

namespace TrainingHub.Tests.Payments;

public sealed class PayPagesTests(PayApp app) : IClassFixture<PayApp>
{
    [Fact]
    public async Task Pay_Button_LeadsToStripeAndBackToAConfirmedBooking()
    {
        var (booking, reference, browser) = await app.OpenAsync();
        var page = await browser.GetAsync(BookingUrls.Pay(reference));
        var until = London.Words(TimeOnly.FromDateTime(London.At(app.Clock.Now.AddMinutes(35))));
        Assert.Contains($"Your places are held until {until}.", page.Main, StringComparison.Ordinal);

        var answer = await PressAsync(page, reference);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(app.Stripe.BaseUrl.Authority, answer.Headers.Location!.Authority);
        var checkout = answer.Headers.Location.Segments[^1];
        Assert.Contains("£110", (await browser.GetAsync(PaymentUrls.LeftCheckout(reference))).Main, StringComparison.Ordinal);
        app.Stripe.Pay(checkout);
        var back = await browser.GetAsync(PaymentUrls.Returned(reference));
        Assert.Equal((BookingUrls.Manage(reference), "Booking confirmed"), (back.Address, back.Heading));
        Assert.Contains("£110.00", (await browser.GetAsync(BookingUrls.Receipt(reference))).Main, StringComparison.Ordinal);
        Assert.Equal(BookingUrls.Manage(reference), (await browser.GetAsync(BookingUrls.Pay(reference))).Address);
        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
    }

    [Fact]
    public async Task Pay_StripeIsDown_SaysSoAndKeepsEverything()
    {
        var (booking, reference, browser) = await app.OpenAsync();
        var page = await browser.GetAsync(BookingUrls.Pay(reference));
        app.Stripe.Faults.Always = Fault.ServerError;

        var failed = await page.SubmitAsync();
        app.Stripe.Faults.Always = null;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.Status);
        Assert.StartsWith("We cannot reach our payment service just now.", Assert.Single(failed.Errors), StringComparison.Ordinal);
        Assert.StartsWith("Error: ", failed.Title, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await PressAsync(failed, reference)).StatusCode);
        Assert.Equal(BookingState.Held, (await app.BookingAsync(booking)).State);
    }

    [Fact]
    public async Task Pay_HoldIsOver_OffersToBookAgain()
    {
        var (_, reference, browser) = await app.OpenAsync();
        var page = await browser.GetAsync(BookingUrls.Pay(reference));
        app.Clock.Advance(TimeSpan.FromMinutes(35));

        var late = await page.SubmitAsync();

        Assert.Equal("Your places were released", late.Heading);
        Assert.Contains("Book again", late.All("a.govuk-button"));
    }

    [Fact]
    public async Task Paid_BankIsSlow_SaysThatItWaits()
    {
        var (booking, reference, browser) = await app.OpenAsync();
        app.Stripe.PayByBank(await app.CheckoutAsync(booking));

        var page = await browser.GetAsync(PaymentUrls.Returned(reference));

        Assert.Equal("We are waiting for your payment", page.Heading);
        Assert.Equal("We are waiting for your bank", (await browser.GetAsync(BookingUrls.Pay(reference))).Heading);
    }

    [Theory]
    [InlineData("pay")]
    [InlineData("paid")]
    [InlineData("pay-by-invoice")]
    [InlineData("receipt")]
    [InlineData("invoice")]
    public async Task MoneyPages_Stranger_SeesNothingOfTheBooking(string page)
    {
        var (_, reference, _) = await app.OpenAsync();

        var answer = await app.Browse().GetAsync($"/bookings/{reference}/{page}");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.DoesNotContain("Bea Booker", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoice_LinkToFinance_OpensTheInvoiceAlone()
    {
        var request = app.World.Request(await app.RunAsync(capacity: 5), "one@finance.example") with { PurchaseOrder = "PO-77" };
        var reference = (await app.World.BookPlace.RunAsync(request, TestContext.Current.CancellationToken)).Booking!.Reference;
        await app.RunJobAsync(nameof(IssueInvoices));
        var browser = app.Browse();

        var page = await browser.GetAsync(PaymentUrls.PrivateInvoice(await app.LinkAsync(WriteDocuments.LinkPurpose, request.BookingId)));

        Assert.Equal(BookingUrls.Invoice(reference), page.Address);
        Assert.StartsWith("Invoice INV-0000", page.Heading, StringComparison.Ordinal);
        Assert.Equal("£55.00", Assert.Single(page.All("tfoot td")));
        Assert.Contains("PO-77", page.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("VAT", page.Main, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(BookingUrls.Manage(reference))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(PaymentUrls.PrivateInvoice("nonsense"))).Status);
    }

    [Fact]
    public async Task StaffPages_CancelledAfterPayment_AreRefundedOnOneScreen()
    {
        var (booking, _, _) = await app.OpenAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        await app.CancelForLaterAsync(booking);
        await app.RunJobAsync(nameof(FlagCancelledPayments));
        var staff = app.Browse();
        await (await staff.GetAsync("/dev")).SubmitAsync(selector: "form[action$='/dev/sign-in']");

        var list = await staff.GetAsync(PaymentUrls.StaffPayments + "?show=attention");
        Assert.Equal("Payments – Safeguarding training", list.Title);
        var payment = await staff.GetAsync(PaymentUrls.StaffPayment((await app.PaymentAsync(booking)).Id));
        var unsure = await payment.SubmitAsync(selector: "form[action*=Refund]");
        Assert.Equal("Tick the box to say that you want to refund this amount", Assert.Single(unsure.Errors));
        var noNote = await unsure.SubmitAsync(selector: "form[action*=Keep]");
        Assert.Equal("Say what was done about the payment", Assert.Single(noNote.Errors));
        var done = await noNote.SubmitAsync(form => form["Sure"] = "true", "form[action*=Refund]");

        Assert.Contains("The refund is asked for.", done.Main, StringComparison.Ordinal);
        await app.RunJobAsync(nameof(SendRefunds));
        Assert.Equal(0, await app.PaidPenceAsync(booking));
        Assert.Contains("No payment needs attention.", (await staff.GetAsync(PaymentUrls.StaffPayments + "?show=attention")).Main, StringComparison.Ordinal);
        await app.CheckAsync();
    }

    /// <summary>Presses Pay as the page stands, without following where it leads.</summary>
    private async Task<HttpResponseMessage> PressAsync(TestPage page, string reference)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, BookingUrls.Pay(reference))
        {
            Content = new FormUrlEncodedContent(page.Document.QuerySelectorAll("main form input[type=hidden]").OfType<IHtmlInputElement>()
                .ToDictionary(input => input.Name!, input => input.Value)),
        };
        var cookies = page.Response.RequestMessage!.Headers.TryGetValues("Cookie", out var sent) ? sent : [];
        var set = page.Response.Headers.TryGetValues("Set-Cookie", out var given) ? given.Select(cookie => cookie.Split(';')[0]) : [];
        request.Headers.Add("Cookie", string.Join("; ", cookies.Concat(set)));
        using var client = app.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new Uri("https://localhost") });
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
