using System.Security.Cryptography;
using System.Text;
using TrainingHub.Load.Database;
using TrainingHub.Load.Hosting;
using TrainingHub.Load.Http;

namespace TrainingHub.Load.Benchmarks;

/// <summary>
/// Surveys opened by their private link, answered with a text and thanked for, each another delegate's, 16 at once. The ceiling is
/// pgbench with every statement that one of them sends.
/// </summary>
internal static class SurveyBenchmark
{
    private const int WarmUpSeconds = 20;
    private const int Seconds = 8;

    // Invitations from this one on are pgbench's.
    private const int FirstOfCeiling = 40_000;

    private const string Preamble = """
        \set i :i + 1
        \set n 40000 + :i * 16 + :client_id
        """;

    private sealed record Choices(Guid Confidence, Guid Knowledge, Guid Toolkit);

    public static async Task<List<Figure>> RunAsync(Stage stage, CancellationToken ct)
    {
        await stage.AppAsync(ct);
        await ManyInvitations.AddAsync(stage.Database, ct);
        var choices = new Choices(
            await Rows.OneAsync<Guid>(stage.Database, HighestOf("confidence"), ct),
            await Rows.OneAsync<Guid>(stage.Database, HighestOf("knowledge"), ct),
            await Rows.OneAsync<Guid>(stage.Database, "select id from toolkits where area_id is null order by sort_order limit 1", ct));
        var number = 0;
        var port = stage.Settings.Port;

        await Crowd.RunAsync(port, TimeSpan.FromSeconds(WarmUpSeconds), Next, Respond, ct);
        var script = await ScriptAsync(stage, Next, Respond, ct);
        var (answered, took) = await Crowd.RunAsync(port, TimeSpan.FromSeconds(Seconds), Next, Respond, ct);
        var stored = await Rows.OneAsync<long>(stage.Database, "select count(*) from survey_responses where origin = 'Survey'", ct);
        if (stored != number || number >= FirstOfCeiling)
        {
            throw new InvalidOperationException($"{number} surveys were answered and {stored} are stored.");
        }

        var ceiling = await Pgbench.RunAsync(stage, script, Crowd.Size, Seconds / 2, ct);
        return [new Figure("survey", answered / took.TotalSeconds, "surveys/s", "pgbench", ceiling, Target.AtLeastPercent(40))];

        int Next() => Interlocked.Increment(ref number);

        void Respond(Visitor visitor, int person) => AnswerOne(visitor, person, choices);
    }

    // Other surveys ask about confidence too.
    private static string HighestOf(string question) =>
        $"""
        select option.option_id
        from version_options option
        join survey_versions version on version.id = option.version_id
        join surveys survey on survey.id = version.survey_id
        where survey.moment = 'ThreeMonths' and version.state = 'Published' and option.question_key = '{question}'
        order by option.position desc
        limit 1
        """;

    private static void AnswerOne(Visitor visitor, int person, Choices choices)
    {
        var opened = visitor.Get($"/survey/{ManyInvitations.TokenOf(person)}").Expect(302).Location!;
        var page = visitor.Get(opened).Expect(302).Location!;
        var form = visitor.Get(page).Expect(200);
        var thanks = visitor.Post(
            page,
            ("Form.Confidence", $"{choices.Confidence}"), ("Form.Knowledge", $"{choices.Knowledge}"), ("Form.ChangedPractice", "yes"),
            ("Form.ChangedPracticeExample", "We now talk about every worry on the day on which it comes up."),
            ("Form.ImpactedFamilies", "yes"), ("Form.ImpactedFamiliesExample", ""), ("Form.Toolkits", $"{choices.Toolkit}"), ("Form.Recommend", "yes"),
            ("Key", form.Field("Key"))).Expect(302).Location!;
        visitor.Get(thanks).Expect(200);
    }

    private static async Task<string> ScriptAsync(Stage stage, Func<int> next, Action<Visitor, int> answer, CancellationToken ct)
    {
        using var visitor = new Visitor(stage.Settings.Port);
        var (a, first, b, second) = await new StatementLog(stage.Database).CaptureTwoAsync(
            next,
            person =>
            {
                visitor.Forget();
                answer(visitor, person);
            },
            ct);
        Notes.Say($"  one survey: 5 requests, {first.Count} statements");
        var script = new PgbenchScript([
            new($"{ManyInvitations.InvitationOf(a)}", $"{ManyInvitations.InvitationOf(b)}", "md5('bench-invitation-' || :n::text)"),
            new($"{ManyInvitations.DateOf(a)}", $"{ManyInvitations.DateOf(b)}", "md5('bench-past-' || (:n % 250)::text)"),
            new(await CourseOfAsync(stage, a, ct), await CourseOfAsync(stage, b, ct), "(select course_id from course_runs where id = md5('bench-past-' || (:n % 250)::text)::uuid)"),
            new(HashOf(a), HashOf(b), "sha256(('bench' || lpad(:n::text, 17, '0'))::bytea)"),
        ]);
        return script.Write(first, second, Preamble);
    }

    private static async Task<string> CourseOfAsync(Stage stage, int person, CancellationToken ct) =>
        $"{await Rows.OneAsync<Guid>(stage.Database, $"select course_id from course_runs where id = '{ManyInvitations.DateOf(person)}'", ct)}";

    private static string HashOf(int person) => @"\x" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ManyInvitations.TokenOf(person))));
}
