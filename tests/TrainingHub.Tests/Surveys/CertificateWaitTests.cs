using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Surveys;
using TrainingHub.Tests.Attendance;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>Where the partnership says so, a certificate waits until how the course was is answered, and nobody loses theirs by it.</summary>
public sealed class CertificateWaitTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases, DemoEnvironment.Name, "Certificates:WaitForEvaluation", "true");
    private SurveyWorld world = null!;

    private DateOnly Today => London.DateOf(app.Clock.Now);

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new SurveyWorld(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Certificate_NotAnswered_WaitsAndComesOnTheMorningAfterTheAnswer()
    {
        var (place, link) = await AskedAsync();
        await MinutesAsync();
        var waiting = await CertificatesAsync(place);
        var thanks = await AnswerAsync(link);
        await MinutesAsync();
        var onTheDay = await CertificatesAsync(place);

        await MorningAsync();

        Assert.Equal((0, 0, 1), (waiting, onTheDay, await CertificatesAsync(place)));
        Assert.Contains($"We send your certificate by email, on {London.LongWords(Today)} at the latest.", thanks.Main, StringComparison.Ordinal);
        await MinutesAsync();
        Assert.Equal(1, await world.EmailsAsync(place, "certificate-ready"));
    }

    [Fact]
    public async Task Email_AndPage_SayThatItWaitsAndUntilWhen()
    {
        var (place, link) = await AskedAsync();

        var page = await app.Browse().GetAsync(link);

        var closes = London.Words(SurveyTimes.ClosesOn(app.Clock.Now, SurveyMoment.End));
        Assert.Contains($"Your certificate comes by email when you have answered. Without your answers it comes after {closes}.", page.Main, StringComparison.Ordinal);
        Assert.Equal("true", await world.ScalarAsync<string>($"select model -> 'Asked' -> 0 ->> 'CertificateWaits' from outgoing_emails where kind = 'evaluation' and to_address = '{place.Email}'"));
    }

    [Fact]
    public async Task Certificate_NeverAnswered_ComesWhenTheEvaluationCloses()
    {
        var (place, _) = await AskedAsync();
        await MinutesAsync();
        app.Clock.MoveTo(SurveyTimes.ClosesAt(app.Clock.Now, SurveyMoment.End).AddHours(-14));
        await MinutesAsync();
        var onTheLastDay = await CertificatesAsync(place);

        await MorningAsync();

        Assert.Equal((0, 1), (onTheLastDay, await CertificatesAsync(place)));
    }

    [Fact]
    public async Task Certificate_OptedOutByTheLinkInTheEmail_ComesOnTheNextMorningAsThePageSays()
    {
        var (place, _) = await AskedAsync();
        await MinutesAsync();
        var stop = new Uri(await world.ScalarAsync<string>($"select model ->> 'StopUrl' from outgoing_emails where kind = 'evaluation' and to_address = '{place.Email}'")).AbsolutePath;
        var page = await app.Browse().GetAsync(stop);
        await page.SubmitAsync();

        await MorningAsync();

        Assert.Contains("A certificate that waits for your answers then comes without them.", page.Main, StringComparison.Ordinal);
        Assert.Equal(1, await CertificatesAsync(place));
    }

    [Theory]
    [InlineData("Bounced", 1)]
    [InlineData("Failed", 1)]
    [InlineData("Stopped", 1)]
    [InlineData("Sent", 0)]
    public async Task Certificate_EmailDidNotArrive_ComesAllTheSame(string state, int certificates)
    {
        var (place, _) = await AskedAsync();
        await MinutesAsync();
        await world.DoAsync($"update outgoing_emails set state = '{state}' where kind = 'evaluation' and to_address = '{place.Email}'");

        await MorningAsync();

        Assert.Equal(certificates, await CertificatesAsync(place));
    }

    [Fact]
    public async Task Certificate_WantedNoSurveysBefore_ComesOnTheFirstMorning()
    {
        var place = await world.AttendedAsync(Today);
        await world.DoAsync($"update people set surveys_stopped_at = created_at where id = '{place.PersonId}'");

        await MorningAsync();

        Assert.Equal(1, await CertificatesAsync(place));
        Assert.Equal(0, await world.EmailsAsync(place, "evaluation"));
    }

    [Fact]
    public async Task Certificate_RegisterMarkedTooLateToAsk_DoesNotWait()
    {
        var place = await world.AttendedAsync(Today.AddDays(-SurveyTimes.EvaluationTooLateDays - 1));

        await MinutesAsync();

        Assert.Equal(1, await CertificatesAsync(place));
        Assert.Equal(0, await world.CountAsync("survey_invitations where moment = 'End'"));
    }

    [Fact]
    public async Task Certificate_NobodyLooks_WaitsFortyFiveDaysAtTheMost()
    {
        var (place, _) = await AskedAsync();
        await app.RunJobAsync(nameof(KeepCertificates));
        app.Clock.Advance(TimeSpan.FromDays(CertificateOptions.MostWaitDays - 3));
        await app.RunJobAsync(nameof(KeepCertificates));
        var before = await CertificatesAsync(place);

        app.Clock.Advance(TimeSpan.FromDays(2));
        await app.RunJobAsync(nameof(KeepCertificates));

        Assert.Equal((0, 1), (before, await CertificatesAsync(place)));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Certificate_AnsweredByTheCodeInTheRoom_ComesOnTheNextMorningWhereTheAddressWasGiven(bool isNamed, int certificates)
    {
        var place = await world.AttendedAsync(Today);
        var code = await app.WithAsync((DoorCodes codes) => codes.OfDateAsync(place.RunId, SurveyWorld.Ct));
        var page = await app.Browse().GetAsync(SurveyUrls.Room(code));
        var fill = await FilledAsync();
        var done = await page.SubmitAsync(form =>
        {
            fill(form);
            form["Who"] = isNamed ? place.Email : "";
        });

        await MorningAsync();

        Assert.Contains("Your certificate comes when we know that you have answered.", page.Main, StringComparison.Ordinal);
        Assert.Contains("on the morning after the course at the earliest", done.Main, StringComparison.Ordinal);
        Assert.Equal(certificates, await CertificatesAsync(place));
    }

    [Fact]
    public async Task Certificate_ByHand_ComesAtOnceAndAloneWhereItIsTicked()
    {
        var (place, link) = await AskedAsync();
        await MinutesAsync();
        var staff = await app.BrowseAsStaffAsync();
        var ask = await staff.GetAsync(CertificateUrls.Issue(place.RunId));
        var nobody = await ask.SubmitAsync();

        var done = await ask.SubmitAsync(form => form.Tick("places", $"{place.PlaceId}"));

        Assert.Contains("One certificate waits until how the course was is answered.", ask.Main, StringComparison.Ordinal);
        Assert.Equal(["Select whose certificate you issue"], nobody.Errors);
        Assert.Contains("1 certificate is issued", done.Document.Body!.TextContent, StringComparison.Ordinal);
        await AnswerAsync(link);
        await MorningAsync();
        Assert.Equal(1, await CertificatesAsync(place));
        Assert.Equal(1, await world.EmailsAsync(place, "certificate-ready"));
    }

    [Fact]
    public async Task Setting_SwitchedOff_LetsThoseThatWaitGoAndOnAgainHoldsNobodyBack()
    {
        var (place, _) = await AskedAsync();
        await MinutesAsync();
        var staff = await app.BrowseAsStaffAsync();
        var page = await staff.GetAsync("/staff/settings/deadlines");
        await page.SubmitAsync(form => form["Form.CertificatesWait"] = "false");

        await MinutesAsync();

        Assert.Equal(1, await CertificatesAsync(place));
        Assert.Contains("Certificates wait until how the course was is answered", (await staff.GetAsync("/staff/settings/deadlines")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_OfOldCourses_AreGone()
    {
        await AskedAsync();
        await MinutesAsync();
        app.Clock.Advance(TimeSpan.FromDays(CertificateOptions.DaysBack + 1));

        await app.RunJobAsync(nameof(KeepCertificates));

        Assert.Equal(0, await world.CountAsync("certificate_waits"));
    }

    /// <summary>The answer and the close meet at the invitation: whichever comes first, one certificate comes of it.</summary>
    [Fact]
    public async Task Certificate_AnsweredWhileItCloses_ComesOnce()
    {
        var (place, _) = await AskedAsync();
        await MinutesAsync();
        var invitation = await world.InvitationAsync(place);
        var answers = Given.NewAnswers(await app.Given.AskedAsync(SurveyMoment.End));
        app.Clock.MoveTo(invitation.ClosesAt!.Value.AddSeconds(-1));
        await Gate.MeetAtRowAsync(app.Database, "survey_invitations", invitation.Id,
        [
            () => app.WithAsync((AnswerSurvey answer) => answer.RunAsync(invitation.Id, answers, SurveyWorld.Ct)),
            () =>
            {
                app.Clock.Advance(TimeSpan.FromSeconds(2));
                return app.RunJobAsync(nameof(CloseSurveys));
            },
        ]);

        await MorningAsync();
        await MinutesAsync();

        Assert.Equal(1, await CertificatesAsync(place));
        Assert.Equal(1, await world.EmailsAsync(place, "certificate-ready"));
    }

    [Fact]
    public async Task Wait_BegunByTwoAtOnce_IsOne()
    {
        var (place, _) = await AskedAsync();

        await Gate.MeetAsync(app.Database, "certificate_waits", 2, () => IssueAsync(place));

        Assert.Equal(1, await world.CountAsync($"certificate_waits where place_id = '{place.PlaceId}' and ended_on is null"));
    }

    [Fact]
    public async Task Certificate_WaitEndsWhileStaffIssueIt_ComesOnce()
    {
        var place = await EndedWaitAsync();

        await Gate.MeetAsync(app.Database, "certificates", [() => IssueAsync(place), () => ByHandAsync(place)]);

        Assert.Equal(1, await CertificatesAsync(place));
        Assert.Equal(1, await world.EmailsAsync(place, "certificate-ready"));
    }

    /// <summary>The twin: both see that there is none, and the database refuses one of them.</summary>
    [Fact]
    public async Task Certificate_WaitEndsWhileStaffIssueItWithoutTheLock_IsRefusedByTheDatabase()
    {
        var place = await EndedWaitAsync();

        await Assert.ThrowsAsync<DbUpdateException>(() => Gate.MeetAsync(app.Database, "certificates",
        [
            () => Unguarded.WithoutRowLocksAsync(() => IssueAsync(place)),
            () => Unguarded.WithoutRowLocksAsync(() => ByHandAsync(place)),
        ]));
    }

    private async Task<AttendedPlace> EndedWaitAsync()
    {
        var (place, link) = await AskedAsync();
        await MinutesAsync();
        await AnswerAsync(link);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunJobAsync(nameof(EndCertificateWaits));
        return place;
    }

    private Task<CertificateResult> IssueAsync(AttendedPlace place) => app.WithAsync((IssueCertificate issue) => issue.RunAsync(place.PlaceId, SurveyWorld.Ct));

    private Task<CertificateResult> ByHandAsync(AttendedPlace place) =>
        app.WithAsync((IssueCertificate issue) => issue.ByHandAsync(place.PlaceId, seen: null, CertificateWorld.By, SurveyWorld.Ct));

    /// <summary>What runs each minute and each five, in an order that is the worst for a wait.</summary>
    private async Task MinutesAsync()
    {
        foreach (var job in (string[])[nameof(KeepCertificates), nameof(EndCertificateWaits), nameof(ScheduleSurveys), nameof(ScheduleEvaluations), nameof(SendDueSurveys), nameof(CloseSurveys), nameof(EndCertificateWaits), nameof(KeepCertificates)])
        {
            await app.RunJobAsync(job);
        }
    }

    /// <summary>At night, and at 08:00 in London.</summary>
    private async Task MorningAsync()
    {
        var tomorrow = Today.AddDays(1);
        app.Clock.MoveTo(London.Instant(tomorrow, new TimeOnly(7, 59)));
        await MinutesAsync();
        app.Clock.MoveTo(London.Instant(tomorrow, CertificateOptions.LookHour));
        await MinutesAsync();
    }

    private Task<long> CertificatesAsync(AttendedPlace place) => world.CountAsync($"certificates where place_id = '{place.PlaceId}' and state = 'Issued'");

    private async Task<TestPage> AnswerAsync(string link) => await (await app.Browse().GetAsync(link)).SubmitAsync(await FilledAsync());

    private async Task<(AttendedPlace Place, string Link)> AskedAsync()
    {
        var place = await world.AttendedAsync(Today.AddDays(-1));
        await app.RunJobAsync(nameof(ScheduleEvaluations));
        await app.RunJobAsync(nameof(SendDueSurveys));
        var link = await world.ScalarAsync<string>($"select model -> 'Asked' -> 0 ->> 'SurveyUrl' from outgoing_emails where kind = 'evaluation' and to_address = '{place.Email}'");
        return (place, new Uri(link).AbsolutePath);
    }

    private async Task<Action<TestForm>> FilledAsync()
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
