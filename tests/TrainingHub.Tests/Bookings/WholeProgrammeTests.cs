using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>A programme that is booked as a whole: whose price it is, and what becomes of it when the order changes.</summary>
public sealed class WholeProgrammeTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Whole = "4400 of 5500";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BookPlace_EveryModuleInOneOrder_DividesThePriceAsAWhole()
    {
        var whole = await WholeWorld.MakeAsync(app);

        var booking = await app.Given.BookAsync(whole.Request(44000, "ann@w1.example", "ben@w1.example"));

        Assert.Equal(string.Join(", ", Enumerable.Repeat(Whole, 10)), await whole.PricesAsync(booking.Id));
        Assert.Equal(whole.Rule, await whole.World.TextAsync("select string_agg(distinct price_rule, ', ') from places where booking_id = $1", booking.Id));
        Assert.Equal("£440 (10 places at £44)", await whole.World.TextAsync("select model ->> 'Price' from outgoing_emails where about = $1 and kind = 'booking-confirmed'", booking.Reference));
        Assert.Equal(44000, await whole.World.CountAsync("select owed_pence from booking_money where booking_id = $1", booking.Id));
    }

    [Theory]
    [InlineData(null, 22000)]
    [InlineData(21999, 22000)]
    public async Task BookPlace_ShownAnotherTotal_RefusesAndSaysWhatItIs(int? shown, int total)
    {
        var whole = await WholeWorld.MakeAsync(app);

        var outcome = await whole.World.BookPlace.RunAsync(whole.Request(0, "ann@w2.example") with { TotalPence = shown }, Ct);

        Assert.Equal((BookPlaceResult.PriceChanged, (Guid?)null, total), (outcome.Result, outcome.RunId, outcome.PricePence));
        Assert.Equal(0, await whole.World.LivePlacesAsync(whole.Runs[0]));
    }

    [Fact]
    public async Task BookPlace_OneOfTwoPeopleLeavesOutAModule_PaysForEach()
    {
        var whole = await WholeWorld.MakeAsync(app);
        var request = whole.Request(22000 + (4 * 5500), "ann@w3.example", "ben@w3.example");

        var booking = await app.Given.BookAsync(request with { Dates = [request.Dates[0] with { Delegates = [request.Dates[0].Delegates[0]] }, .. request.Dates.Skip(1)] });

        Assert.Equal($"{Whole}, {string.Join(", ", Enumerable.Repeat($"{Whole}, 5500", 4))}", await whole.PricesAsync(booking.Id));
    }

    [Fact]
    public async Task BookPlace_PlacesWithoutAName_CountAsOnePersonEach()
    {
        var whole = await WholeWorld.MakeAsync(app);
        var request = whole.Request(22000 + 5500);

        var booking = await app.Given.BookAsync(request with { Dates = [.. request.Dates.Select((date, index) => date with { Unnamed = index == 2 ? 2 : 1 })] });

        Assert.Equal($"{Whole}, {Whole}, {Whole}, 5500, {Whole}, {Whole}", await whole.PricesAsync(booking.Id));
    }

    [Fact]
    public async Task BookPlace_ModuleBookedBefore_DoesNotCount()
    {
        var whole = await WholeWorld.MakeAsync(app);
        await whole.World.BookAsync(whole.Runs[0], "ann@w5.example");

        var booking = await app.Given.BookAsync(whole.World.Request(whole.Runs.Skip(1), "ann@w5.example"));

        Assert.Equal(4 * 5500, await whole.TotalAsync(booking.Id));
    }

    [Fact]
    public async Task BookPlace_ProgrammeIsArchived_CostsTheModules()
    {
        var whole = await WholeWorld.MakeAsync(app);
        await whole.World.ExecuteAsync("update programmes set archived_at = now() where id = $1", whole.Programme.Id);

        var booking = await app.Given.BookAsync(whole.World.Request(whole.Runs, "ben@w6.example"));

        Assert.Equal(27500, await whole.TotalAsync(booking.Id));
    }

    [Fact]
    public async Task BookPlace_PriceHasEnded_CostsTheModules()
    {
        var whole = await WholeWorld.MakeAsync(app);
        await app.Given.ProgrammeFeeAsync(whole.Programme.Id, pence: null, from: new DateOnly(2020, 5, 1));

        var booking = await app.Given.BookAsync(whole.World.Request(whole.Runs, "ann@w6.example"));

        Assert.Equal(27500, await whole.TotalAsync(booking.Id));
    }

    [Fact]
    public async Task BookPlace_OtherClass_HasNoPriceAsAWholeUnlessItHasItsOwn()
    {
        var whole = await WholeWorld.MakeAsync(app);
        var (fromOn, outside) = (London.DateOf(app.Clock.Now).AddDays(25), await app.Given.PayerClassAsync("outsiders", areas: [whole.World.Area]));
        await app.Given.FeesAsync(fromOn, 5500, 8200);
        await app.Given.ClassFeesAsync(outside, fromOn, 8200, 12300);
        await whole.World.ExecuteAsync("delete from course_fees where course_id = any($1)", whole.Modules.Select(module => module.Id).ToArray());
        var request = whole.World.Request(whole.Runs, "ann@w7.example");
        request = request with { Dates = [.. request.Dates.Select(date => date with { PricePence = 8200 })] };

        var dear = await app.Given.BookAsync(request);
        await app.Given.ProgrammeFeeAsync(whole.Programme.Id, 30000, outside.Id);
        var own = await app.Given.BookAsync(request with { BookingId = Guid.CreateVersion7(), Dates = [.. request.Dates.Select(date => date with { Delegates = [new("Ben Best", "ben@w7.example", null)] })], TotalPence = 30000 });

        Assert.Equal((41000, 30000), (await whole.TotalAsync(dear.Id), await whole.TotalAsync(own.Id)));
    }

    [Fact]
    public async Task Cancel_OnePlaceLater_TheOthersKeepTheirShare()
    {
        var whole = await WholeWorld.MakeAsync(app);
        var booking = await app.Given.BookAsync(whole.Request(22000, "ann@w8.example"));
        var place = await PlaceAsync(booking.Id, whole.Runs[2]);

        Assert.Equal(CancelResult.Cancelled, await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booking.Id, place, Ct, shownPence: 0)));

        Assert.Equal(string.Join(", ", Enumerable.Repeat(Whole, 4)), await whole.PricesAsync(booking.Id));
        Assert.Equal(17600, await whole.World.CountAsync("select owed_pence from booking_money where booking_id = $1", booking.Id));
    }

    [Fact]
    public async Task Move_ToAnotherDateOfTheModule_KeepsTheShare()
    {
        var whole = await WholeWorld.MakeAsync(app);
        var booking = await app.Given.BookAsync(whole.Request(22000, "ann@w9.example"));
        var to = (await app.Given.RunAsync(whole.Modules[4].Id, app.Clock.Now + TimeSpan.FromDays(90))).Id;
        var dearer = (await app.Given.RunAsync(whole.Modules[4].Id, app.Clock.Now + TimeSpan.FromDays(91), feePence: 6000)).Id;
        var place = await PlaceAsync(booking.Id, whole.Runs[4]);

        Assert.Equal(MoveOwnRefusal.NotOffered, await MoveAsync(dearer));
        Assert.Null(await MoveAsync(to));

        Assert.Equal(1, await whole.World.CountAsync("select count(*) from places where run_id = $1 and price_pence = 4400 and alone_pence = 5500", to));
        Task<MoveOwnRefusal?> MoveAsync(Guid run) => app.WithAsync<MoveOwnPlace, MoveOwnRefusal?>(move => move.RunAsync(booking.Id, place, run, Ct));
    }

    [Fact]
    public async Task FreePlaces_Approved_AreWorthThePriceAsAWhole()
    {
        var (whole, booking, application) = await AppliedAsync("w10");
        var staff = await whole.World.StaffAsync();

        var decided = await app.WithAsync<DecideFreePlace, DecideResult>(decide => decide.ApproveAsync(application, new(staff, "Cora Coordinator"), Ct));

        Assert.Equal(DecideResult.Decided, decided);
        Assert.Equal((0, 22000), (await whole.TotalAsync(booking.Id), await whole.World.CountAsync("select sum(forgone_pence) from places where booking_id = $1", booking.Id)));
    }

    [Fact]
    public async Task FreePlaces_DeclinedThenPaid_CostThePriceAsAWhole()
    {
        var (whole, booking, application) = await AppliedAsync("w11");
        var staff = await whole.World.StaffAsync();
        await app.WithAsync<DecideFreePlace, DecideResult>(decide => decide.DeclineAsync(application, "Not a charity", new(staff, "Cora Coordinator"), Ct));
        var browser = app.Browse();
        var manage = await browser.GetAsync(await whole.World.PrivateLinkAsync(booking.Reference));

        var form = await browser.GetAsync($"/bookings/{booking.Reference}/payment");
        await form.SubmitAsync(fields => (fields["Form.By"], fields["Form.InvoiceEmail"]) = ("Invoice", "finance@w11.example"));

        Assert.Equal("£220 (5 places at £44)", await whole.World.TextAsync("select model ->> 'Price' from outgoing_emails where about = $1 and kind = 'free-place-declined'", booking.Reference));
        Assert.Contains("£220 (5 places at £44)", manage.Main, StringComparison.Ordinal);
        Assert.Contains($"To pay: £220 (5 places at £44). {whole.Rule}.", form.Main, StringComparison.Ordinal);
        Assert.Equal(string.Join(", ", Enumerable.Repeat(Whole, 5)), await whole.PricesAsync(booking.Id));
    }

    private async Task<(WholeWorld Whole, BookedBooking Booking, Guid Application)> AppliedAsync(string host)
    {
        var whole = await WholeWorld.MakeAsync(app);
        var booking = await app.Given.BookAsync(whole.Request(22000, $"ann@{host}.example") with
        {
            Method = PaymentMethod.FreePlace,
            InvoiceEmail = null,
            FreePlace = new(FreePlaceApplicant.RegisteredCharity, "1234567", "We run a toddler group."),
        });
        return (whole, booking, await app.WithAsync((TrainingHubDb db) => db.Bookings.Where(one => one.Id == booking.Id).Select(one => one.FreePlaceApplicationId!.Value).SingleAsync(Ct)));
    }

    private Task<Guid> PlaceAsync(Guid booking, Guid run) =>
        app.WithAsync((TrainingHubDb db) => db.Places.Where(place => place.BookingId == booking && place.RunId == run).Select(place => place.Id).SingleAsync(Ct));
}
