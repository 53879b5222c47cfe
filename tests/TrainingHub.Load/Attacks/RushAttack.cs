using System.Globalization;
using TrainingHub.Load.Database;
using TrainingHub.Load.Hosting;
using TrainingHub.Load.Http;
using TrainingHub.Tests;

namespace TrainingHub.Load.Attacks;

/// <summary>
/// Two hundred visitors, each on a network of their own, press Confirm at once for the last ten places of a date; then the same on a
/// date that is full and has a waiting list, while places are cancelled and offered. RUSH_ROUNDS says how often, else fifty times.
/// </summary>
internal static class RushAttack
{
    private const int Clients = 200;
    private const int Places = 10;
    private const int Freed = 5;

    private sealed class Tally
    {
        public int Booked;
        public int Offered;
        public int Failed;
        public int Lost;
    }

    public static async Task<List<Damage>> RunAsync(Stage stage, CancellationToken ct)
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("RUSH_ROUNDS"), CultureInfo.InvariantCulture, out var wanted) ? wanted : 50;
        var journey = await Journey.OfAsync(stage, ct);
        var course = (await Rows.IdsAsync(stage.Database, "courses", ct))[0];
        var soon = TimeProvider.System.GetUtcNow().AddDays(40);
        var runs = Enumerable.Range(0, rounds * 2).Select(number => Given.NewRun(course, soon.AddHours(number), Places, feePence: 5500)).ToList();
        await new Given(stage.Database, TimeProvider.System, ct).CopyAsync(runs);
        var (last, full) = (new Tally(), new Tally());
        var (wrong, overtaken, gone) = (0, 0, 0);
        for (var round = 0; round < rounds; round++)
        {
            ct.ThrowIfCancellationRequested();
            var before = last.Booked;
            Rush(stage, journey, runs[round].Id, round, last, () => { });
            wrong += last.Booked - before == Places && await LiveAsync(stage, runs[round].Id, ct) == Places ? 0 : 1;

            var run = runs[rounds + round].Id;
            await FreeWhileTheyPressAsync(stage, journey, run, round, full, ct);
            overtaken += (int)await LiveAsync(stage, run, ct) - (Places - Freed);
            gone += Freed - (int)await Rows.OneAsync<long>(stage.Database, $"select places_offered::bigint from course_runs where id = '{run}'", ct);
        }

        return
        [
            new($"of {rounds} rounds, those in which not exactly {Places} places were booked", wrong, 0),
            new("booked of the last places, in all", last.Booked, rounds * Places, IsLeast: true),
            new("refused and offered the waiting list", last.Offered, rounds * (Clients - Places), IsLeast: true),
            new("passers-by who got a place that was freed for the list", overtaken + full.Booked, 0),
            new("freed places that were not offered to the list", gone, 0),
            new("refused there and offered the waiting list", full.Offered, rounds * Clients, IsLeast: true),
            new("answers 500 and above, or none", last.Failed + full.Failed, 0),
            new("visitors whose answers were lost", last.Lost + full.Lost, 0),
        ];
    }

    private static async Task FreeWhileTheyPressAsync(Stage stage, Journey journey, Guid run, int round, Tally tally, CancellationToken ct)
    {
        var bookers = new List<(Visitor Visitor, string Booking)>();
        Task? freeing = null;
        Rush(stage, journey, run, round, tally, () =>
        {
            for (var number = 0; number < Places; number++)
            {
                var visitor = new Visitor(stage.Settings.Port) { From = $"203.0.{round}.{number + 1}" };
                var booked = journey.Book(visitor, run, $"b{round}-{number}@rush.example", "Invoice", [($"Booked {number}", $"b{round}-{number}@rush.example")]);
                bookers.Add((visitor, booked.Location ?? ""));
            }

            for (var number = 0; number < Freed; number++)
            {
                using var waiter = new Visitor(stage.Settings.Port) { From = $"203.1.{round}.{number + 1}" };
                var form = waiter.Get($"/dates/{run}/wait");
                waiter.Post(
                    $"/dates/{run}/wait", ("Form.Name", $"Waits {number}"), ("Form.Email", $"w{round}-{number}@wait.example"), ("Form.Places", "1"),
                    ("__RequestVerificationToken", form.Field("__RequestVerificationToken"))).Expect(302);
            }

            freeing = Task.Run(() => CancelSome(bookers), ct);
        });
        await (freeing ?? Task.CompletedTask);
        await stage.WorkAsync("OfferFreedPlaces", ct);
        bookers.ForEach(booker => booker.Visitor.Dispose());
    }

    private static void CancelSome(List<(Visitor Visitor, string Booking)> bookers)
    {
        foreach (var (visitor, booking) in bookers.Take(Freed))
        {
            var form = visitor.Get($"{booking}/cancel");
            visitor.Post($"{booking}/cancel", ("due", form.Field("due")), ("__RequestVerificationToken", form.Field("__RequestVerificationToken"))).Expect(302);
        }
    }

    /// <summary>All fill in the form; then something happens; then all press at once.</summary>
    private static void Rush(Stage stage, Journey journey, Guid run, int round, Tally tally, Action before)
    {
        using var filled = new CountdownEvent(Clients);
        using var go = new ManualResetEventSlim();
        var threads = Enumerable.Range(0, Clients).Select(number => new Thread(
            () => One(stage, journey, run, number, $"r{round}-{number}@{run:N}.example", tally, filled, go), 256 * 1024)).ToList();
        threads.ForEach(thread => thread.Start());
        filled.Wait();
        before();
        go.Set();
        threads.ForEach(thread => thread.Join());
    }

    private static void One(Stage stage, Journey journey, Guid run, int number, string email, Tally tally, CountdownEvent filled, ManualResetEventSlim go)
    {
        var isFilled = false;
        try
        {
            using var visitor = new Visitor(stage.Settings.Port) { From = $"198.18.{number / 250}.{(number % 250) + 1}" };
            var check = journey.Fill(visitor, run, email, "Invoice", [($"Runner {number}", email)]);
            isFilled = true;
            filled.Signal();
            go.Wait();
            var answer = Journey.Confirm(visitor, run, check);
            if (answer.Location?.StartsWith("/bookings/", StringComparison.Ordinal) == true)
            {
                Interlocked.Increment(ref tally.Booked);
                return;
            }

            var instead = answer.Location is { } elsewhere ? visitor.Get(elsewhere) : answer;
            if (instead.Status >= 500)
            {
                Interlocked.Increment(ref tally.Failed);
            }
            else if (instead.Text().Contains("Join the waiting list", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref tally.Offered);
            }

            // On another date of the course, with what was typed here.
            if (!instead.Text().Contains("Nothing was booked", StringComparison.Ordinal) || !Keeps(visitor, run, email))
            {
                Interlocked.Increment(ref tally.Lost);
            }
        }
        catch (Exception failure) when (failure is IOException or System.Net.Sockets.SocketException or FormatException or InvalidOperationException)
        {
            Interlocked.Increment(ref tally.Failed);
        }
        finally
        {
            if (!isFilled)
            {
                filled.Signal();
            }
        }
    }

    /// <summary>What was typed is still there: the page before the check, which looks at no places, shows the address.</summary>
    private static bool Keeps(Visitor visitor, Guid run, string email) =>
        visitor.Get($"/dates/{run}/book/organisation").Text().Contains(email, StringComparison.Ordinal);

    private static Task<long> LiveAsync(Stage stage, Guid run, CancellationToken ct) =>
        Rows.OneAsync<long>(stage.Database, $"select count(*) from live_places where run_id = '{run}'", ct);
}
