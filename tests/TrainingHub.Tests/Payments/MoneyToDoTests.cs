using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>The one list of what needs a person: what is on it and why, what is not, and that nothing is said to be done while it waits.</summary>
public sealed class MoneyToDoTests(PayApp app) : IClassFixture<PayApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Problem_IsListedWithItsSumUntilItIsDecided()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Falsify(checkout, 100);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);

        var row = await RowAsync(booking, ToDoKind.Decide);
        Assert.Equal(("£1", "Decide"), (row.Sum, row.Act!.Words));
        Assert.StartsWith("A payment came with another amount", row.Why, StringComparison.Ordinal);
        var (payment, by) = (await app.PaymentAsync(booking), await app.ActorAsync());
        await app.WithAsync((DecidePayment decide) => decide.RefundAsync(payment.Id, 100, by, Ct));
        Assert.Empty(await RowsAsync(booking));
    }

    [Fact]
    public async Task Dispute_IsListedWithItsDeadlineAndComesFirst()
    {
        var due = new DateTimeOffset(2027, 1, 15, 23, 59, 0, TimeSpan.Zero);
        var (booking, intent) = await PaidAsync();
        await app.RingAsync(app.Stripe.Dispute(intent, due));

        Assert.Equal(due, (await RowAsync(booking, ToDoKind.Disputed)).DueAt);
        var page = await (await app.BrowseAsStaffAsync()).GetAsync(PaymentUrls.ToDo);
        Assert.Contains("Answer by 15 January 2027 at 11:59pm", page.All("main tbody tr")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overpaid_ByHandAndByFile_AreListedOnce()
    {
        var invoice = await app.IssuedAsync(places: 1);
        await app.ReceiveAsync(invoice, 8500);
        var imported = await PlaceAsync(PaymentMethod.Card, BookingOrigin.Import);
        var (paid, entries) = Given.NewPaid([imported.Place], 9500, app.Clock.Now, PaymentProvider.Imported);
        await app.WithAsync(async (TrainingHubDb db) =>
        {
            db.Add(paid);
            await db.SaveChangesAsync(Ct);
            db.AddRange(entries);
            return await db.SaveChangesAsync(Ct);
        });

        Assert.Equal((ToDoKind.PayBack, 3000, "Staff took more than the places cost. No job pays it back."), Assert.Single((await RowsAsync(invoice.BookingId)).Select(row => (row.Kind, row.Pence, row.Why))));
        Assert.Equal((ToDoKind.Overpaid, 4000), Assert.Single((await RowsAsync(imported.Booking.Id)).Select(row => (row.Kind, row.Pence))));
    }

    [Fact]
    public async Task PaidWithoutAPlace_ByHand_IsToBePaidBack()
    {
        var invoice = await app.IssuedAsync(places: 1);
        await app.ReceiveAsync(invoice, 5500);
        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(invoice.BookingId, Ct));

        Assert.Equal(("£55", "Record it as paid back"), Assert.Single((await RowsAsync(invoice.BookingId)).Where(row => row.Kind == ToDoKind.PayBack).Select(row => (row.Sum, row.Act!.Words))));
    }

    [Theory]
    [InlineData(true, 23, false)]
    [InlineData(true, 25, true)]
    [InlineData(false, 0, false)]
    [InlineData(false, 2, true)]
    public async Task Refund_NotConfirmed_IsListedAfterItsTime_AndNothingSaysThatItIsMade(bool isTaken, int hours, bool isListed)
    {
        var (booking, intent) = await PaidAsync();
        await app.CancelForLaterAsync(booking);
        await app.RunJobAsync(nameof(FlagCancelledPayments));
        var (payment, by) = (await app.PaymentAsync(booking), await app.ActorAsync());
        Assert.Equal(DecidePaymentResult.Done, await app.WithAsync((DecidePayment decide) => decide.RefundAsync(payment.Id, 11000, by, Ct)));
        if (isTaken)
        {
            app.Stripe.KeepRefundsPending();
            await app.RunJobAsync(nameof(SendRefunds));
            app.Stripe.KeepRefundsPending(false);
        }

        app.Clock.Advance(TimeSpan.FromHours(hours));

        Assert.Equal(isListed, (await RowsAsync(booking)).Any(row => row.Kind == ToDoKind.Refund));
        var staff = await app.BrowseAsStaffAsync();
        var reference = (await app.BookingAsync(booking)).Reference;
        var list = (await staff.GetAsync(PaymentUrls.StaffPayments + "?show=refunds")).All("main tbody tr").Single(row => row.Contains(reference, StringComparison.Ordinal));
        Assert.Contains("decided, the refund is not made yet", list, StringComparison.Ordinal);
        string[] pages = [list, (await staff.GetAsync(PaymentUrls.StaffPayment(payment.Id))).Main, (await staff.GetAsync(BookingUrls.StaffBooking(reference))).Main];
        Assert.All(pages, page => Assert.DoesNotContain("dealt with", page, StringComparison.OrdinalIgnoreCase));
        Assert.All(pages[1..], page => Assert.DoesNotContain("Refunded", page, StringComparison.Ordinal));
        Assert.All(pages[1..], page => Assert.Contains(isTaken ? "With the bank" : "On its way to Stripe", page, StringComparison.Ordinal));

        await FinishAsync(booking);
        Assert.DoesNotContain(await RowsAsync(booking), row => row.Kind == ToDoKind.Refund);
        Assert.Contains("Refunded", (await staff.GetAsync(PaymentUrls.StaffPayment(payment.Id))).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoice_PastItsDate_IsListedAndReminded_FromTheList()
    {
        var invoice = await app.IssuedAsync();
        Assert.Empty(await RowsAsync(invoice.BookingId));
        app.AdvanceTo(invoice, daysAfterDue: 3);

        var staff = await app.BrowseAsStaffAsync();
        var list = await staff.GetAsync($"{PaymentUrls.ToDoOf(ToDoKind.PastDue)}&q={invoice.NumberWords}");
        Assert.Contains("3 days", Assert.Single(list.All("main tbody tr")), StringComparison.Ordinal);
        var done = await list.SubmitAsync();

        Assert.Contains("The reminder is on its way.", done.Text, StringComparison.Ordinal);
        Assert.Contains("Reminded once", (await RowAsync(invoice.BookingId, ToDoKind.PastDue)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoneyInTheBank_SaysWhatItMayBeFor()
    {
        await app.StaffAsync();
        var invoice = await app.IssuedAsync(places: 1);
        var some = await app.Given.BankLineAsync($"SOMEBODY {invoice.NumberWords}", 2000, London.DateOf(app.Clock.Now));
        var none = await app.Given.BankLineAsync("NOBODY AT ALL", 123457, London.DateOf(app.Clock.Now));

        var rows = (await ReadAsync()).Where(row => row.Kind == ToDoKind.Bank).ToDictionary(row => row.Url, row => row.Why);

        Assert.Equal($"It may be for {invoice.NumberWords}. Nobody has agreed to it.", rows[PaymentUrls.BankLine(some.Id)]);
        Assert.Equal("It names no invoice, and no open one has its sum.", rows[PaymentUrls.BankLine(none.Id)]);
    }

    [Fact]
    public async Task NoAddressForTheInvoice_IsListed_AndIsIssuedOnceThereIsOne()
    {
        var made = await app.World.BookAsync(await app.RunAsync(capacity: 10), $"{Guid.NewGuid():N}@delegates.example");
        await app.World.ExecuteAsync("update bookings set booker_email = null, invoice_email = null where id = $1", made.Id);
        await app.RunJobAsync(nameof(IssueInvoices));
        Assert.Empty(await RowsAsync(made.Id));
        app.Clock.Advance(TimeSpan.FromHours(2));

        var row = await RowAsync(made.Id, ToDoKind.NotInvoiced);
        Assert.Equal((5500, "Add an address", BookingUrls.StaffBooker((await app.BookingAsync(made.Id)).Reference)), (row.Pence, row.Act!.Words, row.Act.Url));
        await app.World.ExecuteAsync("update bookings set booker_email = 'bea@school.example' where id = $1", made.Id);
        await app.RunJobAsync(nameof(IssueInvoices));

        Assert.Empty(await RowsAsync(made.Id));
        Assert.Equal(5500, (await app.InvoiceOfAsync(made.Id)).AmountPence);
    }

    [Fact]
    public async Task Difference_IsListedComparedAndExplained()
    {
        var (booking, _) = await PaidAsync();
        app.Stripe.Tamper((await app.PaymentAsync(booking)).CheckoutSessionId!, "amount_total", 12000);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunJobAsync(nameof(CompareWithStripe));
        var staff = await app.BrowseAsStaffAsync();
        var reference = (await app.BookingAsync(booking)).Reference;

        var list = await staff.GetAsync($"{PaymentUrls.ToDoOf(ToDoKind.Difference)}&q={reference}");
        Assert.Contains("Here: £110. In Stripe: £120.", Assert.Single(list.All("main tbody tr")), StringComparison.Ordinal);
        Assert.Contains("What differs is in the list above.", list.Main, StringComparison.Ordinal);
        Assert.Contains($"Payment for {reference}", (await staff.GetAsync("/staff")).Main, StringComparison.Ordinal);
        var page = await list.FollowAsync($"Compare: Payment for {reference}");
        Assert.Equal(["Say why they differ"], (await page.SubmitAsync()).Errors);
        var tooLong = await page.SubmitAsync(fields => fields["Note"] = new string('x', 201));
        Assert.Equal(("The reason must be 200 characters or fewer", 201), (Assert.Single(tooLong.Errors), tooLong.Find("[name=Note]").TextContent.Trim().Length));
        Assert.StartsWith("It has changed", Assert.Single((await page.SubmitAsync(fields => (fields["Note"], fields["Seen"]) = ("A gift", "£1|£2"))).Errors), StringComparison.Ordinal);
        var done = await page.SubmitAsync(fields => fields["Note"] = "A gift");

        Assert.Equal(PaymentUrls.ToDo, done.Address);
        Assert.Empty(await RowsAsync(booking));
        Assert.Contains("A gift", (await staff.GetAsync(page.Address)).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_IsSearchedSortedAndTakenAsAFile()
    {
        await app.StaffAsync();
        var today = London.DateOf(app.Clock.Now);
        await app.Given.BankLineAsync("ZEBRA STRIPES", 777701, today.AddDays(-2));
        await app.Given.BankLineAsync("ZEBRA HOOVES", 777702, today.AddDays(-9));
        var staff = await app.BrowseAsStaffAsync();

        Task<IReadOnlyList<string>> Names(string query) => NamesAsync(staff, query);
        Assert.Equal(["ZEBRA HOOVES", "ZEBRA STRIPES"], await Names("q=zebra"));
        Assert.Equal(["ZEBRA STRIPES", "ZEBRA HOOVES"], await Names("q=zebra&sort=waits"));
        Assert.Equal(["ZEBRA HOOVES", "ZEBRA STRIPES"], await Names("q=zebra&sort=-sum"));
        Assert.Equal(["ZEBRA STRIPES"], await Names("q=7777.01"));
        Assert.Empty(await Names("q=zebra&show=NotInvoiced"));
        Assert.Contains("Nothing matches.", (await staff.GetAsync($"{PaymentUrls.ToDo}?q=giraffe")).Main, StringComparison.Ordinal);
        var file = await staff.Client.GetStringAsync($"{PaymentUrls.ToDo}?q=zebra&show=Bank&file=csv", Ct);
        Assert.Equal(
            ["kind,what,who,booking,why,since,days,answer_by,sum", $"Money in the bank,ZEBRA HOOVES,,,\"It names no invoice, and no open one has its sum.\",{today.AddDays(-9):yyyy-MM-dd},9,,7777.02"],
            file.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n')[..2]);
    }

    [Fact]
    public async Task WhoOnlyReads_SeesNoAct()
    {
        await app.StaffAsync();
        await app.Given.BankLineAsync("OCTOPUS", 5000, London.DateOf(app.Clock.Now));

        var page = await (await app.BrowseAsAsync([StaffRole.BookingOfficer])).GetAsync(PaymentUrls.ToDo + "?q=octopus");

        Assert.Contains("OCTOPUS", page.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Say what it is for", page.Main, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(TestBrowser staff, string query) => (await staff.GetAsync($"{PaymentUrls.ToDo}?{query}")).All("main tbody th");

    private Task<IReadOnlyList<ToDoRow>> ReadAsync() => app.WithAsync((ReadToDo read) => read.RunAsync(Ct));

    private async Task<IReadOnlyList<ToDoRow>> RowsAsync(Guid booking)
    {
        var reference = (await app.BookingAsync(booking)).Reference;
        return [.. (await ReadAsync()).Where(row => row.Reference == reference)];
    }

    private async Task<ToDoRow> RowAsync(Guid booking, ToDoKind kind) => Assert.Single(await RowsAsync(booking), row => row.Kind == kind);

    private async Task FinishAsync(Guid booking)
    {
        await app.RunJobAsync(nameof(SendRefunds));
        var refund = Assert.Single(await app.RefundsAsync(booking));
        if (refund.State == RefundState.Pending)
        {
            app.Stripe.SettleRefund(refund.StripeRefundId!, succeeds: true);
            await app.RingAsync(refund.StripeRefundId!);
        }
    }

    private async Task<GivenPlace> PlaceAsync(PaymentMethod method, BookingOrigin origin)
    {
        var run = await app.Given.RunAsync((await app.Given.CourseAsync(pricePence: 5500)).Id, London.DateOf(app.Clock.Now).AddDays(40));
        return (await app.Given.PlacesAsync(run, new GivenDelegate($"Paula {Guid.NewGuid():N}") { PricePence = 5500, Method = method, Origin = origin }))[0];
    }

    private async Task<(Guid Booking, string Intent)> PaidAsync()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        return (booking, (await app.PaymentAsync(booking)).PaymentIntentId!);
    }
}
