using System.Globalization;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>
/// Two nodes schedule, invite, remind and close while each is killed before a statement chosen at random, again and again: in the end every
/// delegate has one invitation and two reminders. SURVEY_KILLS says how many kills, else a few; SURVEY_SEED repeats one run.
/// </summary>
public sealed class SurveyKillTests(TestDatabase databases) : IAsyncLifetime
{
    private const int Few = 40;
    private const int People = 12;

    private static readonly string[] Jobs = [nameof(ScheduleSurveys), nameof(SendDueSurveys), nameof(SendSurveyReminders), nameof(CloseSurveys)];

    private readonly TestApp one = new(databases);
    private SurveyWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        await one.InitializeAsync();
        world = new SurveyWorld(one);
    }

    public async ValueTask DisposeAsync() => await one.DisposeAsync();

    [Fact]
    public async Task TwoNodes_KilledAtRandom_SendEachMessageOnce()
    {
        var wanted = int.TryParse(Environment.GetEnvironmentVariable("SURVEY_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : Few;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SURVEY_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        var random = new Random(seed);
        await using var two = new TestApp(one.ConnectionString);
        var (deaths, rounds) = (0, 0);
        while (deaths < wanted)
        {
            Assert.True(++rounds <= wanted, $"Only {deaths} deaths in {rounds} rounds, seed {seed}.");
            var places = await AttendedAsync();
            for (var day = 0; day <= 44; day++)
            {
                two.Clock.MoveTo(one.Clock.Now);
                var steps = Jobs.Select(_ => (random.Next(12), random.Next(12))).ToList();
                var died = await Task.WhenAll(
                    KilledAsync(one, [.. steps.Select(pair => pair.Item1)]), KilledAsync(two, [.. steps.Select(pair => pair.Item2)]));
                deaths += died.Sum();
                // What a killed run left behind the next one finds.
                await RunAsync(one);
                one.Clock.Advance(TimeSpan.FromDays(1));
            }

            var addresses = string.Join(", ", places.Select(place => $"'{place.Email}'"));
            Assert.Equal($"{People} {People * 2} {People}", await world.ScalarAsync<string>(
                $"""
                select count(*) filter (where kind = 'survey-invitation') || ' ' || count(*) filter (where kind = 'survey-reminder')
                    || ' ' || count(distinct to_address) filter (where kind = 'survey-invitation')
                from outgoing_emails where to_address in ({addresses})
                """));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{deaths} deaths in {rounds} rounds, seed {seed}.");
    }

    private async Task<List<AttendedPlace>> AttendedAsync()
    {
        var places = new List<AttendedPlace>();
        for (var number = 0; number < People; number++)
        {
            places.Add(await world.AttendedAsync(London.DateOf(one.Clock.Now).AddMonths(-3).AddDays(number % 3)));
        }

        return places;
    }

    private static async Task<int> KilledAsync(TestApp node, IReadOnlyList<int> steps)
    {
        var deaths = 0;
        for (var job = 0; job < Jobs.Length; job++)
        {
            deaths += await Killed.AtStepAsync(steps[job], () => node.RunJobAsync(Jobs[job])) ? 1 : 0;
        }

        return deaths;
    }

    private static async Task RunAsync(TestApp node)
    {
        foreach (var job in Jobs)
        {
            await node.RunJobAsync(job);
        }
    }
}
