using System.Diagnostics;
using System.Net.Sockets;
using TrainingHub.Load.Hosting;
using TrainingHub.Load.Http;
using TrainingHub.People;

namespace TrainingHub.Load.Attacks;

/// <summary>
/// Wrong passwords from sixty network addresses, each as often as it may: twenty a second together. How long public pages take meanwhile,
/// beside how long they take alone, and whether somebody who has signed in from here before still can.
/// </summary>
internal static class SignInFlood
{
    private const int Networks = 60;
    private static readonly TimeSpan EachPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Flood = TimeSpan.FromSeconds(20);
    private static readonly string[] Pages = ["/", "/courses", "/courses?q=neglect", "/courses?when=saturday", "/contact"];

    public static async Task<List<Damage>> RunAsync(Stage stage, CancellationToken ct)
    {
        var port = stage.Settings.Port;
        using var owner = new Visitor(port) { From = "203.0.113.1" };
        var password = (await File.ReadAllTextAsync(Directory.GetFiles(stage.Settings.DataFolder, "*password*").Single(), ct)).Trim();
        await Task.Run(() => SignIn(owner, SeedDemoCoordinator.Email, password).Expect(302), ct);
        owner.Drop("session");

        await Task.Run(() => Probe(port, TimeSpan.FromSeconds(2)), ct);
        var alone = await Task.Run(() => Probe(port, Alone), ct);
        var answers = new int[600];
        var flood = Enumerable.Range(0, Networks).Select(network => Task.Factory.StartNew(
            () => Guess(port, network, answers, ct), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToList();
        var probe = Task.Run(() => Probe(port, Flood), ct);
        await Task.Delay(Flood / 2, ct);
        var took = Stopwatch.StartNew();
        var back = await Task.Run(() => Patiently(port, owner.From, visitor => SignIn(visitor.As(owner), SeedDemoCoordinator.Email, password)), ct);
        took.Stop();
        var meanwhile = await probe;
        await Task.WhenAll(flood);

        var unanswered = answers[0];
        Notes.Say($"  {unanswered} sign-ins were not answered; {answers.Sum() - unanswered} sign-ins answered: {answers[200]} refused, {answers[503]} told to try again in a moment, {answers[429]} to wait a minute");
        Notes.Say(FormattableString.Invariant($"  public pages alone: p95 {alone:0.0} ms"));
        return
        [
            new("public pages in the flood, p95 in ms", meanwhile, 50),
            new("owner signs in from a browser used before, seconds", back?.Status == 302 ? took.Elapsed.TotalSeconds : double.PositiveInfinity, 5),
            new("sign-ins answered", answers.Sum() - unanswered, 200, IsLeast: true),
        ];
    }

    private static Answer SignIn(Visitor visitor, string email, string password)
    {
        var form = visitor.Get("/sign-in").Expect(200);
        return visitor.Post(
            "/sign-in", ("Form.Email", email), ("Form.Password", password), ("ReturnUrl", ""),
            ("__RequestVerificationToken", form.Field("__RequestVerificationToken")));
    }

    private static void Guess(int port, int network, int[] answers, CancellationToken ct)
    {
        Thread.Sleep(EachPause * network / Networks);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Flood && !ct.IsCancellationRequested; Thread.Sleep(EachPause))
        {
            var email = network % 2 == 0 ? SeedDemoCoordinator.Email : $"nobody{network}@flood.example";
            var answer = Patiently(port, $"198.51.100.{network + 1}", visitor => SignIn(visitor, email, $"wrong {watch.ElapsedTicks}"));
            Interlocked.Increment(ref answers[answer?.Status ?? 0]);
        }
    }

    /// <returns>Null when no answer came within the patience of a visitor.</returns>
    private static Answer? Patiently(int port, string? from, Func<Visitor, Answer> ask)
    {
        using var visitor = new Visitor(port) { From = from };
        try
        {
            return ask(visitor);
        }
        catch (Exception silence) when (silence is SocketException or IOException)
        {
            return null;
        }
    }

    /// <returns>The 95th percentile, in milliseconds, of pages asked for one after the other, fifty a second.</returns>
    private static double Probe(int port, TimeSpan time)
    {
        var times = new List<double>();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < time; Thread.Sleep(20))
        {
            var page = Stopwatch.StartNew();
            Patiently(port, from: null, visitor => visitor.Get(Pages[times.Count % Pages.Length]).Expect(200));
            times.Add(page.Elapsed.TotalMilliseconds);
        }

        return times.Order().ElementAt(times.Count * 95 / 100);
    }
}
