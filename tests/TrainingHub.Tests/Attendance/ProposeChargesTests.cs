using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>The register proposes what a free place costs on which nobody came; staff raise it or waive it, and a corrected register takes it back.</summary>
public sealed class ProposeChargesTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(CourseLength.HalfDay), 2500)]
    [InlineData(nameof(CourseLength.FullDay), 5000)]
    public async Task Register_Done_ProposesForFreePlacesOnWhichNobodyCame(string length, int pence)
    {
        var places = await HeldAsync(Enum.Parse<CourseLength>(length), PaymentMethod.FreePlace, PaymentMethod.FreePlace, PaymentMethod.Free);

        await MarkAsync(places[0], Mark.Absent);
        await RunAsync();
        Assert.Empty(await ChargesAsync(places));
        await MarkAsync(places[1], Mark.Attended);
        await MarkAsync(places[2], Mark.Absent);
        await RunAsync();
        await RunAsync();

        var charge = Assert.Single(await ChargesAsync(places));
        Assert.Equal((places[0].Place.Id, ChargeKind.Absent, ChargeState.Proposed, pence), (charge.PlaceId, charge.Kind, charge.State, charge.Pence));
        Assert.Equal(0, await MailsAsync(places[0]));
        Assert.Equal(0, await app.WithAsync((TrainingHubDb db) => db.BookingMoney.Where(money => money.BookingId == places[0].Booking.Id).SumAsync(money => money.ChargedPence, Ct)));
    }

    [Fact]
    public async Task Register_Corrected_WithdrawsWhatWasProposedAndProposesAgain()
    {
        var places = await ProposedAsync();

        await MarkAsync(places[0], Mark.Part);
        await RunAsync();
        Assert.Equal([ChargeState.Withdrawn], (await ChargesAsync(places)).Select(charge => charge.State));
        await MarkAsync(places[0], Mark.Absent);
        await RunAsync();

        // At one instant, so in no order.
        Assert.Equal(["Proposed", "Withdrawn"], (await ChargesAsync(places)).Select(charge => charge.State.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(0, await MailsAsync(places[0]));
    }

    [Fact]
    public async Task Raise_AProposal_IsInvoicedAndWhoPaysIsToldWhyAndHowToObject()
    {
        var places = await ProposedAsync();
        var charge = (await ChargesAsync(places))[0];

        Assert.Equal(DecideChargeResult.SumChanged, await RaiseAsync(charge.Id, 1));
        Assert.Equal(DecideChargeResult.Done, await RaiseAsync(charge.Id, 2500));
        Assert.Equal(DecideChargeResult.NotOpen, await RaiseAsync(charge.Id, 2500));
        await app.RunJobAsync(nameof(IssueInvoices));
        await app.RunJobAsync(nameof(IssueInvoices));

        var told = await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.Where(email => email.About == places[0].Booking.Reference).OrderBy(email => email.Kind).Select(email => email.Kind).ToListAsync(Ct));
        Assert.Equal(["charge-raised", "invoice-issued"], told);
        var invoice = await app.WithAsync((TrainingHubDb db) => db.Invoices.AsNoTracking().SingleAsync(one => one.BookingId == places[0].Booking.Id, Ct));
        Assert.Equal((2500, 2500, false), (invoice.AmountPence, invoice.OpenPence, invoice.IsSettled));
        var paid = new DeskPayment(DeskWay.BankTransfer, 2500, London.DateOf(app.Clock.Now), null);
        Assert.Equal(RecordInvoicePaymentResult.Recorded, await app.WithAsync<RecordInvoicePayment, RecordInvoicePaymentResult>(record => record.RunAsync(invoice.Id, 2500, paid, By, Ct)));
        Assert.True(await app.WithAsync((TrainingHubDb db) => db.Invoices.Where(one => one.BookingId == places[0].Booking.Id).Select(one => one.IsSettled).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Register_CorrectedAfterItWasRaised_TakesItBackAndSaysSo()
    {
        var places = await ProposedAsync();
        await RaiseAsync((await ChargesAsync(places))[0].Id, 2500);

        await MarkAsync(places[0], Mark.Attended);
        await RunAsync();
        await RunAsync();

        Assert.Equal([ChargeState.Withdrawn], (await ChargesAsync(places)).Select(charge => charge.State));
        Assert.Equal(2, await MailsAsync(places[0]));
        await app.RunJobAsync(nameof(IssueInvoices));
        Assert.Equal(2, await MailsAsync(places[0]));
    }

    [Fact]
    public async Task Charge_OfOnePlace_IsOneWhoeverProposesAtOnce()
    {
        var places = await HeldAsync(CourseLength.HalfDay, PaymentMethod.FreePlace);
        await MarkAsync(places[0], Mark.Absent);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => app.RunJobAsync(nameof(ProposeCharges)))));

        Assert.Single(await ChargesAsync(places));
    }

    [Fact]
    public async Task Raise_AndWaiveAtOnce_OneOfThemIsDone()
    {
        var charge = (await ChargesAsync(await ProposedAsync()))[0];

        var results = await Task.WhenAll(Task.Run(() => RaiseAsync(charge.Id, 2500)), Task.Run(() => RaiseAsync(charge.Id, 2500)), Task.Run(() => RaiseAsync(charge.Id, 2500)));

        Assert.Single(results, DecideChargeResult.Done);
    }

    [Fact]
    public async Task ChargesPage_TickedAndWaived_KeepsTheReasonAndLeavesToday()
    {
        var places = await ProposedAsync();
        var reference = places[0].Booking.Reference;
        var staff = await app.BrowseAsStaffAsync();

        var today = await staff.GetAsync("/staff");
        var list = await staff.GetAsync($"{PaymentUrls.StaffCharges}?q={reference}");
        var asked = await staff.GetAsync($"{PaymentUrls.WaiveCharges}?id={(await ChargesAsync(places))[0].Id}");
        var refused = await asked.SubmitAsync();
        var done = await refused.SubmitAsync(form => form["Reason"] = "Bereavement");
        var waived = await staff.GetAsync($"{PaymentUrls.StaffCharges}?show=Waived&q={reference}");

        Assert.Contains("Charges to decide", today.Main, StringComparison.Ordinal);
        Assert.Contains("£25.00", list.Main, StringComparison.Ordinal);
        Assert.Contains("Select why they are waived", refused.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 charge is waived.", done.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Waived: Bereavement", waived.Main, StringComparison.Ordinal);
        Assert.DoesNotContain(reference, (await staff.GetAsync("/staff")).Main, StringComparison.Ordinal);
        var file = await staff.GetAsync($"{PaymentUrls.StaffCharges}?show=Waived&q={reference}&file=csv");
        Assert.Contains("25.00", file.Text, StringComparison.Ordinal);
    }

    private static Actor By => new(Guid.CreateVersion7(), "Ann Coordinator");

    private async Task<DecideChargeResult> RaiseAsync(Guid charge, int pence)
    {
        var staff = await app.WithAsync<TrainingHubDb, Guid?>(db => db.Users.Select(user => (Guid?)user.Id).FirstOrDefaultAsync(Ct)) ?? await app.Given.StaffAsync();
        return await app.WithAsync<DecideCharge, DecideChargeResult>(decide => decide.RaiseAsync(charge, pence, new(staff, "Ann Coordinator"), Ct));
    }

    private async Task<IReadOnlyList<GivenPlace>> ProposedAsync()
    {
        var places = await HeldAsync(CourseLength.HalfDay, PaymentMethod.FreePlace);
        await MarkAsync(places[0], Mark.Absent);
        await RunAsync();
        return places;
    }

    private async Task<IReadOnlyList<GivenPlace>> HeldAsync(CourseLength length, params PaymentMethod[] methods)
    {
        var course = await app.Given.CourseAsync(length: length, pricePence: 5500);
        var run = await app.Given.RunAsync(course.Id, London.DateOf(app.Clock.Now).AddDays(-3));
        return await app.Given.PlacesAsync(run, [.. methods.Select(method => new GivenDelegate($"Person {Guid.NewGuid():N}") { Method = method })]);
    }

    private Task MarkAsync(GivenPlace place, Mark mark) => app.WithAsync(async (TrainingHubDb db) =>
    {
        await db.AttendanceMarks.Where(one => one.PlaceId == place.Place.Id).ExecuteDeleteAsync(Ct);
        await app.Given.MarkAsync(place.Place.Id, app.Clock.Now, mark);
    });


    private Task<int> RunAsync() => app.RunJobAsync(nameof(ProposeCharges));

    private Task<List<PlaceCharge>> ChargesAsync(IReadOnlyList<GivenPlace> places)
    {
        var ids = places.Select(place => place.Place.Id).ToList();
        return app.WithAsync((TrainingHubDb db) => db.PlaceCharges.AsNoTracking().Where(charge => ids.Contains(charge.PlaceId)).OrderBy(charge => charge.Id).ToListAsync(Ct));
    }

    private Task<int> MailsAsync(GivenPlace place) =>
        app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(email => email.About == place.Booking.Reference, Ct));
}
