using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;
using TrainingHub.Tests.Catalogue;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>What somebody of another class of payers reads, checks and pays is one price.</summary>
public sealed class PayerPriceTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Outsiders = "organisations outside the county";
    private static int schedules;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A date whose price is that of fees of its own time, and a class of the world's area that pays more.</summary>
    private sealed record Priced(BookingWorld World, Course Course, CourseRun Run, DateOnly From, PayerClass Outside, Guid Inside)
    {
        public string Rule => $"Half-day fee from {London.Words(From)}";

        public BookPlaceRequest Request(int pence, string email) => World.Request(Run.Id, email) is var request
            ? request with { Dates = [request.Dates[0] with { PricePence = pence }] }
            : throw new InvalidOperationException();
    }

    [Fact]
    public async Task Book_OtherClass_PaysWhatEachPageShows()
    {
        var priced = await PricedAsync();
        var (world, run) = (priced.World, priced.Run.Id);

        Assert.Contains($"£55 per person, or £82 for {Outsiders}", (await app.ReadAsync($"/dates/{run}")).Main, StringComparison.Ordinal);
        Assert.Contains($"£55 per person, or £82 for {Outsiders}", (await app.ReadAsync($"/courses/{priced.Course.Slug}")).Main, StringComparison.Ordinal);
        var browser = app.Browse();
        Assert.Contains($"£55 a place, or £82 for {Outsiders}", (await browser.GetAsync($"/dates/{run}/book")).Main, StringComparison.Ordinal);
        var payment = await (await world.ToOrganisationAsync(browser, run, "Ann Able|ann1@pp.example")).SubmitAsync(world.FillOrganisation);
        Assert.Contains($"To pay: £82. {priced.Rule} for {Outsiders}.", payment.Main, StringComparison.Ordinal);
        var check = await payment.SubmitAsync(form => (form["Form.By"], form["Form.InvoiceEmail"]) = ("Invoice", "finance@school.example"));
        Assert.Contains($"To pay £82{priced.Rule} for {Outsiders}", check.Main, StringComparison.Ordinal);
        var done = await check.SubmitAsync();

        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal($"8200 {priced.Rule} for {Outsiders}", await world.TextAsync("select price_pence || ' ' || price_rule from places where run_id = $1", run));
        Assert.Equal("£82", await world.TextAsync("select model ->> 'Price' from outgoing_emails where about = $1 and kind = 'booking-confirmed'", done.Address[^8..]));
    }

    [Fact]
    public async Task Book_EverybodyElse_PaysTheUsualFee()
    {
        var priced = await PricedAsync();
        var organisation = await priced.World.ToOrganisationAsync(app.Browse(), priced.Run.Id, "Ann Able|ann2@pp.example");

        var payment = await organisation.SubmitAsync(form =>
        {
            priced.World.FillOrganisation(form);
            form["Form.AreaId"] = priced.Inside.ToString();
        });

        Assert.Contains($"To pay: £55. {priced.Rule}.", payment.Main, StringComparison.Ordinal);
        Assert.DoesNotContain(Outsiders, payment.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ClassChangedMeanwhile_ShowsTheNewPriceFirst()
    {
        var priced = await PricedAsync();
        var check = await priced.World.ToCheckAsync(app.Browse(), priced.Run.Id, "Ann Able|ann3@pp.example");
        await priced.World.ExecuteAsync("update payer_classes set area_ids = '{}' where id = $1", priced.Outside.Id);

        var told = await check.SubmitAsync();

        Assert.Equal(["The price has changed from £82 to £55 a place. Check it before you confirm"], told.Errors);
        Assert.Equal(0, await priced.World.LivePlacesAsync(priced.Run.Id));
        Assert.Equal("Booking confirmed", (await told.SubmitAsync()).Heading);
        Assert.Equal(5500, await priced.World.CountAsync("select price_pence from places where run_id = $1", priced.Run.Id));
    }

    [Fact]
    public async Task Check_AreaChangedInAnotherTab_AsksAgainWithItsPrice()
    {
        var priced = await PricedAsync();
        var browser = app.Browse();
        var check = await priced.World.ToCheckAsync(browser, priced.Run.Id, "Ann Able|ann4@pp.example");
        await (await browser.GetAsync($"/dates/{priced.Run.Id}/book/organisation")).SubmitAsync(form => form["Form.AreaId"] = priced.Inside.ToString());

        var told = await check.SubmitAsync();

        Assert.Contains("Your answers changed in another tab", Assert.Single(told.Errors), StringComparison.Ordinal);
        Assert.Contains($"To pay £55{priced.Rule}", told.Main, StringComparison.Ordinal);
        Assert.Equal(0, await priced.World.LivePlacesAsync(priced.Run.Id));
    }

    [Fact]
    public async Task BookPlace_ShownTheFeeOfEverybody_Refuses()
    {
        var priced = await PricedAsync();

        var outcome = await priced.World.BookPlace.RunAsync(priced.Request(5500, "ann5@pp.example"), Ct);

        Assert.Equal((BookPlaceResult.PriceChanged, 8200), (outcome.Result, outcome.PricePence));
        Assert.Equal(0, await priced.World.LivePlacesAsync(priced.Run.Id));
    }

    [Fact]
    public async Task BookPlace_DateOrCourseWithItsOwnFee_IsTheSameForEverybody()
    {
        var priced = await PricedAsync();
        var ofDate = await app.Given.RunAsync(priced.Course.Id, priced.Run.StartsAt.AddDays(1), feePence: 5500);
        var ofCourse = await app.Given.RunAsync(priced.World.Course, priced.Run.RunsOn);

        Assert.Equal(BookPlaceResult.Booked, (await priced.World.BookPlace.RunAsync(priced.World.Request([ofDate.Id, ofCourse.Id], "ann6@pp.example"), Ct)).Result);
        Assert.DoesNotContain(Outsiders, (await app.ReadAsync($"/dates/{ofDate.Id}")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Class_OfSectorAndOfArea_IsTheLastInTheOrderThatIsInUse()
    {
        var priced = await PricedAsync();
        var business = await app.Given.PayerClassAsync("private businesses", order: 2, sectors: [priced.World.Sector]);
        await app.Given.ClassFeesAsync(business, priced.From, 10000, 15000);

        var own = await app.Given.BookAsync(priced.Request(10000, "ann7@pp.example"));
        Assert.Equal(10000, await PenceAsync(own));
        Assert.Contains($"£55 per person, or £82 for {Outsiders}, or £100 for private businesses", (await app.ReadAsync($"/dates/{priced.Run.Id}")).Main, StringComparison.Ordinal);

        await priced.World.ExecuteAsync("update payer_classes set archived_at = now() where id = $1", business.Id);
        Assert.Equal(8200, await PenceAsync(await app.Given.BookAsync(priced.Request(8200, "ben7@pp.example"))));
    }

    [Fact]
    public async Task Decline_FreePlaceOfAnotherClass_OffersAndChargesItsPrice()
    {
        var priced = await PricedAsync();
        var booking = await app.Given.BookAsync(priced.Request(8200, "ann8@pp.example") with
        {
            Method = PaymentMethod.FreePlace,
            InvoiceEmail = null,
            FreePlace = new(FreePlaceApplicant.CommunityInterestCompany, null, "A toddler group"),
        });
        var application = await app.WithAsync((TrainingHubDb db) => db.Bookings.Where(one => one.Id == booking.Id).Select(one => one.FreePlaceApplicationId!.Value).SingleAsync(Ct));
        var staff = await priced.World.StaffAsync();
        await app.WithAsync<DecideFreePlace, DecideResult>(decide => decide.DeclineAsync(application, "Not a charity", new(staff, "Cora Coordinator"), Ct));
        var browser = app.Browse();
        await browser.GetAsync(await priced.World.PrivateLinkAsync(booking.Reference));

        var form = await browser.GetAsync($"/bookings/{booking.Reference}/payment");
        Assert.Contains("To pay: £82.", form.Main, StringComparison.Ordinal);
        await form.SubmitAsync(fields => (fields["Form.By"], fields["Form.InvoiceEmail"]) = ("Invoice", "finance@pp.example"));

        Assert.Equal("£82", await priced.World.TextAsync("select model ->> 'Price' from outgoing_emails where about = $1 and kind = 'free-place-declined'", booking.Reference));
        Assert.Equal(8200, await PenceAsync(booking));
    }

    [Fact]
    public async Task Date_FreeOnlyForSome_IsNotSaidToBeFreeForEveryone()
    {
        var priced = await PricedAsync(usual: 0);
        var page = (await app.ReadAsync($"/dates/{priced.Run.Id}")).Main;

        Assert.Contains($"or £82 for {Outsiders}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("for everyone", page, StringComparison.Ordinal);
        Assert.DoesNotContain(priced.Course.Title, (await app.ReadAsync("/courses?fee=free")).Main, StringComparison.Ordinal);
        var payment = await (await priced.World.ToOrganisationAsync(app.Browse(), priced.Run.Id, "Ann Able|ann9@pp.example")).SubmitAsync(priced.World.FillOrganisation);
        Assert.Contains("To pay: £82.", payment.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_AreToldEachPriceAndWhoseItIs()
    {
        var priced = await PricedAsync();
        var course = await app.ReadAsync($"/courses/{priced.Course.Slug}");

        using var answer = JsonDocument.Parse((await app.ReadAsync("/api/v1/dates")).Text);
        var line = answer.RootElement.GetProperty("items").EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == priced.Run.Id);
        Assert.Equal(5500, line.GetProperty("feePence").GetInt32());
        var other = Assert.Single(line.GetProperty("otherFees").EnumerateArray());
        Assert.Equal((Outsiders, 8200), (other.GetProperty("for").GetString(), other.GetProperty("feePence").GetInt32()));

        using var graph = JsonDocument.Parse(course.Find("script[type='application/ld+json']").TextContent);
        var offers = graph.RootElement.GetProperty("hasCourseInstance")[0].GetProperty("offers").EnumerateArray().ToList();
        Assert.Equal(["55.00 ", "82.00 "], offers.Select(offer => $"{offer.GetProperty("price").GetString()} "));
        Assert.Equal($"{priced.Rule} for {Outsiders}", offers[1].GetProperty("description").GetString());
        Assert.Contains($"or £82 for {Outsiders}", (await app.ReadAsync($"/courses/{priced.Course.Slug}.ics")).Text.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private async Task<Priced> PricedAsync(int usual = 5500)
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var from = London.DateOf(app.Clock.GetUtcNow()).AddDays(30 + (10 * Interlocked.Increment(ref schedules)));
        await app.Given.FeesAsync(from, usual, 9000);
        var course = await app.Given.CourseAsync(length: CourseLength.HalfDay);
        var outside = await app.Given.PayerClassAsync(Outsiders, areas: [world.Area]);
        await app.Given.ClassFeesAsync(outside, from, 8200, 12300);
        return new(world, course, await app.Given.RunAsync(course.Id, from.AddDays(2)), from, outside, (await app.Given.AreaAsync()).Id);
    }

    private Task<int> PenceAsync(BookedBooking booking) =>
        app.WithAsync((TrainingHubDb db) => db.Places.Where(place => place.BookingId == booking.Id).Select(place => place.PricePence).SingleAsync(Ct));
}
