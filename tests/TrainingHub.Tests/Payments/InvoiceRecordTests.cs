using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>What staff do about an invoice from its own page, and what the page then says of it.</summary>
public sealed class InvoiceRecordTests(PayApp app) : IClassFixture<PayApp>
{
    private const string Strange = "000123/A&B#7 <x> \"q\" 2026-27 SAFEGUARD'G";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MakeOut_ToSomebodyElse_ShowsWhatItChangesThenDoesItOnce()
    {
        var invoice = await app.IssuedAsync();
        var staff = await app.BrowseAsStaffAsync();
        var form = await (await PageAsync(staff, invoice)).FollowAsync("Make out to somebody else");

        var same = await form.SubmitAsync(button: "Continue");
        Assert.StartsWith("It is made out to them already.", Assert.Single(same.Errors), StringComparison.Ordinal);
        var wrong = await form.SubmitAsync(fields => (fields["Name"], fields["Email"], fields["Address"]) = ("", "nobody", "1 High Street"), button: "Continue");
        Assert.Equal(["Enter who the invoice is made out to", "Enter an email address in the correct format, like name@example.com"], wrong.Errors);
        Assert.Equal(("nobody", "1 High Street"), (wrong.Find("[name=Email]").GetAttribute("value"), wrong.Find("[name=Address]").TextContent.Trim()));
        var preview = await wrong.SubmitAsync(fields => (fields["Name"], fields["Email"], fields["PurchaseOrder"]) = ("The Trust", "trust@school.example", Strange), button: "Continue");
        Assert.Contains("Over £110, to The Trust", preview.Main, StringComparison.Ordinal);
        Assert.Contains("trust@school.example of the new invoice", preview.Main, StringComparison.Ordinal);
        Assert.Equal("The Trust", (await preview.SubmitAsync(button: "Change what I typed")).Find("[name=Name]").GetAttribute("value"));
        Assert.Equal(11000, await app.OpenPenceAsync(invoice));
        var done = await preview.SubmitAsync(button: "Make it out to them");
        await preview.SubmitAsync(button: "Make it out to them");

        var next = await app.InvoiceOfAsync(invoice.BookingId);
        Assert.Equal((0, 11000, "The Trust", "1 High Street", Strange), (await app.OpenPenceAsync(invoice), next.OpenPence, next.BillingName, next.PostalAddress, next.PurchaseOrder));
        Assert.Contains($"Replaced by {next.NumberWords}", done.Main, StringComparison.Ordinal);
        Assert.Contains("Invoice made out to somebody else", done.Main, StringComparison.Ordinal);
        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.CreditNotes.CountAsync(note => note.InvoiceId == invoice.Id, Ct)));
        Assert.Equal((1, 2), (await app.EmailsAsync(invoice, "credit-note-issued"), await app.EmailsAsync(invoice, "invoice-issued")));
        await app.AuditAsync();
    }

    [Fact]
    public async Task MakeOut_SomethingWasCreditedMeanwhile_ShowsItAgain()
    {
        var invoice = await app.IssuedAsync();
        var form = await (await app.BrowseAsStaffAsync()).GetAsync(PaymentUrls.InvoiceTo(invoice.Number));

        var stale = await form.SubmitAsync(fields => (fields["Name"], fields["Seen"]) = ("The Trust", "1"), button: "Continue");
        var refused = await stale.SubmitAsync(fields => fields["Seen"] = "1", button: "Make it out to them");

        Assert.StartsWith("What is left of the invoice has changed meanwhile.", Assert.Single(refused.Errors), StringComparison.Ordinal);
        Assert.Equal(11000, await app.OpenPenceAsync(invoice));
    }

    [Fact]
    public async Task PurchaseOrder_ByStaffAndByThePayer_IsShownAsTyped()
    {
        var invoice = await app.IssuedAsync();
        var staff = await app.BrowseAsStaffAsync();
        var form = await staff.GetAsync(PaymentUrls.InvoiceOrder(invoice.Number));

        Assert.Equal("Enter the purchase order", Assert.Single((await form.SubmitAsync(fields => fields["PurchaseOrder"] = "")).Errors));
        var tooLong = await form.SubmitAsync(fields => fields["PurchaseOrder"] = new string('7', Booking.PurchaseOrderLength + 1));
        Assert.Single(tooLong.Errors);
        Assert.Equal(new string('7', Booking.PurchaseOrderLength + 1), tooLong.Find("[name=PurchaseOrder]").GetAttribute("value"));
        var saved = await form.SubmitAsync(fields => fields["PurchaseOrder"] = Strange);
        await form.SubmitAsync(fields => fields["PurchaseOrder"] = Strange);
        Assert.Contains(Strange, saved.Main, StringComparison.Ordinal);

        var (browser, reference) = await app.OpenInvoiceAsync(invoice);
        var page = await browser.GetAsync(PaymentUrls.Document(reference, invoice.NumberWords));
        Assert.Contains(Strange, page.Main, StringComparison.Ordinal);
        Assert.Equal("Enter your purchase order", Assert.Single((await page.SubmitAsync(selector: "form[action*=Order]")).Errors));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var given = await page.SubmitAsync(fields => fields["PurchaseOrder"] = "0042", "form[action*=Order]");

        Assert.Contains("0042 (added on", given.Main, StringComparison.Ordinal);
        Assert.Equal([Strange, "0042"], await app.WithAsync((TrainingHubDb db) => db.LaterPurchaseOrders.Where(order => order.InvoiceId == invoice.Id).OrderBy(order => order.AddedAt).Select(order => order.PurchaseOrder).ToListAsync(Ct)));
        Assert.Contains(invoice.NumberWords, (await staff.GetAsync("/staff/invoices?q=0042")).Main, StringComparison.Ordinal);
        Assert.Equal("0042", (await app.BookingAsync(invoice.BookingId)).PurchaseOrder);
    }

    [Fact]
    public async Task WriteOff_AndBack_AreSaidWithTheirReason()
    {
        var invoice = await app.IssuedAsync();
        await app.ReceiveAsync(invoice, 3000);
        var staff = await app.BrowseAsStaffAsync();
        var form = await (await PageAsync(staff, invoice)).FollowAsync("Write off");

        Assert.Equal("Say why it is written off", Assert.Single((await form.SubmitAsync()).Errors));
        var stale = await form.SubmitAsync(fields => (fields["Reason"], fields["Seen"]) = ("Closed down", "1"));
        Assert.Equal("Closed down", stale.Find("[name=Reason]").TextContent.Trim());
        var off = await form.SubmitAsync(fields => fields["Reason"] = "Closed down");
        Assert.Equal(0, await app.OpenPenceAsync(invoice));
        Assert.Contains("Closed down", off.Main, StringComparison.Ordinal);
        Assert.Contains("Payment to the training team, bank transfer, BACS 7", off.Main, StringComparison.Ordinal);
        var back = await off.SubmitAsync(selector: "form[action*=TakeBack]");
        await off.SubmitAsync(selector: "form[action*=TakeBack]");

        Assert.Equal(8000, await app.OpenPenceAsync(invoice));
        Assert.Contains("Write-off taken back", back.Main, StringComparison.Ordinal);
        Assert.Empty(back.All("form[action*=TakeBack]"));
        await app.AuditAsync();
    }

    [Fact]
    public async Task SendAgainAndRemind_PressedTwice_SendOneEach()
    {
        var invoice = await app.IssuedAsync();
        var staff = await app.BrowseAsStaffAsync();
        var page = await PageAsync(staff, invoice);
        Assert.DoesNotContain("Remind now", page.All("main button"));

        await page.SubmitAsync(selector: "form[action*=Send]");
        var sent = await page.SubmitAsync(selector: "form[action*=Send]");
        Assert.Contains($"Invoice {invoice.NumberWords} sent again", sent.Main, StringComparison.Ordinal);
        app.AdvanceTo(invoice, 2);
        staff = await app.BrowseAsStaffAsync();
        Assert.Contains(invoice.NumberWords, (await staff.GetAsync("/staff/invoices?show=remind")).Main, StringComparison.Ordinal);
        page = await PageAsync(staff, invoice);
        await page.SubmitAsync(selector: "form[action*=Remind]");
        var reminded = await page.SubmitAsync(selector: "form[action*=Remind]");

        Assert.Equal((2, 1), (await app.EmailsAsync(invoice, "invoice-issued"), await app.EmailsAsync(invoice, "invoice-reminder")));
        Assert.Contains("Once, last on", reminded.Main, StringComparison.Ordinal);
        Assert.DoesNotContain(invoice.NumberWords, (await staff.GetAsync("/staff/invoices?show=remind")).Main, StringComparison.Ordinal);
        Assert.Contains("reminded once, last on", (await staff.GetAsync("/staff")).Main, StringComparison.Ordinal);
    }

    private static Task<TestPage> PageAsync(TestBrowser staff, Invoice invoice) => staff.GetAsync(PaymentUrls.StaffInvoice(invoice.Number));
}
