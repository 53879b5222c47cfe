using System.Globalization;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>
/// After an outage surveys come as a trickle: so many a minute to all, and to one mail domain. CATCH_UP_PEOPLE says how many wait for theirs,
/// else a few; the test's output is a picture of their hours.
/// </summary>
public sealed class SurveyPaceTests(TestDatabase databases) : IAsyncLifetime
{
    private const int Few = 13;
    private const int MostPerMinute = 5;
    private const int MostPerDomain = 3;

    private readonly TestApp app = new(databases, DemoEnvironment.Name, "Surveys:MostPerMinute", $"{MostPerMinute}", "Surveys:MostPerDomainPerMinute", $"{MostPerDomain}");
    private SurveyWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new SurveyWorld(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task CatchUp_AfterAWeek_KeepsToThePaceOfAllAndOfEachDomain()
    {
        var people = int.TryParse(Environment.GetEnvironmentVariable("CATCH_UP_PEOPLE"), CultureInfo.InvariantCulture, out var wanted) ? wanted : Few;
        await AttendedAsync(people * 8 / 13, "schools.example");
        await AttendedAsync(people - (people * 8 / 13), "nhs.example");
        await app.RunJobAsync(nameof(ScheduleSurveys));
        app.Clock.Advance(TimeSpan.FromDays(7));

        var (minutes, sent) = (new List<(long All, long Schools)>(), (All: 0L, Schools: 0L));
        while (minutes.Count < people && sent.All < people)
        {
            await Task.WhenAll(app.RunJobAsync(nameof(SendDueSurveys)), app.RunJobAsync(nameof(SendSurveyReminders)));
            var now = (All: await SentAsync("%"), Schools: await SentAsync("%schools.example"));
            minutes.Add((now.All - sent.All, now.Schools - sent.Schools));
            sent = now;
            app.Clock.Advance(TimeSpan.FromSeconds(61));
        }

        foreach (var hour in minutes.Chunk(60).Select(hour => hour.Sum(minute => minute.All)))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{new string('#', (int)hour / MostPerMinute)} {hour}");
        }

        Assert.Equal(people, sent.All);
        Assert.All(minutes, minute => Assert.True(minute is { All: <= MostPerMinute, Schools: <= MostPerDomain }, string.Join(" ", minutes)));
        // No minute is wasted: near the end, when the other domain has all of its, only one domain's pace is left.
        Assert.All(minutes.SkipLast(1), minute => Assert.True(minute is { All: MostPerMinute } or { Schools: MostPerDomain }, $"{minute}"));
    }

    [Fact]
    public async Task CatchUp_OneDomainFull_DoesNotHoldUpTheOthers()
    {
        await AttendedAsync(60, "schools.example");
        await AttendedAsync(2, "nhs.example");
        await app.RunJobAsync(nameof(ScheduleSurveys));
        // The schools come first in the order of rows.
        await world.DoAsync(
            "update survey_invitations set due_at = due_at - interval '1 hour' where place_id in (select places.id from places join people on people.id = person_id where people.email like '%schools.example')");

        await app.RunJobAsync(nameof(SendDueSurveys));

        Assert.Equal((3, 2), (await SentAsync("%schools.example"), await SentAsync("%nhs.example")));
    }

    private async Task AttendedAsync(int people, string domain)
    {
        for (var number = 0; number < people; number++)
        {
            await world.AttendedAsync(London.DateOf(app.Clock.Now).AddMonths(-3), domain: domain);
        }
    }

    private Task<long> SentAsync(string address) => world.CountAsync($"outgoing_emails where kind = 'survey-invitation' and to_address like '{address}'");
}
