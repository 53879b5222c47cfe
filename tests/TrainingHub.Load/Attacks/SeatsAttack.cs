using TrainingHub.Load.Database;
using TrainingHub.Load.Hosting;
using TrainingHub.Load.Http;
using TrainingHub.Tests;

namespace TrainingHub.Load.Attacks;

/// <summary>
/// One visitor who throws the cookies away and invents an address each time holds ten places on each of thirty dates without paying,
/// then one place at a time; and sixty colleagues behind one network address book at once.
/// </summary>
internal static class SeatsAttack
{
    private const int Dates = 30;
    private const int Singles = 150;
    private const int Colleagues = 60;

    public static async Task<List<Damage>> RunAsync(Stage stage, CancellationToken ct)
    {
        var journey = await Journey.OfAsync(stage, ct);
        var course = (await Rows.IdsAsync(stage.Database, "courses", ct))[0];
        var soon = TimeProvider.System.GetUtcNow().AddDays(40);
        var runs = Enumerable.Range(0, Dates + 1).Select(number => Given.NewRun(course, soon.AddDays(number), number == Dates ? 100 : 10, feePence: 5500)).ToList();
        await new Given(stage.Database, TimeProvider.System, ct).CopyAsync(runs);

        await Task.Run(() => HoldTens(stage, journey, [.. runs.Take(Dates).Select(run => run.Id)]), ct);
        var tens = await HeldAsync(stage, "%@bot.example", ct);
        await Task.Run(() => HoldSingles(stage, journey, runs[0].Id, [.. runs.Take(Dates).Select(run => run.Id)]), ct);
        var all = await HeldAsync(stage, "%@bot.example", ct);
        await Task.WhenAll(Enumerable.Range(0, Colleagues).Select(number => Task.Factory.StartNew(
            () => BookOne(stage, journey, runs[Dates].Id, number), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return
        [
            new("places of one visitor who books for ten at a time", tens, 20),
            new("places of one visitor who invents a person for each", all, 100),
            new("colleagues behind one address who are booked", await HeldAsync(stage, "%@council.example", ct), Colleagues, IsLeast: true),
        ];
    }

    private static void HoldTens(Stage stage, Journey journey, Guid[] runs)
    {
        using var visitor = new Visitor(stage.Settings.Port) { From = "198.51.100.200" };
        for (var date = 0; date < runs.Length; date++)
        {
            visitor.Forget();
            journey.Book(visitor, runs[date], $"ten{date}@bot.example", "FreePlace", [.. Enumerable.Range(0, 10).Select(number => ($"Person {number}", $"p{date}-{number}@bot.example"))]);
        }
    }

    private static void HoldSingles(Stage stage, Journey journey, Guid full, Guid[] runs)
    {
        using var visitor = new Visitor(stage.Settings.Port) { From = "198.51.100.200" };
        for (var number = 0; number < Singles; number++)
        {
            visitor.Forget();
            var run = runs[number % runs.Length];
            journey.Book(visitor, run == full ? runs[^1] : run, $"one{number}@bot.example", "FreePlace", [($"Single {number}", $"s{number}@bot.example")]);
        }
    }

    private static void BookOne(Stage stage, Journey journey, Guid run, int number)
    {
        using var visitor = new Visitor(stage.Settings.Port) { From = "192.0.2.10" };
        journey.Book(visitor, run, $"c{number}@council.example", "FreePlace", [($"Colleague {number}", $"c{number}@council.example")]);
    }

    private static async Task<long> HeldAsync(Stage stage, string booker, CancellationToken ct) => await Rows.OneAsync<long>(
        stage.Database, $"select count(*) from live_places where booking_id in (select id from bookings where booker_email like '{booker}')", ct);
}
