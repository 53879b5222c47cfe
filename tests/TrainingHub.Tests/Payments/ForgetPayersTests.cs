using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Tests.Bookings;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>Who was to pay goes off invoices on the first day of the seventh financial year after them, and the money stays.</summary>
public sealed class ForgetPayersTests(TestDatabase databases)
{
    [Fact]
    public async Task Invoice_SixYearsAfterItsFinancialYear_KeepsItsNumberAndSumAlone()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await app.Given.RunAsync(world.Course, London.DateOf(app.Clock.Now).AddDays(-5));
        var place = (await app.Given.PlacesAsync(run, new GivenDelegate("Paula Payer") { PricePence = 5500 }))[0];
        await app.Given.InvoiceAsync(place.Booking.Id, 42, 5500, run.RunsOn);
        await app.Given.PaidAsync(place.Place, 5500, app.Clock.Now);
        await world.ExecuteAsync("update payments set problem_note = 'Paula rang'");
        var end = London.Instant(FinancialYear.Of(run.RunsOn).Next.From.AddYears(6), TimeOnly.MinValue);

        app.Clock.Advance(end.AddMinutes(-1) - app.Clock.Now);
        Assert.Equal(0, await app.RunJobAsync(nameof(ForgetPayers)));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(3, await app.RunJobAsync(nameof(ForgetPayers)));
        Assert.Equal(0, await app.RunJobAsync(nameof(ForgetPayers)));

        Assert.Equal(1, await world.CountAsync("select count(*) from invoices where number = 42 and amount_pence = 5500 and email = ''"));
        Assert.Equal(1, await world.CountAsync("select count(*) from payments where received_amount = 5500 and problem_note is null"));
    }
}
