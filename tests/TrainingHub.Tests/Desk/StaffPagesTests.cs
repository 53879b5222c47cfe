using System.Net;
using TrainingHub.Bookings;
using TrainingHub.Desk.Pages;
using TrainingHub.Platform.Email;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>What staff are told agrees with what the page that it leads to shows.</summary>
public sealed class StaffPagesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Today_BouncedEmail_LeadsToItAndTheListShowsIt()
    {
        await app.Given.EmailAsync("Bounced one", EmailState.Bounced);
        await app.Given.EmailAsync("Failed one", EmailState.Failed);
        await app.Given.EmailAsync("Sent one", EmailState.Sent);
        var staff = await app.BrowseAsStaffAsync();

        var email = await (await staff.GetAsync("/staff")).FollowAsync("a@example.org does not exist");
        var list = await staff.GetAsync("/staff/emails?state=NotDelivered");

        Assert.Equal("Bounced one", email.Heading);
        Assert.Contains("Did not arrive (2)", list.Main);
        Assert.Equal(2, list.All("tbody tr").Count);
    }

    [Theory]
    [InlineData("zoe")]
    [InlineData("ZOË")]
    [InlineData("zoë o'brien")]
    [InlineData("obrien")]
    [InlineData("Zoe  O’Brien")]
    [InlineData("ste annes")]
    public async Task Bookings_NameSpelledOtherwise_AreFound(string query)
    {
        var run = await app.Given.RunAsync((await app.Given.CourseAsync()).Id, new DateOnly(2026, 12, 8));
        var reference = (await app.Given.PlacesAsync(run, new GivenDelegate("Zoë O’Brien") { Email = $"{Guid.NewGuid():N}@example.org" }))[0].Booking.Reference;
        await app.WithAsync<TrainingHubDb, int>(async db =>
        {
            await using var command = app.Database.CreateCommand("update bookings set organisation_name = 'Ste. Anne’s Nursery', booker_name = null where reference = $1");
            command.Parameters.AddWithValue(reference);
            return await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        });

        var page = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/bookings?q=" + Uri.EscapeDataString(query));

        Assert.Contains(reference, page.Main);
    }

    [Fact]
    public async Task Missing_OfStaff_SpeaksOfStaffPages()
    {
        var staff = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{Guid.NewGuid()}");
        var visitor = await app.Browse().GetAsync("/courses/no-such-course");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (staff.Status, visitor.Status));
        Assert.DoesNotContain("email", staff.Main);
        Assert.Contains("Bookings", staff.Main);
        Assert.Contains("link from one of our emails", visitor.Main);
    }

    [Theory]
    [InlineData(PaymentMethod.Invoice, BookingOrigin.Import, 49200, 0, "Invoiced elsewhere: £492.00, no payment recorded here")]
    [InlineData(PaymentMethod.Invoice, BookingOrigin.Online, 11000, 0, "Invoice: £110.00, no payment recorded here")]
    [InlineData(PaymentMethod.Card, BookingOrigin.Online, 11000, 0, "Card: £110.00 not paid")]
    [InlineData(PaymentMethod.Card, BookingOrigin.Online, 11000, 11000, "Card: £110.00 paid")]
    [InlineData(PaymentMethod.FreePlace, BookingOrigin.Online, 0, 0, "Free place")]
    internal void PaidSoFar_Words_ClaimNoMoreThanIsKnown(PaymentMethod method, BookingOrigin origin, int owed, int paid, string words) =>
        Assert.Equal(words, PaidSoFar.Words(method, origin, new OwedAndPaid(owed, paid)));
}
