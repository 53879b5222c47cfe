using TrainingHub.Attendance;
using TrainingHub.Platform;
using TrainingHub.Surveys;

namespace TrainingHub.Tests.Surveys;

/// <summary>Delegates whose certificate waits, and the jobs as they run.</summary>
internal sealed class CertificateWaitWorld(TestApp app)
{
    private readonly SurveyWorld world = new(app);

    private DateOnly Today => London.DateOf(app.Clock.Now);

    /// <summary>What runs each minute and each five, in an order that is the worst for a wait.</summary>
    public async Task MinutesAsync()
    {
        foreach (var job in (string[])[nameof(KeepCertificates), nameof(EndCertificateWaits), nameof(ScheduleSurveys), nameof(ScheduleEvaluations), nameof(SendDueSurveys), nameof(CloseSurveys), nameof(EndCertificateWaits), nameof(KeepCertificates)])
        {
            await app.RunJobAsync(job);
        }
    }

    /// <summary>At night, and at 08:00 in London.</summary>
    public async Task MorningAsync()
    {
        var tomorrow = Today.AddDays(1);
        app.Clock.MoveTo(London.Instant(tomorrow, new TimeOnly(7, 59)));
        await MinutesAsync();
        app.Clock.MoveTo(London.Instant(tomorrow, CertificateOptions.LookHour));
        await MinutesAsync();
    }

    public Task<long> CertificatesAsync(AttendedPlace place) => world.CountAsync($"certificates where place_id = '{place.PlaceId}' and state = 'Issued'");

    public async Task<TestPage> AnswerAsync(string link) => await (await app.Browse().GetAsync(link)).SubmitAsync(await FilledAsync());

    public async Task<(AttendedPlace Place, string Link)> AskedAsync()
    {
        var place = await world.AttendedAsync(Today.AddDays(-1));
        await app.RunJobAsync(nameof(ScheduleEvaluations));
        await app.RunJobAsync(nameof(SendDueSurveys));
        var link = await world.ScalarAsync<string>($"select model -> 'Asked' -> 0 ->> 'SurveyUrl' from outgoing_emails where kind = 'evaluation' and to_address = '{place.Email}'");
        return (place, new Uri(link).AbsolutePath);
    }

    public async Task<Action<TestForm>> FilledAsync()
    {
        var asked = await app.Given.AskedAsync(SurveyMoment.End);
        return form =>
        {
            form["Form.Confidence"] = $"{asked.Option("confidence", "8")}";
            form["Form.Knowledge"] = $"{asked.Option("knowledge", "7")}";
            form["Form.Pace"] = form.ValueOf("About right");
        };
    }
}
