using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Reporting;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>An order for two dates, paid by card in one payment: what was paid and went back is known of each place.</summary>
public sealed class OrderByCardTests(PayApp app) : IClassFixture<PayApp>
{
    [Fact]
    public async Task TwoDates_PaidOneCancelledAndRefunded_IncomeIsRightInBothMonths()
    {
        // Days on which no other test has a date.
        var (first, second) = (await app.RunAsync(capacity: 10, days: 12), await app.RunAsync(capacity: 10, days: 45));
        var booking = await app.HeldAsync([first, second], "ann@card1.example", "ben@card1.example");

        await PayAsync(booking);

        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
        Assert.Equal([(2, 11000, 11000, 0, 0), (2, 11000, 11000, 0, 0)], await IncomeAsync(first, second));
        await app.CancelForLaterAsync(booking, second);
        await app.RunJobAsync(nameof(FlagCancelledPayments));
        await RefundAsync(booking, 11000);

        Assert.Equal([(2, 11000, 11000, 0, 0), (0, 0, 11000, 11000, 0)], await IncomeAsync(first, second));
        Assert.Equal((2, 0), (await app.World.LivePlacesAsync(first), await app.World.LivePlacesAsync(second)));
        Assert.False((await app.PaymentAsync(booking)).NeedsAttention);
        var money = await app.WithAsync<TrainingHubDb, BookingMoney>(db => db.BookingMoney.SingleAsync(one => one.BookingId == booking, Token));
        Assert.Equal((11000, 22000, 11000, 0, 0), (money.OwedPence, money.PaidPence, money.RefundedPence, money.LeavingPence, money.KeptPence));
        await app.CheckAsync();
    }

    [Fact]
    public async Task TwoDates_InOneCheckout_HasALineForEach()
    {
        var (first, second) = await RunsAsync();
        var booking = await app.HeldAsync([first, second], "ann@card2.example", "ben@card2.example");

        var checkout = await app.CheckoutAsync(booking);

        var session = app.Stripe.All("checkout.session").Single(one => (string?)one["id"] == checkout);
        Assert.Equal(22000, (long)session["amount_total"]!);
        await PayAsync(booking);
        var emails = await app.World.TextAsync(
            """
            select string_agg(kind || ' ' || jsonb_array_length(model -> 'Dates'), ', ' order by kind)
            from outgoing_emails
            where about = $1 and model -> 'Dates' is not null and model -> 'Dates' <> 'null' and to_address = 'bea@school.example'
            """, (await app.BookingAsync(booking)).Reference);
        Assert.Equal("booking-confirmed 2, booking-received 2, payment-received 2", emails);
    }

    [Fact]
    public async Task OnePlaceKeptAndAnotherRefunded_EachIsKnownOfItsPlace()
    {
        var (first, second) = await RunsAsync();
        var booking = await app.HeldAsync([first, second], "ann@card3.example");
        await PayAsync(booking);
        await app.CancelForLaterAsync(booking, first);
        await app.RunJobAsync(nameof(FlagCancelledPayments));
        var (payment, staff) = (await app.PaymentAsync(booking), await app.StaffAsync());
        await app.WithAsync<DecidePayment, DecidePaymentResult>(decide => decide.KeepAsync(payment.Id, 5500, "Kept under the terms", new(staff, "Ann Coordinator"), Token));

        await app.CancelForLaterAsync(booking, second);
        await app.RunJobAsync(nameof(FlagCancelledPayments));
        await RefundAsync(booking, 5500);

        var places = await MoneyAsync(booking);
        Assert.Equal([(5500, 0, 5500), (5500, 5500, 0)], places.Select(place => (place.PaidPence, place.RefundedPence, place.KeptPence)));
        await app.CheckAsync();
    }

    [Fact]
    public async Task PaidLate_OneOfTwoDatesIsFull_RefundsAllAndSeatsNobody()
    {
        var first = await app.RunAsync(capacity: 10, days: 20);
        var second = await app.RunAsync(capacity: 1, days: 60);
        var (booking, checkout) = await LapsedAsync(first, second);
        await app.HeldAsync([second], "other@card4.example");

        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        await app.RunJobAsync(nameof(SendRefunds));

        Assert.Equal(BookingState.Expired, (await app.BookingAsync(booking)).State);
        Assert.Equal((0, 1), (await app.World.PlacesTakenAsync(first), await app.World.PlacesTakenAsync(second)));
        Assert.All(await MoneyAsync(booking), place => Assert.Equal((5500, 5500), (place.PaidPence, place.RefundedPence)));
        await app.CheckAsync();
    }

    [Fact]
    public async Task PaidLate_BothDatesHavePlaces_SeatsBothAgain()
    {
        var (first, second) = await RunsAsync();
        var (booking, checkout) = await LapsedAsync(first, second);

        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);

