using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>Two courses of one person within a week are one message, in the invitation and in the reminders; each is answered by itself.</summary>
public sealed class SurveyTogetherTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases);
    private SurveyWorld world = null!;

    private DateOnly ThreeMonthsAgo => London.DateOf(app.Clock.Now).AddMonths(-3);

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new SurveyWorld(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Theory]
    [InlineData(3, 1)]
    [InlineData(11, 2)]
    public async Task Invitation_TwoCoursesOfOnePerson_IsOneMessageWithinAWeek(int daysApart, int messages)
    {
        var who = SurveyWorld.NextNumber();
        var first = await world.AttendedAsync(ThreeMonthsAgo, who: who);
        var second = await world.AttendedAsync(ThreeMonthsAgo.AddDays(daysApart), who: who);
        await app.RunJobAsync(nameof(ScheduleSurveys));

        await SendForDaysAsync(12);

        Assert.Equal(messages, await world.EmailsAsync(first, "survey-invitation"));
        Assert.Equal(InvitationState.Sent, (await world.InvitationAsync(first)).State);
        Assert.Equal(InvitationState.Sent, (await world.InvitationAsync(second)).State);
    }

    [Fact]
    public async Task Invitation_OfTwo_HasALinkToEachAndBothDatesInTheSubject()
    {
        var who = SurveyWorld.NextNumber();
        var first = await world.AttendedAsync(ThreeMonthsAgo, who: who);
        var second = await world.AttendedAsync(ThreeMonthsAgo.AddDays(2), who: who);
        await app.RunJobAsync(nameof(ScheduleSurveys));
        await app.RunJobAsync(nameof(SendDueSurveys));

        var subject = await world.ScalarAsync<string>($"select subject from outgoing_emails where to_address = '{first.Email}'");
        var links = await world.ScalarAsync<string>(
            $"select (model ->> 'SurveyUrl') || ' ' || (model -> 'More' -> 0 ->> 'SurveyUrl') from outgoing_emails where to_address = '{first.Email}'");
        var opened = new List<string>();
        foreach (var link in links.Split(' '))
        {
            var page = await app.Browse().GetAsync(new Uri(link).AbsolutePath);
            opened.Add(page.Main);
        }

        foreach (var place in new[] { first, second })
        {
            var (course, _) = await world.NamesAsync(place);
            Assert.Contains(course, subject, StringComparison.Ordinal);
            Assert.Single(opened, text => text.Contains(course, StringComparison.Ordinal));
        }

        Assert.Contains(London.Words(ThreeMonthsAgo), subject, StringComparison.Ordinal);
        Assert.Contains(London.Words(ThreeMonthsAgo.AddDays(2)), subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reminder_OneOfTwoAnswered_IsAboutTheOther()
    {
        var who = SurveyWorld.NextNumber();
        var first = await world.AttendedAsync(ThreeMonthsAgo, who: who);
        var second = await world.AttendedAsync(ThreeMonthsAgo.AddDays(2), who: who);
        await app.RunJobAsync(nameof(ScheduleSurveys));
        await app.RunJobAsync(nameof(SendDueSurveys));
        await world.DoAsync($"update survey_invitations set state = 'Answered', next_reminder_at = null where place_id = '{first.PlaceId}'");

        app.Clock.Advance(TimeSpan.FromDays(12));
        await app.RunJobAsync(nameof(SendSurveyReminders));

        var (course, _) = await world.NamesAsync(second);
        Assert.Equal(1, await world.EmailsAsync(first, "survey-reminder"));
        Assert.Equal(course, await world.ScalarAsync<string>($"select model ->> 'Course' from outgoing_emails where kind = 'survey-reminder' and to_address = '{first.Email}'"));
        Assert.Equal(0, await world.ScalarAsync<int>($"select jsonb_array_length(model::jsonb -> 'More') from outgoing_emails where kind = 'survey-reminder' and to_address = '{first.Email}'"));
    }

    [Fact]
    public async Task Reminders_OfTwo_AreOneMessageEachTime()
    {
        var who = SurveyWorld.NextNumber();
        var first = await world.AttendedAsync(ThreeMonthsAgo, who: who);
        await world.AttendedAsync(ThreeMonthsAgo.AddDays(2), who: who);
        await app.RunJobAsync(nameof(ScheduleSurveys));
        await app.RunJobAsync(nameof(SendDueSurveys));

        for (var day = 0; day < 40; day++)
        {
            app.Clock.Advance(TimeSpan.FromDays(1));
            await app.RunJobAsync(nameof(SendSurveyReminders));
        }

        Assert.Equal(2, await world.EmailsAsync(first, "survey-reminder"));
        Assert.Equal("1,1", await world.ScalarAsync<string>(
            $"select string_agg(jsonb_array_length(model::jsonb -> 'More')::text, ',') from outgoing_emails where kind = 'survey-reminder' and to_address = '{first.Email}'"));
    }

    private async Task SendForDaysAsync(int days)
    {
        for (var day = 0; day < days; day++)
        {
            await app.RunJobAsync(nameof(SendDueSurveys));
            app.Clock.Advance(TimeSpan.FromDays(1));
        }
    }
}
