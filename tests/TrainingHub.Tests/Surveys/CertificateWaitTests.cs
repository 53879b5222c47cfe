using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>Where the partnership says so, a certificate waits until how the course was is answered, and nobody loses theirs by it.</summary>
public sealed class CertificateWaitTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases, DemoEnvironment.Name, "Certificates:WaitForEvaluation", "true");
    private SurveyWorld world = null!;
    private CertificateWaitWorld waits = null!;

    private DateOnly Today => London.DateOf(app.Clock.Now);

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        (world, waits) = (new SurveyWorld(app), new CertificateWaitWorld(app));
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Certificate_NotAnswered_WaitsAndComesOnTheMorningAfterTheAnswer()
    {
        var (place, link) = await waits.AskedAsync();
        await waits.MinutesAsync();
        var waiting = await waits.CertificatesAsync(place);
        var thanks = await waits.AnswerAsync(link);
        await waits.MinutesAsync();
        var onTheDay = await waits.CertificatesAsync(place);

        await waits.MorningAsync();

        Assert.Equal((0, 0, 1), (waiting, onTheDay, await waits.CertificatesAsync(place)));
        Assert.Contains($"We send your certificate by email, on {London.LongWords(Today)} at the latest.", thanks.Main, StringComparison.Ordinal);
        await waits.MinutesAsync();
        Assert.Equal(1, await world.EmailsAsync(place, "certificate-ready"));
    }

    [Fact]
    public async Task Email_AndPage_SayThatItWaitsAndUntilWhen()
    {
        var (place, link) = await waits.AskedAsync();

        var page = await app.Browse().GetAsync(link);

        var closes = London.Words(SurveyTimes.ClosesOn(app.Clock.Now, SurveyMoment.End));
        Assert.Contains($"When you have answered, your certificate comes by email on the next morning. Without your answers it comes after {closes}.", page.Main, StringComparison.Ordinal);
        Assert.Equal("true", await world.ScalarAsync<string>($"select model -> 'Asked' -> 0 ->> 'CertificateWaits' from outgoing_emails where kind = 'evaluation' and to_address = '{place.Email}'"));
    }

    [Fact]
    public async Task Certificate_NeverAnswered_ComesWhenTheEvaluationCloses()
    {
        var (place, _) = await waits.AskedAsync();
        await waits.MinutesAsync();
        app.Clock.MoveTo(SurveyTimes.ClosesAt(app.Clock.Now, SurveyMoment.End).AddHours(-14));
        await waits.MinutesAsync();
        var onTheLastDay = await waits.CertificatesAsync(place);

        await waits.MorningAsync();

        Assert.Equal((0, 1), (onTheLastDay, await waits.CertificatesAsync(place)));
    }

    [Fact]
    public async Task Certificate_OptedOutByTheLinkInTheEmail_ComesOnTheNextMorningAsThePageSays()
    {
        var (place, _) = await waits.AskedAsync();
        await waits.MinutesAsync();
        var stop = new Uri(await world.ScalarAsync<string>($"select model ->> 'StopUrl' from outgoing_emails where kind = 'evaluation' and to_address = '{place.Email}'")).AbsolutePath;
        var page = await app.Browse().GetAsync(stop);
        await page.SubmitAsync();

        await waits.MorningAsync();

        Assert.Contains("A certificate that waits for your answers then comes without them.", page.Main, StringComparison.Ordinal);
        Assert.Equal(1, await waits.CertificatesAsync(place));
    }

    [Theory]
    [InlineData("Bounced", 1)]
    [InlineData("Failed", 1)]
    [InlineData("Stopped", 1)]
    [InlineData("Sent", 0)]
    public async Task Certificate_EmailDidNotArrive_ComesAllTheSame(string state, int certificates)
    {
        var (place, _) = await waits.AskedAsync();
        await waits.MinutesAsync();
        await world.DoAsync($"update outgoing_emails set state = '{state}' where kind = 'evaluation' and to_address = '{place.Email}'");

        await waits.MorningAsync();

        Assert.Equal(certificates, await waits.CertificatesAsync(place));
    }

    [Fact]
    public async Task Certificate_WantedNoSurveysBefore_ComesOnTheFirstMorning()
    {
        var place = await world.AttendedAsync(Today);
        await world.DoAsync($"update people set surveys_stopped_at = created_at where id = '{place.PersonId}'");

        await waits.MorningAsync();

        Assert.Equal(1, await waits.CertificatesAsync(place));
        Assert.Equal(0, await world.EmailsAsync(place, "evaluation"));
    }

    [Fact]
    public async Task Certificate_RegisterMarkedTooLateToAsk_DoesNotWait()
    {
        var place = await world.AttendedAsync(Today.AddDays(-SurveyTimes.EvaluationTooLateDays - 1));

        await waits.MinutesAsync();

        Assert.Equal(1, await waits.CertificatesAsync(place));
        Assert.Equal(0, await world.CountAsync("survey_invitations where moment = 'End'"));
    }

    [Fact]
    public async Task Certificate_NobodyLooks_WaitsFortyFiveDaysAtTheMost()
    {
        var (place, _) = await waits.AskedAsync();
        await app.RunJobAsync(nameof(KeepCertificates));
        app.Clock.Advance(TimeSpan.FromDays(CertificateOptions.MostWaitDays - 3));
        await app.RunJobAsync(nameof(KeepCertificates));
        var before = await waits.CertificatesAsync(place);

        app.Clock.Advance(TimeSpan.FromDays(3));
        await app.RunJobAsync(nameof(KeepCertificates));

        Assert.Equal((0, 1), (before, await waits.CertificatesAsync(place)));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Certificate_AnsweredByTheCodeInTheRoom_ComesOnTheNextMorningWhereTheAddressWasGiven(bool isNamed, int certificates)
    {
        var place = await world.AttendedAsync(Today);
        var code = await app.WithAsync((DoorCodes codes) => codes.OfDateAsync(place.RunId, SurveyWorld.Ct));
        var page = await app.Browse().GetAsync(SurveyUrls.Room(code));
        var fill = await waits.FilledAsync();
        var done = await page.SubmitAsync(form =>
        {
            fill(form);
            form["Who"] = isNamed ? place.Email : "";
        });

        await waits.MorningAsync();

        Assert.Contains("Your certificate comes when we know that you have answered.", page.Main, StringComparison.Ordinal);
        Assert.Contains("on the morning after the course at the earliest", done.Main, StringComparison.Ordinal);
        Assert.Equal(certificates, await waits.CertificatesAsync(place));
    }

    [Fact]
    public async Task Certificate_ByHand_ComesAtOnceAndAloneWhereItIsTicked()
    {
        var (place, link) = await waits.AskedAsync();
        await waits.MinutesAsync();
        var staff = await app.BrowseAsStaffAsync();
        var ask = await staff.GetAsync(CertificateUrls.Issue(place.RunId));
        var nobody = await ask.SubmitAsync();

        var done = await ask.SubmitAsync(form => form.Tick("places", $"{place.PlaceId}"));

        Assert.Contains("One certificate waits until how the course was is answered.", ask.Main, StringComparison.Ordinal);
        Assert.Equal(["Select whose certificate you issue"], nobody.Errors);
        Assert.Contains("1 certificate is issued", done.Document.Body!.TextContent, StringComparison.Ordinal);
        await waits.AnswerAsync(link);
        await waits.MorningAsync();
        Assert.Equal(1, await waits.CertificatesAsync(place));
        Assert.Equal(1, await world.EmailsAsync(place, "certificate-ready"));
    }

    [Fact]
    public async Task Setting_SwitchedOff_LetsThoseThatWaitGoAndOnAgainHoldsNobodyBack()
    {
        var (place, _) = await waits.AskedAsync();
        await waits.MinutesAsync();
        var staff = await app.BrowseAsStaffAsync();
        var page = await staff.GetAsync("/staff/settings/deadlines");
        await page.SubmitAsync(form => form["Form.CertificatesWait"] = "false");

        await waits.MinutesAsync();

        Assert.Equal(1, await waits.CertificatesAsync(place));
        Assert.Contains("Certificates wait until how the course was is answered", (await staff.GetAsync("/staff/settings/deadlines")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_OfOldCourses_AreGone()
    {
        await waits.AskedAsync();
        await waits.MinutesAsync();
        app.Clock.Advance(TimeSpan.FromDays(CertificateOptions.DaysBack + 1));

        await app.RunJobAsync(nameof(KeepCertificates));

        Assert.Equal(0, await world.CountAsync("certificate_waits"));
    }
}
