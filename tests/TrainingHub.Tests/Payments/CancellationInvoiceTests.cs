using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>What stays due of a booking that is paid by invoice: the invoice asks for it, and it can be paid.</summary>
public sealed class CancellationInvoiceTests(PayApp app) : IClassFixture<PayApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Actor By => new(Guid.CreateVersion7(), "Ann Coordinator");

    [Fact]
    public async Task CancelByInvoice_Late_TheInvoiceAsksForWhatStaysDue()
    {
        var run = await app.RunAsync(capacity: 10);
        var booked = await app.World.BookAsync(run, $"{Guid.NewGuid():N}@delegates.example", $"{Guid.NewGuid():N}@delegates.example");
        await app.RunJobAsync(nameof(IssueInvoices));
        await app.ToPercentAsync(run, 50);
        var place = await app.PlaceAsync(booked.Id);

        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booked.Id, place, Token, shownPence: 2750));

        Assert.Equal(1, await app.RunJobAsync(nameof(IssueInvoices)));
        Assert.Equal((11000, 8250), await AskedAsync(booked.Id));
        Assert.Equal(0, await app.RunJobAsync(nameof(FlagCancelledPayments)));
        await app.AuditAsync();
    }

    [Fact]
    public async Task CancelByInvoice_TheWholeOnTheLastDays_StaysAskedForAndCanBePaid()
    {
        var run = await app.RunAsync(capacity: 10);
        var booked = await app.World.BookAsync(run, $"{Guid.NewGuid():N}@delegates.example");
        await app.RunJobAsync(nameof(IssueInvoices));
        await app.ToPercentAsync(run, 100);

        Assert.Equal(CancelResult.Cancelled, await app.CancelAsync(booked.Id, shownPence: 5500));

        Assert.Equal(0, await app.RunJobAsync(nameof(IssueInvoices)));
        var invoice = await app.WithAsync((TrainingHubDb db) => db.Invoices.AsNoTracking().SingleAsync(one => one.BookingId == booked.Id, Token));
        Assert.Equal(5500, invoice.OpenPence);
        var paid = new DeskPayment(DeskWay.BankTransfer, 5500, London.DateOf(app.Clock.Now), null);
        Assert.Equal(RecordInvoicePaymentResult.Recorded, await app.WithAsync<RecordInvoicePayment, RecordInvoicePaymentResult>(record => record.RunAsync(invoice.Id, 5500, paid, By, Token)));
        Assert.Equal(RecordInvoicePaymentResult.Changed, await app.WithAsync<RecordInvoicePayment, RecordInvoicePaymentResult>(record => record.RunAsync(invoice.Id, 5500, paid, By, Token)));
        Assert.True(await app.WithAsync((TrainingHubDb db) => db.Invoices.Where(invoice => invoice.BookingId == booked.Id).Select(invoice => invoice.IsSettled).SingleAsync(Token)));
        await app.AuditAsync();
    }

    private Task<(int Asked, int Open)> AskedAsync(Guid booking) => app.WithAsync(async (TrainingHubDb db) =>
    {
        var money = await db.InvoiceMoney.SingleAsync(one => one.BookingId == booking, Token);
        return (money.AmountPence, money.OpenPence);
    });

    [Fact]
    public async Task Invoice_OfSeveral_ListsThemInTheOrderOfBooking()
    {
        var people = Enumerable.Range(0, 8).Select(_ => $"{Guid.NewGuid():N}@delegates.example").ToArray();
        var booked = await app.World.BookAsync(await app.RunAsync(capacity: 10), people);
        await app.RunJobAsync(nameof(IssueInvoices));
        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booked.Id, Token, shownPence: 0));
        await app.RunJobAsync(nameof(IssueInvoices));

        var paper = (await app.WithAsync((TrainingHubDb db) => InvoicePaper.OfBookingAsync(db, booked.Id, Token)))[0];

        var names = people.Select(email => $"Person {email}");
        Assert.Equal(names, paper.Lines.Select(line => line.DelegateName));
        Assert.Equal(names, paper.Credits[0].Lines.Select(line => line.DelegateName));
    }

    [Fact]
    public async Task CancelByInvoice_BeforeItWasIssued_IsAskedForAlone()
    {
        var run = await app.RunAsync(capacity: 10);
        var booked = await app.World.BookAsync(run, $"{Guid.NewGuid():N}@delegates.example");
        await app.ToPercentAsync(run, 50);

        await app.CancelAsync(booked.Id, shownPence: 2750);
        await app.RunJobAsync(nameof(IssueInvoices));

        Assert.Equal(2750, await app.WithAsync((TrainingHubDb db) => db.Invoices.Where(invoice => invoice.BookingId == booked.Id).Select(invoice => invoice.AmountPence).SingleAsync(Token)));
        var browser = app.Browse();
        await browser.GetAsync(BookingUrls.PrivateLink(await app.LinkAsync(Booking.LinkPurpose, booked.Id)));
        var page = await browser.GetAsync(BookingUrls.Invoice(booked.Reference));
        Assert.Contains("Cancelled late", page.Main, StringComparison.Ordinal);
        Assert.Contains("£27.50", page.Main, StringComparison.Ordinal);
        await app.AuditAsync();
    }
}