        Assert.Equal(BookingState.Confirmed, (await app.BookingAsync(booking)).State);
        Assert.Equal((1, 1), (await app.World.LivePlacesAsync(first), await app.World.LivePlacesAsync(second)));
        await app.CheckAsync();
    }

    [Fact]
    public async Task RefundMadeInStripe_OfASumNobodyAskedFor_IsDividedToThePenny()
    {
        var (first, second) = await RunsAsync();
        var booking = await app.HeldAsync([first, second], "ann@card6.example");
        await PayAsync(booking);
        var refund = app.Stripe.RefundInDashboard((await app.PaymentAsync(booking)).PaymentIntentId!, 7001);

        await app.RingAsync(refund);

        var places = await MoneyAsync(booking);
        Assert.Equal([5500, 1501], places.Select(place => place.RefundedPence));
        await app.CheckAsync();
    }

    [Theory]
    [InlineData("insert into ledger_entries select gen_random_uuid(), booking_id, 'Payment', 1, payment_id, refund_id, at, (select id from places where booking_id <> $1 limit 1) from ledger_entries where booking_id = $1 and kind = 'Payment' limit 1", "23514")]
    [InlineData("update ledger_entries set amount_pence = 1 where booking_id = $1", "23001")]
    [InlineData("delete from ledger_entries where booking_id = $1", "23001")]
    [InlineData("insert into refunds (id, payment_id, amount_pence, reason, state, created_at) select gen_random_uuid(), id, 100, 'NotOwed', 'Due', created_at from payments where booking_id = $1", "23514")]
    public async Task Table_WhatDoesNotAddUp_IsRefused(string statement, string state)
    {
        var booking = await app.HeldAsync([await app.RunAsync(capacity: 10)], $"{Guid.NewGuid():N}@card7.example");
        await app.HeldAsync([await app.RunAsync(capacity: 10)], $"{Guid.NewGuid():N}@card7.example");
        await PayAsync(booking);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => app.World.ExecuteAsync(statement, booking));

        Assert.Equal(state, refused.SqlState);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Two dates in different months.</summary>
    private async Task<(Guid First, Guid Second)> RunsAsync() => (await app.RunAsync(capacity: 10, days: 20), await app.RunAsync(capacity: 10, days: 60));

    private async Task PayAsync(Guid booking)
    {
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
    }

    private async Task RefundAsync(Guid booking, int amount)
    {
        var (payment, staff) = (await app.PaymentAsync(booking), await app.StaffAsync());
        Assert.Equal(
            DecidePaymentResult.Done,
            await app.WithAsync<DecidePayment, DecidePaymentResult>(decide => decide.RefundAsync(payment.Id, amount, new(staff, "Ann Coordinator"), Token)));
        await app.RunJobAsync(nameof(SendRefunds));
    }

    /// <summary>An order for one person whose hold was released although its checkout can still be paid.</summary>
    private async Task<(Guid Booking, string Checkout)> LapsedAsync(params Guid[] runs)
    {
        var booking = await app.HeldAsync(runs, $"{Guid.NewGuid():N}@late.example");
        var checkout = await app.CheckoutAsync(booking);
        await app.World.ExecuteAsync("update payments set state = 'Expired' where booking_id = $1", booking);
        app.Clock.Advance(TimeSpan.FromMinutes(36));
        await app.RunJobAsync(nameof(ReleaseUnpaidHolds));
        Assert.Equal(BookingState.Expired, (await app.BookingAsync(booking)).State);
        return (booking, checkout);
    }

    private Task<List<PlaceMoney>> MoneyAsync(Guid booking) => app.WithAsync<TrainingHubDb, List<PlaceMoney>>(
        db => db.PlaceMoney.Where(place => place.BookingId == booking).OrderBy(place => place.PlaceId).ToListAsync(Token));

    /// <summary>What the report says of the months of these dates: places, charged, paid, refunded and outstanding.</summary>
    private async Task<List<(int, int, int, int, int)>> IncomeAsync(params Guid[] runs)
    {
        var report = new List<(int, int, int, int, int)>();
        foreach (var run in runs)
        {
            var on = await app.WithAsync<TrainingHubDb, DateOnly>(db => db.CourseRuns.Where(one => one.Id == run).Select(one => one.RunsOn).SingleAsync(Token));
            var filter = new ReportFilter(on, on, null, null, null, null);
            var rows = (await IncomeReport.ReadAsync(app.Database, filter, Token)).Rows;
            report.Add((rows.Sum(row => row.Places), rows.Sum(row => row.Charged.Pence), rows.Sum(row => row.Paid.Pence),
                rows.Sum(row => row.Refunded.Pence), rows.Sum(row => row.Outstanding.Pence)));
        }

        return report;
    }
}
