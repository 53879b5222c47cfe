using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform.Files;
using TrainingHub.Tests.People;
using TrainingHub.Tests.Platform.Files;
using Xunit;

namespace TrainingHub.Tests.Payments.Documents;

/// <summary>Invoices and credit notes as files beside their pages, for payers and for staff, and nobody else.</summary>
public sealed class DocumentPagesTests(PayApp app) : IClassFixture<PayApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_OfAnInvoiceAndItsCreditNote_ArePdfAndXmlForTheirPayer()
    {
        var (booking, invoice, credit) = await CreditedAsync();
        var browser = app.Browse();
        await browser.GetAsync(PaymentUrls.PrivateInvoice(await app.LinkAsync("invoice", booking.Id)));
        var page = PaymentUrls.Document(booking.Reference, invoice);

        var pdf = await browser.Client.GetAsync(PaymentUrls.Pdf(page), Ct);
        var xml = await browser.GetAsync(PaymentUrls.Xml(page));
        var note = await browser.GetAsync(PaymentUrls.Xml(PaymentUrls.Document(booking.Reference, credit)));

        Assert.Equal(PdfWriter.ContentType, pdf.Content.Headers.ContentType?.MediaType);
        Assert.Contains("110.00", new PdfFile(await pdf.Content.ReadAsByteArrayAsync(Ct)).Text, StringComparison.Ordinal);
        Assert.Equal($"{invoice}.xml", xml.Response.Content.Headers.ContentDisposition?.FileName);
        Assert.Contains("<cbc:PayableAmount currencyID=\"GBP\">110.00", xml.Text, StringComparison.Ordinal);
        Assert.Contains("<cbc:CreditNoteTypeCode>381", note.Text, StringComparison.Ordinal);
        Assert.Contains(PaymentUrls.Pdf(page), (await browser.GetAsync(page)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_OfSomebodyElse_AreNotShown()
    {
        var (_, invoice, _) = await CreditedAsync();
        var (other, own, _) = await CreditedAsync();
        var browser = app.Browse();
        await browser.GetAsync(PaymentUrls.PrivateInvoice(await app.LinkAsync("invoice", other.Id)));

        var theirs = await browser.GetAsync(PaymentUrls.Pdf(PaymentUrls.Document(other.Reference, invoice)));
        var byNobody = await app.Browse().GetAsync(PaymentUrls.Pdf(PaymentUrls.Document(other.Reference, own)));

        Assert.Equal(HttpStatusCode.NotFound, theirs.Status);
        Assert.NotEqual(PdfWriter.ContentType, byNobody.Response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Files_ForStaff_AreThereByNumber()
    {
        var (_, invoice, credit) = await CreditedAsync();
        var staff = await app.BrowseAsStaffAsync();

        Assert.Equal(PdfWriter.ContentType, (await staff.Client.GetAsync(PaymentUrls.Pdf(PaymentUrls.StaffDocument(invoice)), Ct)).Content.Headers.ContentType?.MediaType);
        Assert.Contains("CreditNoteLine", (await staff.GetAsync(PaymentUrls.Xml(PaymentUrls.StaffDocument(credit)))).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync(PaymentUrls.Pdf(PaymentUrls.StaffDocument("INV-99999")))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync(PaymentUrls.StaffDocument(invoice))).Status);
    }

    private async Task<(Booking Booking, string Invoice, string Credit)> CreditedAsync()
    {
        var booked = await app.World.BookAsync(await app.RunAsync(capacity: 10, days: 90), $"{Guid.NewGuid():N}@delegates.example", $"{Guid.NewGuid():N}@delegates.example");
        await app.RunJobAsync(nameof(IssueInvoices));
        var place = await app.WithAsync((TrainingHubDb db) => db.Places.Where(one => one.BookingId == booked.Id).OrderBy(one => one.Id).Select(one => one.Id).FirstAsync(Ct));
        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booked.Id, place, Ct, shownPence: 0));
        await app.RunJobAsync(nameof(IssueInvoices));
        var paper = Assert.Single(await app.WithAsync((TrainingHubDb db) => InvoicePaper.OfBookingAsync(db, booked.Id, Ct)));
        return (await app.BookingAsync(booked.Id), paper.Invoice.NumberWords, Assert.Single(paper.Credits).Note.NumberWords);
    }
}
