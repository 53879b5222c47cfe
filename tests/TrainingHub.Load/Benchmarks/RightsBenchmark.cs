using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using TrainingHub.Load.Database;
using TrainingHub.Load.Hosting;
using TrainingHub.Load.Http;
using TrainingHub.Platform;
using TrainingHub.Tests;

namespace TrainingHub.Load.Benchmarks;

/// <summary>
/// Everything about one person in a national year, by the pages that staff use: the request is recorded, what may be theirs is looked for and
/// ticked, the copy is made as a page and as a file, and all of it is erased. They have places on many dates and stand beside in every kind
/// of record that the builder makes. Then the page that counts what is over. The ceiling is a staff page without anything to read.
/// </summary>
internal static partial class RightsBenchmark
{
    private const int Partnerships = 150;
    private const int MorePlaces = 40;
    private const int LongestMilliseconds = 60_000;
    private const string Name = "Zaphira Quellwater";
    private const string Email = "zaphira@quellwater.example";

    public static async Task<List<Figure>> RunAsync(Stage stage, CancellationToken ct)
    {
        await stage.AppAsync(ct);
        var watch = Stopwatch.StartNew();
        await NationalYear.AddAsync(stage.Database, 0, Partnerships, ct);
        await StandEverywhereAsync(stage, ct);
        Notes.Say($"  {await Rows.OneAsync<long>(stage.Database, "select count(*) from places", ct):N0} places, made in {watch.Elapsed.TotalSeconds:0} s");
        using var coordinator = new Visitor(stage.Settings.Port);
        coordinator.Post(
            "/dev/sign-in", ("ReturnUrl", DeskBenchmark.Nothing), ("__RequestVerificationToken", coordinator.Get("/dev").Field("__RequestVerificationToken"))).Expect(302);
        var ceiling = DeskBenchmark.Percentile(coordinator, [DeskBenchmark.Nothing], ct);
        var figures = new List<Figure>();
        var request = Timed("record", () => Record(coordinator));
        var found = Timed("find", () => coordinator.Get($"{request}/find").Expect(200));
        var ticks = Ticks().Matches(found.Text()).Select(match => ("Ticked", match.Groups[1].Value)).ToArray();
        Notes.Say($"  {ticks.Length} records are found");
        Timed("tick", () => coordinator.Post($"{request}/find", [.. ticks, Token(found)]).Expect(302));
        var copy = Timed("copy", () => coordinator.Get($"{request}/copy").Expect(200));
        Notes.Say($"  copy of {Regex.Count(copy.Text(), "<h2"):N0} sections, {copy.Text().Length:N0} characters");
        Timed("file", () => coordinator.Get($"{request}/copy?handler=Json").Expect(200));
        var plan = Timed("plan", () => coordinator.Get($"{request}/erase").Expect(200));
        Timed("erase", () => coordinator.Post($"{request}/erase", ("LeaveNeeded", "true"), Token(plan)).Expect(302));
        Add("whole", figures.Sum(figure => figure.Value));
        Timed("retention", () => coordinator.Get("/staff/retention").Expect(200));
        if (await Rows.OneAsync<long>(stage.Database, $"select count(*) from people where name = '{Name}'", ct) > 0)
        {
            throw new InvalidOperationException("They are still there.");
        }

        return figures;

        T Timed<T>(string name, Func<T> act)
        {
            var took = Stopwatch.StartNew();
            var result = act();
            Add(name, took.Elapsed.TotalMilliseconds);
            return result;
        }

        void Add(string name, double value)
        {
            figures.Add(new Figure($"rights-{name}", value, "ms", "empty staff page", ceiling, Target.AtMost(LongestMilliseconds, "ms")));
            Notes.Say($"  {figures[^1]}");
        }
    }

    private static string Record(Visitor coordinator)
    {
        var form = coordinator.Get("/staff/data-requests/new").Expect(200);
        var today = London.DateOf(TimeProvider.System.GetUtcNow());
        return coordinator.Post(
            "/staff/data-requests/new", ("Form.Id", form.Field("Form.Id")), ("Form.Kind", "Erasure"), ("Form.Name", Name), ("Form.Email", Email), ("Form.Identity", "Rang back"),
            ("Form.ReceivedOn", string.Create(CultureInfo.InvariantCulture, $"{today.Day}/{today.Month}/{today.Year}")), Token(form)).Expect(302).Location!;
    }

    private static (string, string) Token(Answer page) => ("__RequestVerificationToken", page.Field("__RequestVerificationToken"));

    private static async Task StandEverywhereAsync(Stage stage, CancellationToken ct)
    {
        var given = new Given(stage.Database, TimeProvider.System, ct);
        var (today, now) = (London.DateOf(TimeProvider.System.GetUtcNow()), TimeProvider.System.GetUtcNow());
        var course = await given.CourseAsync();
        for (var date = 1; date <= MorePlaces; date++)
        {
            var run = await given.RunAsync(course.Id, today.AddDays(-date * 5));
            var made = (await given.PlacesAsync(run, new GivenDelegate(Name) { Email = Email, AccessNeeds = "Hearing loop", PricePence = date % 2 == 0 ? 5500 : 0, Method = TrainingHub.Bookings.PaymentMethod.Invoice }))[0];
            await given.MarkAsync(made.Place.Id, now);
            await given.EmailAsync(Email, new TrainingHub.Emails.TestMessageEmail(Name, "3 March 2027"), made.Booking.Reference);
            await given.RemindedAsync(made.Place.Id, made.Person.Id);
        }

        await given.WaitingAsync((await given.RunAsync(course.Id, now.AddDays(30))).Id, Name, Email);
        await given.DateWishAsync(course.Id, Email);
        await given.LeadAsync((await given.OrganisationAsync("Quellwater School")).Id, Email);
        await given.SignedInAsync(Email);
        await given.TrainerAsync((await given.ProviderAsync()).Id, Name);
        await given.MessageAsync("Parking", $"{Name} knows where to park");
        await given.CommentsAsync(TrainingHub.Surveys.CommentState.Read, $"{Name} was a good trainer");
    }

    [GeneratedRegex("name=\"Ticked\" value=\"([^\"]+)\"")]
    private static partial Regex Ticks();
}
