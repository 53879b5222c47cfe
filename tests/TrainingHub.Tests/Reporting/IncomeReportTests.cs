using TrainingHub.Bookings;
using TrainingHub.Reporting;
using Xunit;

namespace TrainingHub.Tests.Reporting;

/// <summary>Income worked out by hand. It is 2 November 2026.</summary>
public sealed class IncomeReportTests(TestApp app) : IClassFixture<TestApp>, IAsyncLifetime
{
    // month, course, places, charged, paid, refunded, outstanding, written off
    //
    // October, Neglect: Ann paid her £82. Bob, free place: £0. Cat owes £82 by invoice.       3 places, 164 charged, 82 paid, 82 open.
    // October, Online Safety: Dan paid £55, and £20 of it went back.                           1 place, 55 charged, 20 back, 20 open.
    // One order of two people for £55 each on both a November and a December date, not paid:   2 places and 110 in each month.
    private static readonly string[][] ByHand =
    [
        ["2026-10", "Neglect", "3", "164.00", "82.00", "0.00", "82.00", "0.00"],
        ["2026-10", "Online Safety", "1", "55.00", "55.00", "20.00", "20.00", "0.00"],
        ["2026-11", "Online Safety", "2", "110.00", "0.00", "0.00", "110.00", "0.00"],
        ["2026-12", "Neglect", "2", "110.00", "0.00", "0.00", "110.00", "0.00"],
    ];

    public async ValueTask InitializeAsync()
    {
        if (await app.WithAsync<TrainingHubDb, bool>(db => Task.FromResult(db.Courses.Any())))
        {
            return;
        }

        var given = app.Given;
        var (neglect, online) = ((await given.CourseAsync("Neglect", pricePence: 5500)).Id, (await given.CourseAsync("Online Safety", pricePence: 5500)).Id);
        var october = await given.RunAsync(neglect, new DateOnly(2026, 10, 6));
        var places = await given.PlacesAsync(
            october,
            new GivenDelegate("Ann One") { Method = PaymentMethod.Card, PricePence = 8200 },
            new GivenDelegate("Bob Two") { Method = PaymentMethod.FreePlace },
            new GivenDelegate("Cat Three") { Method = PaymentMethod.Invoice, PricePence = 8200, Sector = "Health", Area = "Dorset" });
        await given.PaidAsync(places[0].Place, 8200, october.StartsAt);
        var safety = await given.RunAsync(online, new DateOnly(2026, 10, 20));
        var dan = (await given.PlacesAsync(safety, new GivenDelegate("Dan Four") { Method = PaymentMethod.Card, PricePence = 5500 }))[0].Place;
        await given.RefundedAsync(await given.PaidAsync(dan, 5500, safety.StartsAt), dan, 2000, safety.EndsAt);
        await given.BookAsync(Given.Request(
            [(await given.RunAsync(online, new DateOnly(2026, 11, 10))).Id, (await given.RunAsync(neglect, new DateOnly(2026, 12, 8))).Id],
            await given.SectorIdAsync(), await given.AreaIdAsync(), "eve@example.org", "fay@example.org"));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Report_OfTheYear_IsAsWorkedOutByHand() =>
        Assert.Equal(ByHand, await ReadAsync(new("2026/27", null, null, null, null, null)));

    [Fact]
    public async Task Filter_OfAnArea_CountsItsPlacesAlone() =>
        Assert.Equal([["2026-10", "Neglect", "1", "82.00", "0.00", "0.00", "82.00", "0.00"]], await ReadAsync(new("2026/27", null, null, "Dorset", null, null)));

    [Fact]
    public async Task Filter_OfOneMonth_TakesItsHalfOfAnOrderForTwo() =>
        Assert.Equal([ByHand[3]], await ReadAsync(new(null, "2026-12-01", "2026-12-31", null, null, null)));

    private Task<IReadOnlyList<string[]>> ReadAsync(ReportQuery query) => app.WithAsync<TrainingHubDb, IReadOnlyList<string[]>>(async db =>
    {
        var (filter, _) = await ReportFilter.ReadAsync(db, "income", query, TestContext.Current.CancellationToken);
        return (await IncomeReport.ReadAsync(app.Database, filter!, TestContext.Current.CancellationToken)).Table.Rows;
    });
}
