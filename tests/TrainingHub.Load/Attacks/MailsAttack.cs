using TrainingHub.Load.Database;
using TrainingHub.Load.Hosting;
using TrainingHub.Load.Http;
using TrainingHub.Tests;

namespace TrainingHub.Load.Attacks;

/// <summary>
/// Has a stranger mailed in every way that the public site has: as the booker and the one who comes, by alternating swaps, on waiting
/// lists; and with an advertisement in place of a name. Then everything that is due is sent.
/// </summary>
internal static class MailsAttack
{
    private const string Victim = "victim@stranger.example";
    private const int Bookings = 10;
    private const int Swaps = 40;
    private const int Joins = 30;

    public static async Task<List<Damage>> RunAsync(Stage stage, CancellationToken ct)
    {
        var journey = await Journey.OfAsync(stage, ct);
        var course = (await Rows.IdsAsync(stage.Database, "courses", ct))[0];
        var soon = TimeProvider.System.GetUtcNow().AddDays(80);
        var runs = Enumerable.Range(0, Bookings + 2).Select(number => Given.NewRun(course, soon.AddDays(number), capacity: number == Bookings ? 1 : 10, feePence: 5500)).ToList();
        await new Given(stage.Database, TimeProvider.System, ct).CopyAsync(runs);
        await Task.Run(() => Pester(stage, journey, [.. runs.Select(run => run.Id)]), ct);
        for (var round = 0; round < 2; round++)
        {
            await stage.WorkAsync("SendEmails", ct);
            await stage.WorkAsync("OfferWithheld", ct);
        }

        await stage.WorkAsync("SendEmails", ct);
        var asked = await CountAsync(stage, "lower(to_address) like 'victim%@stranger.example'", ct);
        Notes.Say($"  {asked} emails to the stranger were asked for");
        return
        [
            new("emails asked for, so that there is something to bound", asked, 20, IsLeast: true),
            new("emails to the stranger within minutes", await CountAsync(stage, "lower(to_address) like 'victim%@stranger.example' and state = 'Sent'", ct), 3),
            new("emails with an advertisement in place of a name", await CountAsync(stage, "subject ilike '%http%' or model::text ilike '%evil.example/prize%'", ct), 0),
        ];
    }

    private static void Pester(Stage stage, Journey journey, Guid[] runs)
    {
        using var visitor = new Visitor(stage.Settings.Port) { From = "198.51.100.201" };
        for (var number = 0; number < Bookings; number++)
        {
            visitor.Forget();
            journey.Book(visitor, runs[number], Victim, "Invoice", [($"Person {number}", Victim)]);
        }

        visitor.Forget();
        journey.Book(visitor, runs[0], Victim, "Invoice", [("Win a prize http://evil.example/prize", Victim)]);
        visitor.Forget();
        var booked = journey.Book(visitor, runs[^1], "bot@bot2.example", "Invoice", [("Person A", Victim)]);
        Swap(visitor, booked.Location ?? "");
        visitor.Forget();
        journey.Book(visitor, runs[^2], "full@bot2.example", "Invoice", [("Full House", "full@bot2.example")]);
        for (var number = 0; number < Joins; number++)
        {
            visitor.Forget();
            Post(visitor, $"/dates/{runs[^2]}/wait", ("Form.Name", $"Person {(char)('a' + (number % 26))}{number}"), ("Form.Email", $"victim+{number}@stranger.example"), ("Form.Places", "1"));
        }
    }

    private static void Swap(Visitor visitor, string booking)
    {
        for (var number = 0; number < Swaps; number++)
        {
            var page = visitor.Get(booking).Text();
            var link = page.IndexOf("/swap?place=", StringComparison.Ordinal);
            if (link < 0)
            {
                return;
            }

            Post(visitor, $"{booking}/swap?place={page.Substring(link + 12, 36)}", ("Form.Change", "another"), ("Form.Name", $"Swapped {number}"), ("Form.Email", Victim));
        }
    }

    private static void Post(Visitor visitor, string path, params (string, string)[] form)
    {
        if (visitor.Get(path) is { Status: 200 } page)
        {
            visitor.Post(path, [.. form, ("__RequestVerificationToken", page.Field("__RequestVerificationToken"))]);
        }
    }

    private static Task<long> CountAsync(Stage stage, string which, CancellationToken ct) =>
        Rows.OneAsync<long>(stage.Database, $"select count(*) from outgoing_emails where {which}", ct);
}
