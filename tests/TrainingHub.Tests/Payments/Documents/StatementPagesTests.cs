using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Desk;
using TrainingHub.Payments;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Portal;
using TrainingHub.Tests.People;
using TrainingHub.Tests.Portal;
using Xunit;

namespace TrainingHub.Tests.Payments.Documents;

/// <summary>What an organisation owes on invoices: for staff, for its training leads, and for whoever was sent a link.</summary>
public sealed class StatementPagesTests(PayApp app) : IClassFixture<PayApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Statement_PartPaidInvoice_SaysWhatIsOpenAndAgreesWithAgedDebt()
    {
        var organisation = await OwingAsync("Hill School", paidPence: 5000);
        var staff = await app.BrowseAsStaffAsync();

        var page = await staff.GetAsync(DeskUrls.Statement(organisation.Id));
        var aged = await staff.GetAsync(PaymentUrls.AgedDebt);
        var file = await staff.GetAsync($"{PaymentUrls.AgedDebt}?file=csv");
        var rows = await aged.FollowAsync(organisation.Name);

        Assert.Contains("£60.00 balance", page.Main);
        Assert.Contains("Payment, thank you", page.Main);
        Assert.Contains("−£50.00", page.Main);
        Assert.Contains($"{organisation.Name},1,60.00,0.00,0.00,0.00,0.00,60.00", file.Text);
        Assert.Contains($"Invoices of {organisation.Name} only", rows.Main);
        Assert.Contains("1 invoice", rows.Main);
        Assert.Equal(PdfWriter.ContentType, (await staff.Client.GetAsync(DeskUrls.StatementFile(organisation.Id, new FinancialYear(2026)), Ct)).Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Statement_SentByEmail_OpensByItsLinkAlone()
    {
        var (organisation, other) = (await OwingAsync("Vale School", paidPence: 0), await OwingAsync("Dale School", paidPence: 0));
        var staff = await app.BrowseAsStaffAsync();
        var page = await staff.GetAsync(DeskUrls.Statement(organisation.Id));

        var wrong = await page.SubmitAsync(form => form["To"] = "finance", button: "Send the statement");
        var sent = await wrong.SubmitAsync(form => form["To"] = "finance@vale.example", button: "Send the statement");
        var browser = app.Browse();
        var opened = await browser.GetAsync(PaymentUrls.PrivateStatement(await app.LinkAsync(SendStatement.LinkPurpose, organisation.Id)));

        Assert.Equal("finance", wrong.Find("#To").GetAttribute("value"));
        Assert.Single(wrong.Errors);
        Assert.Contains("on its way to finance@vale.example", sent.Main);
        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(email => email.Kind == "statement-ready" && email.ToAddress == "finance@vale.example", Ct)));
        Assert.Equal($"Statement: {organisation.Name}", opened.Heading);
        Assert.Contains("£110.00 balance", opened.Main);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(PaymentUrls.Statement(other.Id))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(PaymentUrls.Statement(organisation.Id))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(PaymentUrls.PrivateStatement("nothing"))).Status);
    }

    [Fact]
    public async Task Statement_OfALead_ShowsTheirOrganisationAndNoOther()
    {
        var (organisation, other) = (await OwingAsync("Moor School", paidPence: 0), await OwingAsync("Fen School", paidPence: 0));
        await app.Given.LeadAsync(organisation.Id, "lead@moor.example");

        var page = await (await app.SignInByCodeAsync("lead@moor.example")).Browser.GetAsync(PortalUrls.Statement(organisation.Id));

        Assert.Contains("£110.00 balance", page.Main);
        Assert.Equal(PdfWriter.ContentType, (await page.Browser.Client.GetAsync(PortalUrls.StatementFile(organisation.Id), Ct)).Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, (await page.Browser.GetAsync(PortalUrls.Statement(other.Id))).Status);
    }

    private async Task<Organisation> OwingAsync(string name, int paidPence)
    {
        var organisation = await app.Given.OrganisationAsync($"{name} {Guid.NewGuid():N}", isApproved: true);
        var booked = await app.World.BookAsync(await app.RunAsync(capacity: 10, days: 90), $"{Guid.NewGuid():N}@delegates.example", $"{Guid.NewGuid():N}@delegates.example");
        await app.WithAsync((TrainingHubDb db) => db.Bookings.Where(one => one.Id == booked.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.OrganisationId, organisation.Id), Ct));
        await app.RunJobAsync(nameof(IssueInvoices));
        if (paidPence > 0)
        {
            var invoice = await app.WithAsync((TrainingHubDb db) => db.Invoices.Where(one => one.BookingId == booked.Id).Select(one => one.Id).SingleAsync(Ct));
            var by = new Actor(await app.StaffAsync(), "Fay Finance");
            var paid = new DeskPayment(DeskWay.BankTransfer, paidPence, London.DateOf(app.Clock.Now), null);
            Assert.Equal(RecordInvoicePaymentResult.Recorded, await app.WithAsync<RecordInvoicePayment, RecordInvoicePaymentResult>(record => record.RunAsync(invoice, 11000, paid, by, Ct)));
        }

        return organisation;
    }
}
