using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Reporting;
using TrainingHub.StripeDouble;
using TrainingHub.Tests.Bookings;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>
/// The application with a Stripe of its own that calls its webhook. Events are held until a test sends them; whatever a test did,
/// <see cref="CheckAsync"/> compares the three ledgers and runs the audit.
/// </summary>
public sealed class PayApp(TestDatabase databases) : TestApp(databases, DemoEnvironment.Name), IAsyncLifetime
{
    private StripeDoubleServer? stripe;
    private BookingWorld? world;

    internal StripeDoubleServer Stripe => stripe ?? throw new InvalidOperationException("Not started.");

    internal BookingWorld World => world ?? throw new InvalidOperationException("Not started.");

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        stripe = await StripeDoubleServer.StartAsync(StripeDoubleOptions.WithNewKeys(), TestContext.Current.CancellationToken);
        stripe.Webhooks.Delivery = WebhookDelivery.Held;
        _ = Services;
        stripe.Webhooks.SendTo(new Uri("https://localhost/stripe/webhook"), Server.CreateHandler());
        world = await BookingWorld.MakeAsync(Database, Clock);
    }

    /// <summary>A date in so many days' time, on a weekday at 10:00, wherever the clock stands.</summary>
    internal Task<Guid> RunAsync(int capacity, int days = 30)
    {
        var start = new DateTimeOffset(Clock.Now.UtcDateTime.Date.AddDays(days).AddHours(10), TimeSpan.Zero);
        while (start.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            start = start.AddDays(1);
        }

        return World.RunAsync(capacity, start - Clock.Now);
    }

    /// <summary>A booking of that many places at £55, held for a card payment.</summary>
    internal async Task<Guid> HeldAsync(Guid? run = null, int places = 2)
    {
        var delegates = Enumerable.Range(0, places).Select(_ => $"{Guid.NewGuid():N}@delegates.example").ToArray();
        var request = World.Request(run ?? await RunAsync(capacity: 10), delegates) with { Method = PaymentMethod.Card, InvoiceEmail = null };
        var outcome = await World.BookPlace.RunAsync(request, Token);
        Assert.Equal(BookPlaceResult.Booked, outcome.Result);
        return request.BookingId;
    }

    /// <summary>An order for these people on each of the dates at £55, held for a card payment.</summary>
    internal async Task<Guid> HeldAsync(IReadOnlyList<Guid> runs, params string[] delegates)
    {
        var request = World.Request(runs, delegates) with { Method = PaymentMethod.Card, InvoiceEmail = null };
        Assert.Equal(BookPlaceResult.Booked, (await World.BookPlace.RunAsync(request, Token)).Result);
        return request.BookingId;
    }

    internal Task<StartPaymentOutcome> StartAsync(Guid booking) => WithAsync<StartPayment, StartPaymentOutcome>(start => start.RunAsync(booking, Token));

    /// <summary>Presses Pay; gives the checkout that the buyer is sent to.</summary>
    internal async Task<string> CheckoutAsync(Guid booking)
    {
        var outcome = await StartAsync(booking);
        Assert.Equal(StartPaymentResult.Pay, outcome.Result);
        return outcome.Url!.Segments[^1];
    }

    /// <summary>A held booking, and a browser that has opened its private link.</summary>
    internal async Task<(Guid Booking, string Reference, TestBrowser Browser)> OpenAsync()
    {
        var booking = await HeldAsync();
        var browser = Browse();
        await browser.GetAsync(BookingUrls.PrivateLink(await LinkAsync(Booking.LinkPurpose, booking)));
        return (booking, (await BookingAsync(booking)).Reference, browser);
    }

    internal Task<string> LinkAsync(string purpose, Guid subject) => Given.LinkAsync(purpose, subject);

    internal string StatusOf(string checkout) =>
        (string)Stripe.All("checkout.session").Single(one => (string?)one["id"] == checkout)["status"]!;

    /// <summary>Whether somebody was sent to a checkout by which they can still pay what is invoiced.</summary>
    internal async Task<bool> IsInvoicedAndOpenAsync(Guid booking)
    {
        var checkouts = (await PaymentsAsync(booking)).Select(payment => payment.CheckoutSessionId).OfType<string>();
        return (await BookingAsync(booking)).PaymentMethod == PaymentMethod.Invoice && checkouts.Any(checkout => StatusOf(checkout) == "open");
    }

    /// <summary>Sends every event about that object, in the order of their happening.</summary>
    internal async Task RingAsync(string objectId)
    {
        foreach (var happened in EventsOf(objectId))
        {
            await Stripe.Webhooks.SendAsync(happened, Token);
        }
    }

    internal IReadOnlyList<string> EventsOf(string objectId) =>
        [.. Stripe.All("event").Where(one => (string?)one["data"]!["object"]!["id"] == objectId).Select(one => (string)one["id"]!)];

    /// <summary>The id of a member of staff, made when first asked for.</summary>
    internal async Task<Guid> StaffAsync() =>
        await WithAsync<TrainingHubDb, Guid?>(db => db.Users.Select(user => (Guid?)user.Id).FirstOrDefaultAsync(Token)) ?? await Given.StaffAsync();

    internal Task<Booking> BookingAsync(Guid id) =>
        WithAsync<TrainingHubDb, Booking>(db => db.Bookings.AsNoTracking().SingleAsync(booking => booking.Id == id, Token));

    internal Task<List<Payment>> PaymentsAsync(Guid booking) => WithAsync<TrainingHubDb, List<Payment>>(
        db => db.Payments.AsNoTracking().Where(payment => payment.BookingId == booking).OrderBy(payment => payment.Attempt).ToListAsync(Token));

    internal async Task<Payment> PaymentAsync(Guid booking) => Assert.Single(await PaymentsAsync(booking));

    internal Task<List<Refund>> RefundsAsync(Guid booking) => WithAsync<TrainingHubDb, List<Refund>>(
        db => (from refund in db.Refunds
               join payment in db.Payments on refund.PaymentId equals payment.Id
               where payment.BookingId == booking
               orderby refund.CreatedAt
               select refund).AsNoTracking().ToListAsync(Token));

    /// <summary>Kinds of the emails about a booking, as <c>kind to address</c>.</summary>
    internal async Task<List<string>> EmailsAsync(Guid booking)
    {
        var reference = (await BookingAsync(booking)).Reference;
        return await WithAsync<TrainingHubDb, List<string>>(
            db => db.OutgoingEmails.Where(email => email.About == reference).OrderBy(email => email.CreatedAt)
                .Select(email => email.Kind + " to " + email.ToAddress).ToListAsync(Token));
    }

    /// <summary>Staff cancel all of a booking, or its places on one date, and leave the money for later, until nothing can be undone.</summary>
    internal async Task CancelForLaterAsync(Guid booking, Guid? run = null)
    {
        var staff = await StaffAsync();
        var places = await WithAsync((TrainingHubDb db) => db.Places.AsNoTracking()
            .Where(place => place.BookingId == booking && place.EndedAt == null && (run == null || place.RunId == run)).OrderBy(place => place.Id).ToListAsync(Token));
        foreach (var place in places)
        {
            var (pence, due) = await WithAsync(async (TrainingHubDb db) => (
                await db.PlaceMoney.Where(money => money.PlaceId == place.Id).Select(money => money.PaidPence - money.RefundedPence - money.LeavingPence - money.KeptPence - money.DisputedPence).SingleAsync(Token),
                (await CancelSums.ReadAsync(db, await db.Bookings.SingleAsync(one => one.Id == booking, Token), [place], Clock.Now, Token)).DuePence));
            var order = new CancelOrder(booking, place.Id, CancelMoney.Later, pence, Reason: null, due);
            Assert.Equal(CancelPlacesResult.Cancelled, await WithAsync<CancelPlaces, CancelPlacesResult>(cancel => cancel.RunAsync(order, new(staff, "Ann Coordinator"), Token)));
        }

        Clock.Advance(UndoableAct.Hold);
    }

    /// <summary>What the booking has paid by our ledger, in pence.</summary>
    internal Task<int> PaidPenceAsync(Guid booking) => World.CountAsync(
        "select coalesce(sum(case when kind in ('Refund', 'Disputed') then -amount_pence else amount_pence end), 0) from ledger_entries where booking_id = $1 and kind in ('Payment', 'Refund', 'RefundReturned', 'Disputed', 'DisputeWon')", booking);

    /// <summary>Our ledger without what staff took, Stripe's and the sum of the bookings agree to the penny, and no invariant is broken 16 minutes later.</summary>
    internal async Task CheckAsync()
    {
        var theirs = Stripe.Ledger.Where(entry => entry.Currency == "gbp").GroupBy(entry => entry.Reference ?? "")
            .ToDictionary(entries => entries.Key, entries => (int)entries.Sum(entry => entry.AmountPence));
        var ours = await WithAsync<TrainingHubDb, Dictionary<string, int>>(db => (
            from entry in db.LedgerEntries
            join booking in db.Bookings on entry.BookingId equals booking.Id
            where TrainingHub.Payments.LedgerKinds.MoneyMoved.Contains(entry.Kind)
                && !db.Payments.Any(payment => payment.Provider == PaymentProvider.Desk
                    && (payment.Id == entry.PaymentId || db.Refunds.Any(refund => refund.Id == entry.RefundId && refund.PaymentId == payment.Id)))
            group entry by booking.Reference).ToDictionaryAsync(
                entries => entries.Key,
                entries => entries.Sum(entry => TrainingHub.Payments.LedgerKinds.MoneyLeft.Contains(entry.Kind) ? -entry.AmountPence : entry.AmountPence), Token));
        Assert.Equal(theirs.OrderBy(pair => pair.Key), ours.OrderBy(pair => pair.Key));
        await AuditAsync();
    }

    internal async Task AuditAsync()
    {
        // It would have run each minute of the time that a test before this one let pass.
        await RunJobAsync(nameof(ReleaseUnpaidHolds));
        var lines = await Audit.RunAsync(Database, Clock.Now.AddMinutes(16), Token);
        Assert.DoesNotContain(lines, line => line.Broken > 0);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (stripe is not null)
        {
            await stripe.DisposeAsync();
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Stripe:SecretKey", Stripe.SecretKey);
        builder.UseSetting("Stripe:WebhookSecret", Stripe.WebhookSecret);
        builder.UseSetting("Stripe:ApiBase", Stripe.BaseUrl.ToString());
        builder.UseSetting("Stripe:CheckoutOrigin", Stripe.BaseUrl.ToString());
        builder.UseSetting("Stripe:TryTimeout", "00:00:02");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
