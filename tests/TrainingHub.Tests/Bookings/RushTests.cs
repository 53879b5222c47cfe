using TrainingHub.Bookings;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>
/// Many browsers press Confirm at once, over HTTP; the load driver does the same with two hundred, fifty times (attack "rush").
/// </summary>
public sealed class RushTests(TestApp app) : IClassFixture<TestApp>
{
    private const int Rounds = 3;
    private const int Browsers = 24;
    private const int Places = 6;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LastPlaces_ManyConfirmAtOnce_AreBookedOnceAndTheRestIsOfferedTheList()
    {
        var world = await WaitingWorld.MakeAsync(app, Token);
        for (var round = 0; round < Rounds; round++)
        {
            var run = await world.Bookings.RunAsync(Places);

            var ends = await PressAsync(await ReadyAsync(world, run));

            Assert.Equal(Places, ends.Count(IsBooked));
            await AllOfferedTheListAsync(run, [.. ends.Where(end => !IsBooked(end))]);
            Assert.Equal((Places, 0, 0), await world.CountsAsync(run));
        }
    }

    [Fact]
    public async Task FreedPlaces_ManyConfirmAtOnce_GoToTheListAlone()
    {
        var world = await WaitingWorld.MakeAsync(app, Token);
        for (var round = 0; round < Rounds; round++)
        {
            var run = await world.Bookings.RunAsync(Places);
            var ready = await ReadyAsync(world, run);
            var taken = new List<BookedBooking>();
            for (var place = 0; place < Places; place++)
            {
                taken.Add(await world.Bookings.BookAsync(run, $"{Guid.CreateVersion7():N}@taken.example"));
            }

            Guid[] waiting = [await world.JoinAsync(run, "Ann"), await world.JoinAsync(run, "Ben"), await world.JoinAsync(run, "Cat")];

            var pressing = PressAsync(ready);
            await Task.WhenAll([pressing, world.CancelAsync(taken[0]), world.CancelAsync(taken[1]), app.WithAsync<OfferPlaces, int>(offer => offer.RunAsync(run, Token))]);
            await world.OfferAsync();

            await AllOfferedTheListAsync(run, await pressing);
            Assert.Equal(["Offered", "Offered", "Waiting"], await StatesAsync(world, waiting));
            Assert.Equal((Places - 2, 2, 3), await world.CountsAsync(run));
        }
    }

    private static bool IsBooked(TestPage page) => page.Address.StartsWith("/bookings/", StringComparison.Ordinal);

    private static async Task<string[]> StatesAsync(WaitingWorld world, Guid[] entries)
    {
        var states = new List<string>();
        foreach (var entry in entries)
        {
            states.Add(await world.StateAsync(entry));
        }

        return [.. states];
    }

    private async Task<List<TestPage>> ReadyAsync(WaitingWorld world, Guid run)
    {
        var pages = new List<TestPage>();
        for (var number = 0; number < Browsers; number++)
        {
            pages.Add(await world.Bookings.ToCheckAsync(app.Browse(), run, $"Runner {number}|r{number}@{run:N}.example"));
        }

        return pages;
    }

    private static async Task<TestPage[]> PressAsync(List<TestPage> ready)
    {
        var start = new TaskCompletionSource();
        var presses = ready.Select(page => Task.Run(async () =>
        {
            await start.Task;
            return await page.SubmitAsync();
        }, Token)).ToList();
        start.SetResult();
        return await Task.WhenAll(presses);
    }

    /// <summary>No error, the way to the list, and what was typed kept.</summary>
    private static async Task AllOfferedTheListAsync(Guid run, TestPage[] refused)
    {
        Assert.All(refused, page => Assert.Equal("This date is full", page.Heading));
        Assert.All(refused, page => Assert.Contains("Join the waiting list", page.Main));
        var typed = await refused[0].Browser.GetAsync($"/dates/{run}/book/organisation");
        Assert.Equal("Bea Booker", typed.Find("#Form_Name").GetAttribute("value"));
    }
}
