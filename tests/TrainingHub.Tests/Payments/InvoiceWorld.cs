using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>Invoices that were issued by the job, and what is looked at of them.</summary>
internal static class InvoiceWorld
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Actor> ActorAsync(this PayApp app) => new(await app.StaffAsync(), "Ann Coordinator");

    /// <summary>An invoice over so many places at £55, to finance@school.example.</summary>
    public static async Task<Invoice> IssuedAsync(this PayApp app, int places = 2)
    {
        var delegates = Enumerable.Range(0, places).Select(_ => $"{Guid.NewGuid():N}@delegates.example").ToArray();
        var booked = await app.World.BookAsync(await app.RunAsync(capacity: 10), delegates);
        await app.RunJobAsync(nameof(IssueInvoices));
        return await app.InvoiceOfAsync(booked.Id);
    }

    public static Task<Invoice> InvoiceOfAsync(this PayApp app, Guid booking) => app.WithAsync((TrainingHubDb db) =>
        db.Invoices.AsNoTracking().Where(invoice => invoice.BookingId == booking).OrderByDescending(invoice => invoice.Number).FirstAsync(Ct));

    public static Task<int> OpenPenceAsync(this PayApp app, Invoice invoice) => app.WithAsync((TrainingHubDb db) =>
        db.Invoices.Where(one => one.Id == invoice.Id).Select(one => one.OpenPence).SingleAsync(Ct));

    /// <summary>A browser in which the invoice’s own link was opened, and nothing else of the booking.</summary>
    public static async Task<(TestBrowser Browser, string Reference)> OpenInvoiceAsync(this PayApp app, Invoice invoice)
    {
        var browser = app.Browse();
        await browser.GetAsync(PaymentUrls.PrivateInvoice(await app.LinkAsync(WriteDocuments.LinkPurpose, invoice.BookingId)));
        return (browser, (await app.BookingAsync(invoice.BookingId)).Reference);
    }

    /// <summary>Money that staff have for it.</summary>
    public static async Task<RecordInvoicePaymentResult> ReceiveAsync(this PayApp app, Invoice invoice, int pence)
    {
        var (open, by) = (await app.OpenPenceAsync(invoice), await app.ActorAsync());
        return await app.WithAsync((RecordInvoicePayment record) => record.RunAsync(
            invoice.Id, open, new(DeskWay.BankTransfer, pence, London.DateOf(app.Clock.Now), "BACS 7"), by, Ct));
    }

    /// <summary>So many days after the day on which it was due.</summary>
    public static void AdvanceTo(this PayApp app, Invoice invoice, int daysAfterDue) =>
        app.Clock.Advance(London.Instant(invoice.DueOn.AddDays(daysAfterDue), new TimeOnly(9, 0)) - app.Clock.Now);

    public static async Task<int> EmailsAsync(this PayApp app, Invoice invoice, string kind)
    {
        var reference = (await app.BookingAsync(invoice.BookingId)).Reference;
        return await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(email => email.About == reference && email.Kind == kind, Ct));
    }
}
