using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>An event that is over, and what is done about its recording.</summary>
internal sealed record RecordingWorld(CourseRun Run, GivenPlace Came, GivenPlace Unmarked)
{
    public static readonly Actor Ann = new(Guid.CreateVersion7(), "Ann Coordinator");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>An event of yesterday: one came, one came in part, one did not, one cancelled.</summary>
    public static async Task<RecordingWorld> WorldAsync(TestApp app, string domain)
    {
        var course = await app.Given.CourseAsync(kind: CourseKind.LearningEvent, pricePence: 0);
        var run = await app.Given.RunAsync(course.Id, app.Clock.Now.AddDays(-1));
        var places = await app.Given.PlacesAsync(
            run,
            new GivenDelegate("Came") { Email = $"came@{domain}.example" },
            new GivenDelegate("Part") { Email = $"part@{domain}.example" },
            new GivenDelegate("Absent") { Email = $"absent@{domain}.example" },
            new GivenDelegate("Unmarked") { Email = $"unmarked@{domain}.example" });
        await app.Given.MarkAsync(places[0].Place.Id, app.Clock.Now, Mark.Attended);
        await app.Given.MarkAsync(places[1].Place.Id, app.Clock.Now, Mark.Part);
        await app.Given.MarkAsync(places[2].Place.Id, app.Clock.Now, Mark.Absent);
        return new(run, places[0], places[3]);
    }

    public static async Task ReleaseWithLinkAsync(TestApp app, Guid run)
    {
        await app.WithAsync((KeepEventLinks keep) => keep.AddAsync(run, Guid.CreateVersion7(), "Recording", "https://video.example/x", null, Ann, Ct));
        Assert.Equal(ReleaseResult.Released, await ReleaseAsync(app, run, London.DateOf(app.Clock.Now).AddDays(30)));
    }

    public static Task<ReleaseResult> ReleaseAsync(TestApp app, Guid run, DateOnly until) =>
        app.WithAsync((ReleaseRecording release) => release.RunAsync(run, 0, until, Ann, Ct));

    public static async Task AskOnThePageAsync(TestApp app, Guid run, string email)
    {
        var page = await (await app.Browse().GetAsync($"/dates/{run}")).FollowAsync("Get the recording and slides");
        var done = await page.SubmitAsync(fields => fields["Email"] = email);
        Assert.Empty(done.Errors);
        Assert.Equal("We will send you the link", done.Heading);
    }

    public static Task<List<(string To, RecordingReadyEmail Message)>> MailsAsync(TestApp app, string domain) => app.WithAsync(async (TrainingHubDb db) =>
        (await db.OutgoingEmails.AsNoTracking().Where(mail => mail.Kind == "recording-ready" && mail.ToAddress.EndsWith("@" + domain)).ToListAsync(Ct))
            .ConvertAll(mail => (mail.ToAddress, (RecordingReadyEmail)mail.Message())));
}
