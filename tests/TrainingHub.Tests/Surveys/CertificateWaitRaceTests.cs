using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Surveys;
using TrainingHub.Tests.Attendance;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>A certificate that waits comes once, whoever meets whom.</summary>
public sealed class CertificateWaitRaceTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases, DemoEnvironment.Name, "Certificates:WaitForEvaluation", "true");
    private SurveyWorld world = null!;
    private CertificateWaitWorld waits = null!;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        (world, waits) = (new SurveyWorld(app), new CertificateWaitWorld(app));
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    /// <summary>The answer and the close meet at the invitation: whichever comes first, one certificate comes of it.</summary>
    [Fact]
    public async Task Certificate_AnsweredWhileItCloses_ComesOnce()
    {
        var (place, _) = await waits.AskedAsync();
        await waits.MinutesAsync();
        var invitation = await app.WithAsync((TrainingHubDb db) => db.SurveyInvitations.AsNoTracking().SingleAsync(one => one.PlaceId == place.PlaceId && one.Moment == SurveyMoment.End, SurveyWorld.Ct));
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

        await waits.MorningAsync();
        await waits.MinutesAsync();

        Assert.Equal(1, await waits.CertificatesAsync(place));
        Assert.Equal(1, await world.EmailsAsync(place, "certificate-ready"));
    }

    [Fact]
    public async Task Wait_LookedAtTwiceOnOneDay_TellsNotWhenSomebodyAnswered()
    {
        var place = await LookedAtAndAnsweredAsync();

        await app.RunJobAsync(nameof(EndCertificateWaits));

        Assert.Equal(1, await world.CountAsync($"certificate_waits where place_id = '{place.PlaceId}' and ended_on is null"));
    }

    /// <summary>The twin: it ends within a minute of the answer. One look alone does the same with the guard and without.</summary>
    [Fact]
    public async Task Wait_LookedAtTwiceWithoutTheGuard_EndsRightAfterTheAnswer()
    {
        var place = await LookedAtAndAnsweredAsync();
        var guard = Unguarded.Instead(EndCertificateWaits.Look, "and wait.looked_on < @today", "");

        await new EndCertificateWaits(app.Database, app.Clock) { Guard = guard }.RunAsync(SurveyWorld.Ct);

        Assert.Equal(1, await world.CountAsync($"certificate_waits where place_id = '{place.PlaceId}' and ended_on is not null"));
    }

    [Fact]
    public async Task Wait_BegunByTwoAtOnce_IsOne()
    {
        var (place, _) = await waits.AskedAsync();

        await Gate.MeetAsync(app.Database, "certificate_waits", 2, () => IssueAsync(place));

        Assert.Equal(1, await world.CountAsync($"certificate_waits where place_id = '{place.PlaceId}' and ended_on is null"));
    }

    [Fact]
    public async Task Certificate_WaitEndsWhileStaffIssueIt_ComesOnce()
    {
        var place = await EndedWaitAsync();

        await Gate.MeetAsync(app.Database, "certificates", [() => IssueAsync(place), () => ByHandAsync(place)]);

        Assert.Equal(1, await waits.CertificatesAsync(place));
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

    private async Task<AttendedPlace> LookedAtAndAnsweredAsync()
    {
        var (place, link) = await waits.AskedAsync();
        await waits.MinutesAsync();
        await waits.AnswerAsync(link);
        return place;
    }

    private async Task<AttendedPlace> EndedWaitAsync()
    {
        var (place, link) = await waits.AskedAsync();
        await waits.MinutesAsync();
        await waits.AnswerAsync(link);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunJobAsync(nameof(EndCertificateWaits));
        return place;
    }

    private Task<CertificateResult> IssueAsync(AttendedPlace place) => app.WithAsync((IssueCertificate issue) => issue.RunAsync(place.PlaceId, SurveyWorld.Ct));

    private Task<CertificateResult> ByHandAsync(AttendedPlace place) =>
        app.WithAsync((IssueCertificate issue) => issue.ByHandAsync(place.PlaceId, seen: null, CertificateWorld.By, SurveyWorld.Ct));
}
