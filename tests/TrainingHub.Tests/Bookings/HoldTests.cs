using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Bookings;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Held places: confirmed, released, and seated again when the money comes late.</summary>
public sealed class HoldTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BookPlace_ByCard_HoldsForAWhileAndTellsOnlyTheBooker()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);

        var booking = await world.BookByCardAsync(run, "ann@h1.example", "ben@h1.example");

        Assert.Equal(BookingState.Held, booking.State);
        Assert.Equal(1, await world.CountAsync(
            "select count(*) from bookings where id = $1 and held_until = created_at + interval '35 minutes'", booking.Id));
        Assert.Equal(["bea@school.example"], await world.MailedAsync(booking.Reference));
    }

    [Fact]
    public async Task ConfirmPlaces_Held_ConfirmsOnce()
    {
        var world = await WorldAsync();
        var booking = await world.BookByCardAsync(await world.RunAsync(capacity: 10), "ann@h2.example");

        Assert.Equal(ConfirmResult.Confirmed, await ConfirmAsync(booking.Id));
        Assert.Equal(ConfirmResult.AlreadyConfirmed, await ConfirmAsync(booking.Id));
        Assert.Equal(1, await world.SentAsync(booking.Reference, "booking-confirmed"));
        Assert.Equal(1, await world.SentAsync(booking.Reference, "you-are-booked"));
    }

    [Fact]
    public async Task ReleaseHold_TwentyTimesAtOnce_ReleasesOnce()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var booking = await world.BookByCardAsync(run, "ann@h3.example", "ben@h3.example");
        await world.BookAsync(run, "other@h3.example");

        var released = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => ReleaseAsync(booking.Id))));

        Assert.Single(released, true);
        Assert.Equal(1, await world.PlacesTakenAsync(run));
        Assert.Equal(1, await world.SentAsync(booking.Reference, "booking-expired"));
    }

    /// <summary>The twin: who does not hold the date while they look releases once more what another is releasing.</summary>
    [Fact]
    public async Task ReleaseHold_WithoutTheLock_TellsTheBookerTwiceWhenTheyMeet()
    {
        var world = await WorldAsync();
        var booking = await world.BookByCardAsync(await world.RunAsync(capacity: 10), "ann@h9.example");

        await Gate.MeetAsync(app.Database, "places", 2, () => ReleaseUnlockedAsync(booking.Id));

        Assert.Equal(2, await world.SentAsync(booking.Reference, "booking-expired"));
    }

    [Fact]
    public async Task ReleaseHold_WithoutTheLockInSequence_ReleasesOnce()
    {
        var world = await WorldAsync();
        var booking = await world.BookByCardAsync(await world.RunAsync(capacity: 10), "ann@h10.example");

        Assert.True(await ReleaseUnlockedAsync(booking.Id));
        Assert.False(await ReleaseUnlockedAsync(booking.Id));
        Assert.Equal(1, await world.SentAsync(booking.Reference, "booking-expired"));
    }

    [Fact]
    public async Task ConfirmPlaces_LapsedAndPlacesLeft_SeatsAgain()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 2);
        var booking = await world.BookByCardAsync(run, "ann@h4.example", "ben@h4.example");
        await ReleaseAsync(booking.Id);

        Assert.Equal(ConfirmResult.Confirmed, await ConfirmAsync(booking.Id));
        Assert.Equal(2, await world.PlacesTakenAsync(run));
        Assert.Equal(2, await world.LivePlacesAsync(run));
    }

    [Fact]
    public async Task ConfirmPlaces_LapsedAndFull_SaysFullAndChangesNothing()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 2);
        var booking = await world.BookByCardAsync(run, "ann@h5.example", "ben@h5.example");
        await ReleaseAsync(booking.Id);
        await world.BookAsync(run, "other@h5.example");

        Assert.Equal(ConfirmResult.Full, await ConfirmAsync(booking.Id));
        Assert.Equal(1, await world.PlacesTakenAsync(run));
        Assert.Equal(1, await world.CountAsync("select count(*) from bookings where id = $1 and state = 'Expired'", booking.Id));
    }

    [Fact]
    public async Task ConfirmPlaces_LapsedAndDelegateBookedAgain_LeavesTheCallersTransactionUsable()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var booking = await world.BookByCardAsync(run, "ann@h6.example", "ben@h6.example");
        await ReleaseAsync(booking.Id);
        await world.BookAsync(run, "ben@h6.example");

        await using var scope = app.Scope();
        var db = scope.ServiceProvider.GetRequiredService<TrainingHubDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        var result = await scope.ServiceProvider.GetRequiredService<ConfirmPlaces>().RunAsync(booking.Id, app.Clock.Now, Token);
        await transaction.CommitAsync(Token);

        Assert.Equal(ConfirmResult.Full, result);
        Assert.Equal(1, await world.PlacesTakenAsync(run));
    }

    [Fact]
    public async Task ConfirmPlaces_Cancelled_SaysSo()
    {
        var world = await WorldAsync();
        var booking = await world.BookByCardAsync(await world.RunAsync(capacity: 10), "ann@h7.example");
        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booking.Id, Token));

        Assert.Equal(ConfirmResult.Cancelled, await ConfirmAsync(booking.Id));
    }

    [Fact]
    public async Task HoldsAndBookings_AllAtOnce_NeverLoseCount()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 12);
        var held = new List<Guid>();
        for (var i = 0; i < 6; i++)
        {
            held.Add((await world.BookByCardAsync(run, $"a{i}@h8.example", $"b{i}@h8.example")).Id);
        }

        await Task.WhenAll(
            from round in Enumerable.Range(0, 5)
            from i in Enumerable.Range(0, 6)
            from act in new Func<Task>[]
            {
                () => ReleaseAsync(held[i]),
                () => ConfirmAsync(held[i]),
                () => world.BookPlace.RunAsync(world.Request(run, $"a{i}@h8.example"), Token),
            }
            select Task.Run(act));

        Assert.Equal(await world.LivePlacesAsync(run), await world.PlacesTakenAsync(run));
        Assert.InRange(await world.PlacesTakenAsync(run), 0, 12);
    }

    private Task<bool> ReleaseAsync(Guid booking) =>
        app.WithAsync<ReleaseHold, bool>(release => release.RunAsync(booking, app.Clock.Now, Token));

    private Task<bool> ReleaseUnlockedAsync(Guid booking) => Unguarded.WithoutRowLocksAsync(() => ReleaseAsync(booking));

    private async Task<ConfirmResult> ConfirmAsync(Guid booking)
    {
        await using var scope = app.Scope();
        var db = scope.ServiceProvider.GetRequiredService<TrainingHubDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        var result = await scope.ServiceProvider.GetRequiredService<ConfirmPlaces>().RunAsync(booking, app.Clock.Now, Token);
        await transaction.CommitAsync(Token);
        return result;
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
