using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Places held back for one sector: who gets them, and that every way to gain or lose a place keeps the count.</summary>
public sealed class HeldBackTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BookPlace_OthersWantHeldPlaces_AreToldWhatIsLeftForThem()
    {
        var (world, police, run) = await HeldAsync(capacity: 5, held: 3);
        await BookAsync(world, run, world.Sector, "one@b1.example");

        var refused = await world.BookPlace.RunAsync(world.Request(run, "two@b1.example", "three@b1.example"), Token);
        var group = await world.BookPlace.RunAsync(world.Request(run, "four@b1.example", "five@b1.example", "six@b1.example") with { SectorId = police }, Token);

        Assert.Equal((BookPlaceResult.Full, 1), (refused.Result, refused.PlacesLeft));
        Assert.Equal(BookPlaceResult.Booked, group.Result);
        await CountsAsync(world, run, police, all: 4, ofSector: 3);
    }

    [Fact]
    public async Task BookPlace_SectorTakesMoreThanIsHeld_TakesOpenPlacesAsAnybody()
    {
        var (world, police, run) = await HeldAsync(capacity: 4, held: 1);

        await BookAsync(world, run, police, "one@b2.example", "two@b2.example", "three@b2.example");
        await BookAsync(world, run, world.Sector, "four@b2.example");

        await CountsAsync(world, run, police, all: 4, ofSector: 3);
    }

    [Fact]
    public async Task BookPlace_DayIsOver_EverybodyGetsThem()
    {
        var (world, police, run) = await HeldAsync(capacity: 3, held: 3, TimeSpan.FromHours(2));
        Assert.Equal(BookPlaceResult.Full, (await world.BookPlace.RunAsync(world.Request(run, "one@b3.example"), Token)).Result);
        app.Clock.Advance(TimeSpan.FromHours(2));

        await BookAsync(world, run, world.Sector, "one@b3.example", "two@b3.example", "three@b3.example");

        await CountsAsync(world, run, police, all: 3, ofSector: 0);
    }

    [Fact]
    public async Task CancelBooking_OfTheSector_GivesThePlaceBackToTheSector()
    {
        var (world, police, run) = await HeldAsync(capacity: 2, held: 1);
        await BookAsync(world, run, world.Sector, "one@b4.example");
        var booking = await BookAsync(world, run, police, "two@b4.example");

        await app.WithAsync<CancelBooking, object>(async cancel => await cancel.RunAsync(booking.Id, Token));

        await CountsAsync(world, run, police, all: 1, ofSector: 0);
        Assert.Equal(BookPlaceResult.Full, (await world.BookPlace.RunAsync(world.Request(run, "three@b4.example"), Token)).Result);
        await BookAsync(world, run, police, "three@b4.example");
    }

    [Fact]
    public async Task ConfirmPlaces_LapsedHold_IsSeatedAgainOnlyByTheSameRule()
    {
        var (world, police, run) = await HeldAsync(capacity: 2, held: 1);
        var mine = await CardAsync(world, run, police, "one@b5.example");
        var other = await CardAsync(world, run, world.Sector, "two@b5.example");
        await ReleaseAsync(mine);
        await ReleaseAsync(other);
        await CountsAsync(world, run, police, all: 0, ofSector: 0);
        await BookAsync(world, run, world.Sector, "three@b5.example");

        Assert.Equal(ConfirmResult.Full, await ConfirmAsync(other));
        Assert.Equal(ConfirmResult.Confirmed, await ConfirmAsync(mine));
        await CountsAsync(world, run, police, all: 2, ofSector: 1);
    }

    [Fact]
    public async Task ChooseDate_ToHeldPlaces_IsForTheSectorAlone()
    {
        var (world, police, from) = await HeldAsync(capacity: 4, held: 2);
        var to = await world.HeldBackRunAsync(capacity: 1, held: 1, police, startsIn: TimeSpan.FromDays(50));
        var mine = await BookAsync(world, from, police, "one@b6.example");
        var other = await BookAsync(world, from, world.Sector, "two@b6.example");
        await world.ExecuteAsync("update course_runs set moved_at = $2 where id = $1", from, app.Clock.Now.AddHours(1));

        Assert.Equal(ChooseDateResult.Full, await ChooseAsync(other.Id, from, to));
        Assert.Equal(ChooseDateResult.Moved, await ChooseAsync(mine.Id, from, to));

        await CountsAsync(world, from, police, all: 1, ofSector: 0);
        await CountsAsync(world, to, police, all: 1, ofSector: 1);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 0)]
    [InlineData(5, 3)]
    [InlineData(5, 9)]
    public async Task LeftFor_AndTheDatabase_SayTheSame(int held, int taken)
    {
        var world = await WorldAsync();
        var police = await world.OtherSectorAsync();
        var run = held == 0 ? await world.RunAsync(capacity: 12) : await world.HeldBackRunAsync(capacity: 12, held, police, TimeSpan.FromDays(1));
        await world.ExecuteAsync("update course_runs set places_taken = $2, held_back_taken = $2 where id = $1", run, taken);
        var line = (await app.WithAsync<TrainingHubDb, DateLine?>(db => DateLines.FindAsync(db, run, Token)))!;

        foreach (var moment in new[] { app.Clock.Now, app.Clock.Now.AddDays(1).AddTicks(-10), app.Clock.Now.AddDays(1) })
        {
            foreach (var sector in new[] { police, world.Sector })
            {
                Assert.Equal(
                    await world.CountAsync("select places_left_for(run, $2, $3) from course_runs run where id = $1", run, sector, moment),
                    line.LeftFor(sector, moment));
                Assert.Equal(
                    line.LeftFor(sector, moment),
                    await app.WithAsync<TrainingHubDb, int>(async db =>
                    {
                        var most = 0;
                        while (await DateLines.Bookable(db, moment, most + 1, sector).AnyAsync(one => one.Id == run, Token))
                        {
                            most++;
                        }

                        return most;
                    }));
            }
        }
    }

    [Fact]
    public async Task Pages_OnlyHeldPlacesLeft_SayFullAndLetTheSectorIn()
    {
        var world = await WorldAsync();
        var police = await world.OtherSectorAsync("Police (pages)");
        var run = await world.HeldBackRunAsync(capacity: 2, held: 1, police);
        await BookAsync(world, run, world.Sector, "one@b7.example");

        var date = await app.Browse().GetAsync($"/dates/{run}");
        Assert.Contains("This date is full.", date.Main);
        Assert.Contains("1 place is held for Police (pages) until 11 November 2026.", date.Main);
        var organisation = await world.ToOrganisationAsync(app.Browse(), run, "Ann Able|ann@b7.example");
        var refused = await organisation.SubmitAsync(world.FillOrganisation);

        Assert.Equal("This date is full", refused.Heading);
        var again = await refused.FollowAsync("Change your sector");
        Assert.Equal("Bea Booker", again.Find("#Form_Name").GetAttribute("value"));
        var payment = await again.SubmitAsync(fields => fields["Form.SectorId"] = $"{police}");
        Assert.Contains("pay", payment.Heading);
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);

    private async Task<(BookingWorld World, Guid Sector, Guid Run)> HeldAsync(int capacity, int held, TimeSpan? heldFor = null)
    {
        var world = await WorldAsync();
        var sector = await world.OtherSectorAsync();
        return (world, sector, await world.HeldBackRunAsync(capacity, held, sector, heldFor));
    }

    private static async Task<BookedBooking> BookAsync(BookingWorld world, Guid run, Guid sector, params string[] people) =>
        (await world.BookPlace.RunAsync(world.Request(run, people) with { SectorId = sector }, Token)).Booking ?? throw new InvalidOperationException("Refused.");

    private static async Task<Guid> CardAsync(BookingWorld world, Guid run, Guid sector, string person) => (await world.BookPlace.RunAsync(
        world.Request(run, person) with { SectorId = sector, Method = PaymentMethod.Card, InvoiceEmail = null }, Token)).Booking!.Id;

    private Task<bool> ReleaseAsync(Guid booking) => app.WithAsync<ReleaseHold, bool>(release => release.RunAsync(booking, app.Clock.Now, Token));

    private async Task<ConfirmResult> ConfirmAsync(Guid booking)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TrainingHubDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        var result = await scope.ServiceProvider.GetRequiredService<ConfirmPlaces>().RunAsync(booking, app.Clock.Now, Token);
        await transaction.CommitAsync(Token);
        return result;
    }

    private Task<ChooseDateResult> ChooseAsync(Guid booking, Guid from, Guid to) =>
        app.WithAsync<ChooseDate, ChooseDateResult>(choose => choose.RunAsync(booking, from, to, Token));

    private static async Task CountsAsync(BookingWorld world, Guid run, Guid sector, int all, int ofSector)
    {
        Assert.Equal((all, ofSector), (await world.LivePlacesAsync(run), await world.LivePlacesOfAsync(run, sector)));
        Assert.Equal((all, ofSector), (await world.PlacesTakenAsync(run), await world.HeldBackTakenAsync(run)));
    }
}
