using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.StripeDouble;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>An invoice is paid by card by whoever has its link: the money is of that invoice, once, whatever happens meanwhile.</summary>
public sealed class PayInvoiceTests(PayApp app) : IClassFixture<PayApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pay_FromTheInvoicesLink_SettlesItAndComesBackToIt()
    {
        var invoice = await app.IssuedAsync();
        var (browser, reference) = await app.OpenInvoiceAsync(invoice);
        var address = PaymentUrls.Document(reference, invoice.NumberWords);
        var page = await browser.GetAsync(address);
        Assert.Contains("Pay £110 by card", page.All("main button"));

        var checkout = await CheckoutAsync(invoice);
        Assert.Equal(checkout, await CheckoutAsync(invoice));
        var asked = app.Stripe.All("checkout.session").Single(one => (string?)one["id"] == checkout);
        Assert.Contains(address + "?left=true", (string)asked["cancel_url"]!, StringComparison.Ordinal);
        Assert.Contains("You left the payment page.", (await browser.GetAsync(address + "?left=true")).Main, StringComparison.Ordinal);
        app.Stripe.Pay(checkout);
        var back = await browser.GetAsync(PaymentUrls.Returned(reference));

        Assert.Equal(address, back.Address);
        Assert.Contains("Nothing is to pay.", back.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Pay £110 by card", back.All("main button"));
        await app.RingAsync(checkout);
        Assert.Equal([(invoice.Id, 5500), (invoice.Id, 5500)], await EntriesAsync(invoice));
        Assert.Equal(1, await app.EmailsAsync(invoice, "payment-received"));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Pay_StripeIsDown_SaysSoAndTheSameButtonWorksAgain()
    {
        var invoice = await app.IssuedAsync();
        var (browser, reference) = await app.OpenInvoiceAsync(invoice);
        var page = await browser.GetAsync(PaymentUrls.Document(reference, invoice.NumberWords));
        app.Stripe.Faults.Always = Fault.ServerError;

        var failed = await page.SubmitAsync(selector: "form[action*=Pay]");
        app.Stripe.Faults.Always = null;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.Status);
        Assert.StartsWith("We cannot reach our payment service just now.", Assert.Single(failed.Errors), StringComparison.Ordinal);
        app.Stripe.Pay(await CheckoutAsync(invoice));
        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await app.RunJobAsync(nameof(ReconcilePayments));
        Assert.Equal(0, await app.OpenPenceAsync(invoice));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Pay_Left_EndsWithoutMoneyAndCanBePaidAgain()
    {
        var invoice = await app.IssuedAsync();
        var left = await CheckoutAsync(invoice);
        app.Stripe.ExpireNow(left);

        var next = await CheckoutAsync(invoice);
        app.Stripe.Pay(next);
        await app.RingAsync(next);

        Assert.NotEqual(left, next);
        Assert.Equal([PaymentState.Expired, PaymentState.Paid], (await app.PaymentsAsync(invoice.BookingId)).Select(payment => payment.State));
        Assert.Equal(0, await app.OpenPenceAsync(invoice));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Pay_PaidBefore_IsRefused()
    {
        var invoice = await app.IssuedAsync();
        var checkout = await CheckoutAsync(invoice);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);

        Assert.Equal(StartPaymentResult.AlreadyPaid, (await StartAsync(invoice)).Result);

        Assert.Single(await app.PaymentsAsync(invoice.BookingId));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Pay_TheBankTransferIsRecordedWhileTheCheckoutIsOpen_ClosesTheCheckout()
    {
        var invoice = await app.IssuedAsync();
        var checkout = await CheckoutAsync(invoice);

        Assert.Equal(RecordInvoicePaymentResult.Recorded, await app.ReceiveAsync(invoice, 11000));

        Assert.Equal("expired", app.StatusOf(checkout));
        Assert.Equal(0, await app.OpenPenceAsync(invoice));
        await app.AuditAsync();
    }

    [Fact]
    public async Task Pay_APartIsPaidByBank_TheCheckoutIsOverWhatIsOpen()
    {
        var invoice = await app.IssuedAsync();
        var first = await CheckoutAsync(invoice);
        await app.ReceiveAsync(invoice, 4000);

        var second = await CheckoutAsync(invoice);
        app.Stripe.Pay(second);
        await app.RingAsync(second);

        Assert.Equal("expired", app.StatusOf(first));
        Assert.Equal(7000, (await app.PaymentsAsync(invoice.BookingId))[^1].ReceivedAmount);
        Assert.Equal(0, await app.OpenPenceAsync(invoice));
        await app.AuditAsync();
    }

    [Fact]
    public async Task Pay_APlaceIsCreditedWhileTheCheckoutIsOpen_WhatIsBeyondGoesBackOrToStaff()
    {
        var invoice = await app.IssuedAsync();
        var checkout = await CheckoutAsync(invoice);
        await CancelOneAsync(invoice);
        Assert.Equal(5500, await app.OpenPenceAsync(invoice));

        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        await app.RunJobAsync(nameof(RefundCancelledPlaces));
        await app.RunJobAsync(nameof(FlagCancelledPayments));
        await app.RunJobAsync(nameof(SendRefunds));

        var payment = await app.PaymentAsync(invoice.BookingId);
        var backed = (await app.RefundsAsync(invoice.BookingId)).Sum(refund => refund.AmountPence);
        Assert.True(backed == 5500 || payment.NeedsAttention, "What is beyond the invoice is neither refunded nor on the worklist.");
        Assert.Equal(0, await app.OpenPenceAsync(invoice));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Pay_WrittenOffWhileTheCheckoutIsOpen_GoesBack()
    {
        var invoice = await app.IssuedAsync();
        var checkout = await CheckoutAsync(invoice);
        var by = await app.ActorAsync();
        Assert.True(await app.WithAsync((WriteOffInvoice write) => write.RunAsync(invoice.Id, 11000, "Closed", by, Ct)));

        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        await app.RunJobAsync(nameof(SendRefunds));

        Assert.Equal(11000, Assert.Single(await app.RefundsAsync(invoice.BookingId)).AmountPence);
        Assert.Equal(0, await app.PaidPenceAsync(invoice.BookingId));
        await app.CheckAsync();
    }

    [Fact]
    public async Task Pay_AnotherInvoiceOfTheBooking_ClosesTheFirstCheckout()
    {
        var first = await app.IssuedAsync();
        var checkout = await CheckoutAsync(first);
        var by = await app.ActorAsync();
        Assert.Equal(ReissueInvoiceResult.Reissued, await app.WithAsync((ReissueInvoice reissue) => reissue.RunAsync(first.Id, 11000, new("The Trust", null, "trust@school.example", null), by, Ct)));
        var second = await app.InvoiceOfAsync(first.BookingId);

        var next = await CheckoutAsync(second);
        Assert.Equal("expired", app.StatusOf(checkout));
        app.Stripe.Pay(next);
        await app.RingAsync(next);

        Assert.Equal(StartPaymentResult.AlreadyPaid, (await StartAsync(first)).Result);
        Assert.Equal([(second.Id, 5500), (second.Id, 5500)], await EntriesAsync(second));
        await app.CheckAsync();
    }

    private Task<StartPaymentOutcome> StartAsync(Invoice invoice) => app.WithAsync((StartInvoicePayment start) => start.RunAsync(invoice.Id, Ct));

    private async Task<string> CheckoutAsync(Invoice invoice)
    {
        var outcome = await StartAsync(invoice);
        Assert.Equal(StartPaymentResult.Pay, outcome.Result);
        return outcome.Url!.Segments[^1];
    }

    private async Task CancelOneAsync(Invoice invoice)
    {
        var place = await app.WithAsync((TrainingHubDb db) => db.Places.Where(place => place.BookingId == invoice.BookingId).OrderBy(place => place.Id).Select(place => place.Id).FirstAsync(Ct));
        Assert.Equal(CancelResult.Cancelled, await app.WithAsync((CancelBooking cancel) => cancel.RunAsync(invoice.BookingId, place, Ct)));
        Assert.Equal(1, await app.RunJobAsync(nameof(IssueInvoices)));
    }

    private Task<List<(Guid, int)>> EntriesAsync(Invoice invoice) => app.WithAsync(async (TrainingHubDb db) =>
        (await db.LedgerEntries.Where(entry => entry.BookingId == invoice.BookingId && entry.Kind == TrainingHub.Payments.LedgerKind.Payment)
            .Select(entry => new { entry.InvoiceId, entry.AmountPence }).ToListAsync(Ct)).ConvertAll(entry => (entry.InvoiceId ?? Guid.Empty, entry.AmountPence)));
}
