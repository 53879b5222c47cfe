using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Emails;
using TrainingHub.Learning;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Learning;

/// <summary>Providers are told of a changed content, acknowledge it by a link, are reminded by the clock, and are told when it is withdrawn.</summary>
public sealed class NoticeTests(TestDatabase databases, TestApp app) : IClassFixture<TestApp>
{
    private static readonly byte[] Pdf = "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"u8.ToArray();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Notice_SentAtThePage_IsReadAndAcknowledgedByItsLink()
    {
        var world = await NoticeWorld.MakeAsync(app);
        var staff = await app.BrowseAsStaffAsync();
        var form = await (await staff.GetAsync(LearningUrls.Change(world.Change.Id))).FollowAsync("Tell the providers");
        var sent = await form.SubmitAsync(fields =>
        {
            fields["Text"] = "Teach the new tool.\nLeave out the old one.";
            fields.Attach("Document", "tool.pdf", Pdf);
        });
        Assert.Contains("Not acknowledged yet", sent.Main, StringComparison.Ordinal);

        var browser = app.Browse();
        var page = await browser.GetAsync(await world.LinkAsync());
        Assert.Equal("What changes in your courses", page.Heading);
        Assert.Contains("Leave out the old one.", page.Main, StringComparison.Ordinal);
        var file = await browser.GetAsync(page.Find("a[download]").GetAttribute("href")!);
        Assert.Equal("application/pdf", file.Response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("attachment", file.Response.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        Assert.Equal(["Enter your name"], (await page.SubmitAsync(fields => fields["Words"] = "Kept words")).Errors);
        var done = await page.SubmitAsync(fields => (fields["Name"], fields["Words"]) = ("Kai Contact", "From Monday on."));

        Assert.Contains("Acknowledged on 2 November 2026", done.Main, StringComparison.Ordinal);
        Assert.Contains("by Kai Contact", done.Main, StringComparison.Ordinal);
        var notice = await staff.GetAsync(sent.Address);
        Assert.Contains("Acknowledged, 2 November 2026", notice.Main, StringComparison.Ordinal);
        Assert.Contains("From Monday on.", notice.Main, StringComparison.Ordinal);
        Assert.Contains("Acknowledged by the provider by The public site", (await staff.GetAsync(LearningUrls.Change(world.Change.Id))).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_OpenedAgainAndAgain_ChangesNothing()
    {
        var world = await NoticeWorld.MakeAsync(app);
        await world.SendAsync();

        for (var time = 0; time < 3; time++)
        {
            Assert.Equal("What changes in your courses", (await world.OpenAsync()).Heading);
        }

        Assert.Equal(ProviderNoticeState.Sent, (await world.ReadAsync()).State);
    }

    [Fact]
    public async Task Acknowledged_ASecondTime_LeavesWhatWasSaidFirst()
    {
        var world = await NoticeWorld.MakeAsync(app);
        await world.SendAsync();
        var form = await world.OpenAsync();

        await form.SubmitAsync(fields => fields["Name"] = "Kai First");
        var again = await form.SubmitAsync(fields => fields["Name"] = "Sam Second");

        Assert.Contains("by Kai First", again.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Sam Second", again.Main, StringComparison.Ordinal);
        Assert.Equal(AcknowledgeOutcome.DoneBefore, await app.WithAsync((AcknowledgeNotice acknowledge) => acknowledge.ByLinkAsync(world.Own, "Tim Third", null, Ct)));
        Assert.Equal("Kai First", (await world.ReadAsync()).AcknowledgedBy);
    }

    [Fact]
    public async Task Withdrawn_LinkExplains_AndNobodyAcknowledgesAnyMore()
    {
        var world = await NoticeWorld.MakeAsync(app);
        await world.SendAsync();
        var form = await world.OpenAsync();
        var staff = await app.BrowseAsStaffAsync();
        var preview = await (await staff.GetAsync(LearningUrls.Notice(world.Notice))).FollowAsync("Withdraw");
        Assert.Contains($"{world.Provider.Name}: is told that it need not acknowledge it any more", preview.Main, StringComparison.Ordinal);
        Assert.Equal(["Enter why it is withdrawn"], (await preview.SubmitAsync()).Errors);

        await preview.SubmitAsync(fields => fields["Because"] = "The tool is not agreed.");
        await preview.SubmitAsync(fields => fields["Because"] = "Sent twice.");
        var late = await form.SubmitAsync(fields => fields["Name"] = "Kai Contact");

        Assert.Equal("This change is withdrawn", late.Heading);
        Assert.Contains("The reason: The tool is not agreed.", late.Main, StringComparison.Ordinal);
        Assert.Equal("This change is withdrawn", (await world.OpenAsync()).Heading);
        Assert.Null((await world.ReadAsync()).AcknowledgedAt);
        Assert.Null(Assert.Single(await world.EmailsAsync<ContentChangeWithdrawnEmail>()).AcknowledgedOn);
    }

    [Fact]
    public async Task Withdrawn_AfterItWasAcknowledged_AsksToTakeItBack()
    {
        var world = await NoticeWorld.MakeAsync(app);
        await world.SendAsync();
        await app.WithAsync((AcknowledgeNotice acknowledge) => acknowledge.ByLinkAsync(world.Own, "Kai Contact", null, Ct));

        await app.WithAsync((WithdrawNotice withdraw) => withdraw.RunAsync(world.Notice, "Not agreed", Actor.CommandLine, Ct));

        Assert.NotNull(Assert.Single(await world.EmailsAsync<ContentChangeWithdrawnEmail>()).AcknowledgedOn);
        Assert.Contains("please change it back", (await world.OpenAsync()).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_WrongOrOfSomebodyElse_OpensNothing()
    {
        var (mine, theirs) = (await NoticeWorld.MakeAsync(app), await NoticeWorld.MakeAsync(app));
        await mine.SendAsync();
        await theirs.SendAsync();
        var browser = app.Browse();
        await browser.GetAsync(await mine.LinkAsync());

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/notices/AAAAAAAAAAAAAAAAAAAAAA")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(LearningUrls.ProviderNotice(theirs.Own))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"{LearningUrls.ProviderNotice(theirs.Own)}/File")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(LearningUrls.ProviderNotice(mine.Own))).Status);
    }

    [Fact]
    public async Task Notice_SentTwice_TellsOnce()
    {
        var world = await NoticeWorld.MakeAsync(app);
        var key = Guid.CreateVersion7();

        await world.SendAsync(key: key);
        Assert.Equal(SendNoticeOutcome.Sent, await world.SendAsync(key: key));

        Assert.Single(await world.EmailsAsync<ContentChangeEmail>());
    }

    [Fact]
    public async Task Notice_BadInput_SaysSoAndSendsNothing()
    {
        var world = await NoticeWorld.MakeAsync(app);
        await app.Given.ConcernedProviderAsync(world.Course.Id, London.DateOf(app.Clock.Now).AddDays(30), email: null, "Without address");
        var form = await (await app.BrowseAsStaffAsync()).GetAsync(LearningUrls.Notify(world.Change.Id));
        Assert.Contains("has no email address here, so it cannot be told: Without address", form.Main, StringComparison.Ordinal);

        var refused = await form.SubmitAsync(fields =>
        {
            fields.Clear("Chosen");
            fields["Text"] = "";
            fields.Attach("Document", "tool.pdf", "<script>"u8.ToArray());
        });
        var early = await form.SubmitAsync(fields => (fields["DueOn.Day"], fields["DueOn.Month"], fields["DueOn.Year"]) = ("2", "11", "2026"));

        Assert.Contains("Enter the text", refused.Errors);
        Assert.Contains("Select at least one provider", refused.Errors);
        Assert.Contains(refused.Errors, error => error.Contains("must be a PDF, JPEG or PNG", StringComparison.Ordinal));
        Assert.Equal(["The deadline must be after today"], early.Errors);
        Assert.Empty(await world.EmailsAsync<ContentChangeEmail>());
    }

    [Fact]
    public async Task Change_AfterThePageWasOpened_SendsNothing()
    {
        var world = await NoticeWorld.MakeAsync(app);
        var staff = await app.BrowseAsStaffAsync();
        var form = await staff.GetAsync(LearningUrls.Notify(world.Change.Id));
        await (await staff.GetAsync(LearningUrls.Change(world.Change.Id))).SubmitAsync(fields => fields["Form.What"] = "Something else", button: "Save");

        Assert.Contains("Somebody changed what this is about", (await form.SubmitAsync()).Errors[0], StringComparison.Ordinal);
        Assert.Empty(await world.EmailsAsync<ContentChangeEmail>());
    }

    [Fact]
    public async Task Reminders_ByTheClock_ComeOnceBeforeAndOnceAfterTheDeadline()
    {
        await using var own = new TestApp(await databases.CreateAsync());
        _ = own.Services;
        var world = await NoticeWorld.MakeAsync(own);
        await world.SendAsync(dueIn: 10);
        var start = own.Clock.Now;
        var counts = new List<int>();
        for (var hour = 0; hour <= 24 * 14; hour += 6)
        {
            own.Clock.MoveTo(start.AddHours(hour));
            await own.RunJobAsync(nameof(RemindProviders));
            counts.Add((await world.EmailsAsync<ContentChangeReminderEmail>()).Count);
        }

        var reminders = await world.EmailsAsync<ContentChangeReminderEmail>();
        Assert.Equal([true, false], reminders.Select(one => one.IsLate));
        var row = await world.ReadAsync();
        Assert.Equal((new DateOnly(2026, 11, 9), new DateOnly(2026, 11, 13)), (London.DateOf(row.RemindedAt!.Value), London.DateOf(row.ChasedAt!.Value)));
        Assert.True(London.At(row.ChasedAt.Value).Hour >= 8);
        Assert.Equal(1, await own.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(email => email.Kind == "notices-late", Ct)));
    }

    [Fact]
    public async Task Late_StandsOnTodayUntilItIsRecorded()
    {
        await using var own = new TestApp(await databases.CreateAsync());
        _ = own.Services;
        var world = await NoticeWorld.MakeAsync(own);
        await world.SendAsync(dueIn: 2);
        own.Clock.Advance(TimeSpan.FromDays(3));
        var staff = await own.BrowseAsStaffAsync();
        var words = $"{world.Provider.Name} has not acknowledged a change of content";

        Assert.Contains("Please do it now.", (await own.Browse().GetAsync(await world.LinkAsync())).Main, StringComparison.Ordinal);
        var notice = await (await staff.GetAsync("/staff")).FollowAsync($"{words}, 4 November 2026");
        var recorded = await notice.SubmitAsync(fields =>
        {
            fields["Provider"] = world.Own.ToString();
            fields["Name"] = "Kai on the phone";
        });

        Assert.Contains("by Kai on the phone", recorded.Main, StringComparison.Ordinal);
        Assert.DoesNotContain(words, (await staff.GetAsync("/staff")).Main, StringComparison.Ordinal);
        Assert.Equal(0, await own.RunJobAsync(nameof(RemindProviders)));
    }

    [Theory]
    [InlineData(10, 7)]
    [InlineData(3, 2)]
    [InlineData(2, 1)]
    [InlineData(1, null)]
    public void RemindOn_ByDaysToTheDeadline_IsBeforeIt(int due, int? remind)
    {
        var today = new DateOnly(2027, 3, 1);

        Assert.Equal(remind is { } days ? today.AddDays(days) : null, ProviderNotice.RemindOnOf(today, today.AddDays(due)));
    }

    [Fact]
    public async Task Acknowledger_AfterTwoYears_IsForgotten()
    {
        await using var own = new TestApp(await databases.CreateAsync());
        _ = own.Services;
        var world = await NoticeWorld.MakeAsync(own);
        await world.SendAsync();
        await own.WithAsync((AcknowledgeNotice acknowledge) => acknowledge.ByLinkAsync(world.Own, "Kai Contact", "Words", Ct));

        own.Clock.Advance(TimeSpan.FromDays(700));
        Assert.Equal(0, await own.RunJobAsync(nameof(ForgetAcknowledgers)));
        own.Clock.Advance(TimeSpan.FromDays(40));
        Assert.Equal(1, await own.RunJobAsync(nameof(ForgetAcknowledgers)));

        var row = await world.ReadAsync();
        Assert.Equal((ProviderNoticeState.Acknowledged, null, null), (row.State, row.AcknowledgedBy, row.AcknowledgedWords));
    }
}
