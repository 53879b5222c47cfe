using TrainingHub.Load.Database;
using TrainingHub.Load.Hosting;
using TrainingHub.Load.Http;

namespace TrainingHub.Load.Attacks;

/// <summary>Begins bookings that are never made, with texts as large as can be: forty of megabytes, and two hundred as large as is allowed.</summary>
internal static class DraftsAttack
{
    private const int Huge = 40;
    private const int Largest = 200;

    public static async Task<List<Damage>> RunAsync(Stage stage, CancellationToken ct)
    {
        var run = await Rows.OneAsync<Guid>(
            stage.Database, "select id from course_runs where state = 'Scheduled' and places_left > 10 and starts_at > now() + interval '7 days' order by starts_at limit 1", ct);
        var before = await SizeAsync(stage, ct);
        await Task.Run(() => Begin(stage, run, Huge, people: 2, letters: 300_000), ct);
        var huge = await SizeAsync(stage, ct) - before;
        await Task.Run(() => Begin(stage, run, Largest, people: 10, letters: 500), ct);
        return
        [
            new("MB on the disk after forty huge forms", huge / 1e6, 1),
            new("MB of drafts of one visitor after two hundred forms as large as is allowed", await Rows.OneAsync<long>(
                stage.Database, "select coalesce(sum(octet_length(answers::text)), 0)::bigint from booking_drafts", ct) / 1e6, 1),
            new("MB on the disk in all", await SizeAsync(stage, ct) / 1e6, 100),
        ];
    }

    private static void Begin(Stage stage, Guid run, int times, int people, int letters)
    {
        using var visitor = new Visitor(stage.Settings.Port) { From = "198.51.100.202" };
        var path = $"/dates/{run}/book";
        // Three bytes each, and no two texts alike: neither is stored in less.
        var random = new Random(7);
        for (var time = 0; time < times; time++)
        {
            visitor.Forget();
            var token = visitor.Get(path).Expect(200).Field("__RequestVerificationToken");
            var text = string.Concat(Enumerable.Range(0, letters).Select(_ => (char)random.Next(0x4E00, 0x9FA0)));
            visitor.Post(path, [.. Enumerable.Range(0, people).SelectMany(index => new[]
            {
                ($"People[{index}].Name", $"Person {index}"), ($"People[{index}].Email", $"p{index}@bot3.example"), ($"People[{index}].AccessNeeds", text),
            }), ("action", "remove-99"), ("__RequestVerificationToken", token)]);
        }
    }

    private static Task<long> SizeAsync(Stage stage, CancellationToken ct) =>
        Rows.OneAsync<long>(stage.Database, "select pg_total_relation_size('booking_drafts')", ct);
}
