using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>After an outage surveys come as a trickle: so many a minute to all, and to one mail domain.</summary>
public sealed class SurveyPaceTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases, DemoEnvironment.Name, "Surveys:MostPerMinute", "5", "Surveys:MostPerDomainPerMinute", "3");
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
        await AttendedAsync(8, "schools.example");
        await AttendedAsync(5, "nhs.example");
        await app.RunJobAsync(nameof(ScheduleSurveys));
        app.Clock.Advance(TimeSpan.FromDays(7));

        var minutes = new List<(long All, long Schools)>();
        while (minutes.Count < 12 && minutes.Sum(minute => minute.All) < 13)
        {
            await Task.WhenAll(app.RunJobAsync(nameof(SendDueSurveys)), app.RunJobAsync(nameof(SendSurveyReminders)));
            minutes.Add((await SentAsync("%") - minutes.Sum(minute => minute.All), await SentAsync("%schools.example") - minutes.Sum(minute => minute.Schools)));
            app.Clock.Advance(TimeSpan.FromSeconds(61));
        }

        Assert.Equal(13, minutes.Sum(minute => minute.All));
        Assert.All(minutes, minute => Assert.True(minute is { All: <= 5, Schools: <= 3 }, string.Join(" ", minutes)));
        Assert.Equal([5, 5, 3], minutes.Select(minute => minute.All));
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
