using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;
using static TrainingHub.Tests.Attendance.RecordingWorld;

namespace TrainingHub.Tests.Attendance;

/// <summary>The recording of an event: who came and who asked for it reach it by a link of their own, once told, and nobody else does.</summary>
public sealed partial class RecordingTests(TestApp app, TestDatabase databases) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Told_WhoCameAndWhoAsked_ReachItAndNobodyElseIsWrittenTo()
    {
        var world = await WorldAsync(app, "one");
        await AskOnThePageAsync(app, world.Run.Id, "asked@one.example");
        var staff = await app.BrowseAsStaffAsync();
        var page = await staff.GetAsync($"/staff/dates/{world.Run.Id}/recording");
        var added = await page.SubmitAsync(fields => (fields["LinkTitle"], fields["Address"]) = ("Recording of the day", "https://video.example/one"), "form[action*=Add]");
        Assert.Contains("One email goes to each of the 2 people who came", added.Main);
        Assert.Contains("to the 1 person who asked", added.Main);

        await added.SubmitAsync(selector: "form[action*=Release]");
        await app.RunJobAsync(nameof(TellOfRecordings));
        await app.RunJobAsync(nameof(TellOfRecordings));

        var mails = await MailsAsync(app, "one.example");
        Assert.Equal(["asked@one.example", "came@one.example", "part@one.example"], mails.Select(mail => mail.To).Order(StringComparer.Ordinal));
        foreach (var (to, message) in mails)
        {
            var reader = await app.Browse().GetAsync(PathOf(message));
            Assert.Equal("Recording and slides", reader.Heading);
            Assert.Equal("https://video.example/one", reader.Find("main li a").GetAttribute("href"));
            Assert.Equal(to == "asked@one.example", reader.Main.Contains("Delete my address", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Told_WhoIsMarkedOrAsksLater_GetsItOnceToo()
    {
        var world = await ReleasedAsync("later");
        await app.RunJobAsync(nameof(TellOfRecordings));

        await app.Given.MarkAsync(world.Unmarked.Place.Id, app.Clock.Now, Mark.Attended);
        await AskOnThePageAsync(app, world.Run.Id, "late@later.example");
        await AskOnThePageAsync(app, world.Run.Id, "came+again@later.example");
        await app.RunJobAsync(nameof(TellOfRecordings));
        await AskOnThePageAsync(app, world.Run.Id, "late@later.example");
        await app.RunJobAsync(nameof(TellOfRecordings));

        Assert.Equal(
            ["came@later.example", "late@later.example", "part@later.example", "unmarked@later.example"],
            (await MailsAsync(app, "later.example")).Select(mail => mail.To).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Link_Forged_OpensNothing()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync($"/recordings/{SecretToken.New().Value}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync("/recordings/x")).Status);
    }

    [Fact]
    public async Task Link_OfWhoDidNotComeAfterAll_OpensNothing()
    {
        var (_, path) = await ToldAsync("mark");
        await app.WithAsync((TrainingHubDb db) => db.AttendanceMarks.ExecuteUpdateAsync(set => set.SetProperty(mark => mark.Mark, Mark.Absent), Ct));

        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(path)).Status);
    }

    [Fact]
    public async Task Link_OfAForgottenPerson_OpensNothing()
    {
        var (world, path) = await ToldAsync("gone");
        await app.WithAsync((TrainingHubDb db) => db.Places.Where(place => place.Id == world.Came.Place.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(place => place.PersonId, (Guid?)null).SetProperty(place => place.DelegateName, (string?)null), Ct));

        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(path)).Status);
    }

    [Fact]
    public async Task Link_WithdrawnOrEnded_ShowsNothing()
    {
        var (world, path) = await ToldAsync("ended");
        var link = await app.WithAsync((TrainingHubDb db) => db.EventLinks.SingleAsync(one => one.RunId == world.Run.Id, Ct));

        Assert.True(await app.WithAsync((KeepEventLinks keep) => keep.WithdrawAsync(world.Run.Id, link.Id, Ann, Ct)));
        var withdrawn = await app.Browse().GetAsync(path);
        await app.WithAsync((KeepEventLinks keep) => keep.AddAsync(world.Run.Id, Guid.CreateVersion7(), "Slides", "https://slides.example/x", null, Ann, Ct));
        var again = await app.Browse().GetAsync(path);
        app.Clock.Advance(TimeSpan.FromDays(40));
        var ended = await app.Browse().GetAsync(path);

        Assert.Equal("There is nothing to see any more", withdrawn.Heading);
        Assert.DoesNotContain("video.example", withdrawn.Text);
        Assert.Contains("slides.example", again.Text);
        Assert.DoesNotContain("slides.example", ended.Text);
        Assert.False(await app.WithAsync((KeepEventLinks keep) => keep.WithdrawAsync(world.Run.Id, link.Id, Ann, Ct)));
    }

    [Fact]
    public async Task Asked_OpensAndDeletesByTheButtonAlone()
    {
        var world = await ReleasedAsync("delete");
        await AskOnThePageAsync(app, world.Run.Id, "asked@delete.example");
        await app.RunJobAsync(nameof(TellOfRecordings));
        var path = PathOf((await MailsAsync(app, "delete.example")).Single(mail => mail.To == "asked@delete.example").Message);
        for (var scan = 0; scan < 3; scan++)
        {
            Assert.Equal(HttpStatusCode.OK, (await app.Browse().GetAsync(path)).Status);
        }

        Assert.Equal(1, await WishesAsync(world.Run.Id));
        var deleted = await (await app.Browse().GetAsync(path)).SubmitAsync();

        Assert.Equal("Your address is deleted", deleted.Heading);
        Assert.Equal((0, HttpStatusCode.NotFound), (await WishesAsync(world.Run.Id), (await app.Browse().GetAsync(path)).Status));
    }

    [Fact]
    public async Task Wish_NeverAnswered_EndsTwelveMonthsAfterTheEvent()
    {
        var world = await WorldAsync(app, "never");
        await AskOnThePageAsync(app, world.Run.Id, "asked@never.example");

        app.Clock.MoveTo(AskForDates.EndOf(app.Clock.Now));
        await app.RunJobAsync(nameof(TellOfDates));

        Assert.Equal(0, await WishesAsync(world.Run.Id));
    }

    [Theory]
    [InlineData("", "https://a.example", "Enter what it is")]
    [InlineData("Slides", "http://a.example", "Enter a web address that starts with https://")]
    [InlineData("Slides", "", "Enter a web address that starts with https://")]
    public async Task Staff_TypeWhatIsNoLink_AreToldAndItIsKept(string title, string url, string error)
    {
        var world = await WorldAsync(app, $"typed{title.Length}{url.Length}");
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{world.Run.Id}/recording");

        var refused = await page.SubmitAsync(fields => (fields["LinkTitle"], fields["Address"]) = (title, url), "form[action*=Add]");

        Assert.Equal(error, Assert.Single(refused.Errors));
        Assert.Equal(url, refused.Find("#Address").GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task Release_BeforeTheEventOrWithoutLinksOrTooLong_IsRefused()
    {
        var coming = await app.Given.RunAsync((await app.Given.CourseAsync(kind: CourseKind.Briefing)).Id, app.Clock.Now.AddDays(3));
        var world = await WorldAsync(app, "refused");
        var day = London.DateOf(app.Clock.Now).AddDays(30);

        Assert.Equal(ReleaseResult.NotOver, await ReleaseAsync(app, coming.Id, day));
        Assert.Equal(ReleaseResult.NoLinks, await ReleaseAsync(app, world.Run.Id, day));
        Assert.Equal(ReleaseResult.WrongEnd, await ReleaseAsync(app, world.Run.Id, day.AddMonths(12)));
    }

    [Fact]
    public async Task Tell_TwoNodesAtOnce_WriteToEachOnce()
    {
        await ReleasedAsync("twice");

        await Gate.MeetAsync(app.Database, "recordings_told", 2, () => app.WithAsync((TellOfRecordings tell) => tell.RunAsync(Ct)));

        Assert.Equal(2, (await MailsAsync(app, "twice.example")).Count);
    }

    /// <summary>The twin: nothing in the table says that somebody was told.</summary>
    [Fact]
    public async Task Tell_WithoutTheKey_WritesTwice()
    {
        await using var bare = new TestApp(databases);
        await bare.InitializeAsync();
        await using (var command = bare.Database.Owner().CreateCommand("alter table recordings_told drop constraint pk_recordings_told"))
        {
            await command.ExecuteNonQueryAsync(Ct);
        }

        var world = await WorldAsync(bare, "bare");
        await ReleaseWithLinkAsync(bare, world.Run.Id);
        await Gate.MeetAsync(bare.Database, "recordings_told", 2, () => Unguarded.InsteadAsync(
            OnConflict(), "", () => bare.WithAsync((TellOfRecordings tell) => tell.RunAsync(Ct))));

        Assert.Equal(4, (await MailsAsync(bare, "bare.example")).Count);
    }

    private async Task<RecordingWorld> ReleasedAsync(string domain)
    {
        var world = await WorldAsync(app, domain);
        await ReleaseWithLinkAsync(app, world.Run.Id);
        return world;
    }

    private async Task<(RecordingWorld World, string Path)> ToldAsync(string domain)
    {
        var world = await ReleasedAsync(domain);
        await app.RunJobAsync(nameof(TellOfRecordings));
        var path = PathOf((await MailsAsync(app, $"{domain}.example")).Single(mail => mail.To == $"came@{domain}.example").Message);
        Assert.Equal(HttpStatusCode.OK, (await app.Browse().GetAsync(path)).Status);
        return (world, path);
    }

    private Task<int> WishesAsync(Guid run) => app.WithAsync((TrainingHubDb db) => db.DateWishes.CountAsync(wish => wish.RunId == run, Ct));

    private static string PathOf(RecordingReadyEmail message) => new Uri(message.RecordingUrl).PathAndQuery;

    [GeneratedRegex(@"on conflict \(place_id\) do nothing")]
    private static partial Regex OnConflict();
}
