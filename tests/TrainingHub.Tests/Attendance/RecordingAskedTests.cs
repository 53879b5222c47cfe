using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;
using static TrainingHub.Tests.Attendance.RecordingWorld;

namespace TrainingHub.Tests.Attendance;

/// <summary>Who asks for a recording is told at once what is kept and stops it by the link; staff see from Today what people wait for.</summary>
public sealed partial class RecordingAskedTests(TestApp app, TestDatabase databases) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asked_IsToldAtOnceOnceWhatIsKeptAndStopsItByTheLink()
    {
        var world = await WorldAsync(app, "once");
        await AskOnThePageAsync(app, world.Run.Id, "asked@once.example");
        await AskOnThePageAsync(app, world.Run.Id, "Asked+again@once.example");

        var mail = await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.SingleAsync(one => one.Kind == "recording-asked" && one.ToAddress.EndsWith("once.example"), Ct));
        var path = new Uri(((RecordingAskedEmail)mail.Message()).PageUrl).PathAndQuery;
        var page = await app.Browse().GetAsync(path);
        Assert.Equal("You asked for the recording and slides", page.Heading);
        Assert.Contains("There is nothing to see yet.", page.Main);
        Assert.Equal(1, await WishesAsync(world.Run.Id));
        var deleted = await page.SubmitAsync();
        await ReleaseWithLinkAsync(app, world.Run.Id);
        await app.RunJobAsync(nameof(TellOfRecordings));

        Assert.Equal("Your address is deleted", deleted.Heading);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(path)).Status);
        Assert.DoesNotContain(await MailsAsync(app, "once.example"), one => one.To.Contains("asked", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Asked_TwoFormsAtOnce_AreToldOnce()
    {
        var world = await WorldAsync(app, "both");

        await Gate.MeetAsync(app.Database, "date_wishes", 2, () => app.WithAsync((AskForRecording ask) => ask.RunAsync(world.Run.Id, "asked@both.example", Ct)));

        Assert.Equal(1, await ToldOfAskingAsync(app, "both.example"));
    }

    /// <summary>The twin: no key of the table says that they asked before.</summary>
    [Fact]
    public async Task Asked_WithoutTheKey_IsToldTwice()
    {
        await using var bare = new TestApp(databases);
        await bare.InitializeAsync();
        await using (var command = bare.Database.Owner().CreateCommand("drop index ux_date_wishes_run_id_email_key"))
        {
            await command.ExecuteNonQueryAsync(Ct);
        }

        var world = await WorldAsync(bare, "bare");
        await Gate.MeetAsync(bare.Database, "date_wishes", 2, () => Unguarded.InsteadAsync(
            OnWishConflict(), "", () => bare.WithAsync((AskForRecording ask) => ask.RunAsync(world.Run.Id, "asked@bare.example", Ct))));

        Assert.Equal(2, await ToldOfAskingAsync(bare, "bare.example"));
    }

    [Fact]
    public async Task NoRecording_IsToldFromTodayToWhoAskedAndForgetsThem()
    {
        await using var own = new TestApp(databases);
        await own.InitializeAsync();
        var world = await WorldAsync(own, "none");
        await own.Given.RecordingWishAsync(world.Run, "asked@none.example");
        await own.Given.RecordingWishAsync(world.Run, "too@none.example");
        var staff = await own.BrowseAsStaffAsync();
        var today = await staff.GetAsync("/staff");
        Assert.Contains("2 people ask for the recording", today.Main);
        Assert.Contains("There is no link to a recording or slides yet", today.Main);
        Assert.NotNull(today.Find($"main a[href$='/staff/dates/{world.Run.Id}/recording']"));
        var page = await staff.GetAsync($"/staff/dates/{world.Run.Id}/recording");
        Assert.Contains("the 2 people who asked are told by email, and their addresses are deleted", page.Main);

        var stale = await own.WithAsync((SayNoRecording say) => say.RunAsync(world.Run.Id, 1, Ann, Ct));
        var told = await page.SubmitAsync(selector: "form[action*=None]");

        Assert.Equal(NoRecordingResult.ChangedSince, stale);
        Assert.Contains("The 2 people who asked are told that there is no recording", told.Text);
        Assert.Equal(2, await own.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(mail => mail.Kind == "no-recording", Ct)));
        Assert.Equal(0, await own.WithAsync((TrainingHubDb db) => db.DateWishes.CountAsync(Ct)));
        Assert.DoesNotContain("for the recording", (await staff.GetAsync("/staff")).Main);
        Assert.Equal(NoRecordingResult.ChangedSince, await own.WithAsync((SayNoRecording say) => say.RunAsync(world.Run.Id, 2, Ann, Ct)));
    }

    [Fact]
    public async Task Today_NamesLinksThatNobodyIsToldOf_UntilTheyAreReleased()
    {
        await using var own = new TestApp(databases);
        await own.InitializeAsync();
        var world = await WorldAsync(own, "today");
        await own.Given.RecordingWishAsync(world.Run, "asked@today.example");
        await own.WithAsync((KeepEventLinks keep) => keep.AddAsync(world.Run.Id, Guid.CreateVersion7(), "Recording", "https://video.example/x", null, Ann, Ct));
        var staff = await own.BrowseAsStaffAsync();

        var waiting = await staff.GetAsync("/staff");
        await ReleaseAsync(own, world.Run.Id, London.DateOf(own.Clock.Now).AddDays(30));

        Assert.Contains("There are links, but nobody has been told of them", waiting.Main);
        Assert.DoesNotContain("asks for the recording", (await staff.GetAsync("/staff")).Main);
    }

    private Task<int> WishesAsync(Guid run) => app.WithAsync((TrainingHubDb db) => db.DateWishes.CountAsync(wish => wish.RunId == run, Ct));

    private static Task<int> ToldOfAskingAsync(TestApp app, string domain) =>
        app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(mail => mail.Kind == "recording-asked" && mail.ToAddress.EndsWith("@" + domain), Ct));

    [GeneratedRegex(@"on conflict \(run_id, email_key\) where run_id is not null do nothing")]
    private static partial Regex OnWishConflict();
}
