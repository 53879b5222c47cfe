using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.PersonalData;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.PersonalData;

/// <summary>A complaint about how data is handled, from the public form or a letter to the answer, its clock and its end.</summary>
public sealed class ComplaintTests(TestDatabase databases)
{
    private const string Wrong = "You sent my certificate to my former employer.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Form_FilledWrong_SaysSoAtItsPlaceAndKeepsWhatWasTyped()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        var form = await (await app.Browse().GetAsync("/privacy")).FollowAsync("complain about how we handle personal data");

        var empty = await form.SubmitAsync();
        var odd = await empty.SubmitAsync(one => (one["Form.Complaint"], one["Form.Name"], one["Form.Email"]) = (Wrong, "Cleo Content", "cleo at school"));

        Assert.Equal(["Enter what went wrong", "Enter your full name", "Enter your email address, or below where else we can reach you"], empty.Errors);
        Assert.Single(odd.Errors);
        Assert.Equal(Wrong, odd.Find("textarea[name='Form.Complaint']").TextContent.Trim());
        Assert.Equal("cleo at school", odd.Find("input[name='Form.Email']").GetAttribute("value"));
        Assert.Equal(0, await app.WithAsync((TrainingHubDb db) => db.DataRequests.CountAsync(Ct)));
    }

    [Fact]
    public async Task Complaint_FromTheFormToTheOutcome_IsAcknowledgedAnsweredAndSent()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        var form = await app.Browse().GetAsync("/privacy/complaint");

        var sent = await form.SubmitAsync(Fill);
        var again = await form.SubmitAsync(Fill);
        var complaint = await app.WithAsync((TrainingHubDb db) => db.DataRequests.AsNoTracking().SingleAsync(Ct));
        await app.RunJobAsync(nameof(SendEmails));
        var staff = await app.BrowseAsStaffAsync();
        var today = await staff.GetAsync("/staff");
        var read = await today.FollowAsync("Cleo Content complains about how we handle data, 2 December 2026");
        var answer = await read.FollowAsync("Close with an answer");
        var refused = await answer.SubmitAsync(one => one["Given"] = "It was a slip. They have deleted it.");
        var closed = await refused.SubmitAsync(one => one["Finding"] = "Upheld");
        await app.RunJobAsync(nameof(SendEmails));
        var after = await staff.GetAsync(closed.Address);

        Assert.Equal("Complaint sent", sent.Heading);
        Assert.Contains(complaint.Reference, sent.Main);
        Assert.Contains(complaint.Reference, again.Main);
        Assert.Contains("by 2 December 2026", sent.Main);
        Assert.Contains("Information Commissioner’s Office", sent.Main);
        Assert.Equal((new DateOnly(2026, 12, 2), new DateOnly(2026, 11, 2)), (complaint.DueOn, complaint.AcknowledgedOn));
        var emails = await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.AsNoTracking().Where(one => one.About == complaint.Reference).OrderBy(one => one.Id).ToListAsync(Ct));
        Assert.Equal(["data-complaint-received", "data-complaint-arrived", "data-complaint-answered"], emails.OrderBy(one => one.CreatedAt).ThenByDescending(one => one.Kind).Select(one => one.Kind));
        Assert.All(emails, one => Assert.Equal(EmailState.Sent, one.State));
        var (received, outcome, ours) = (Text("data-complaint-received"), Text("data-complaint-answered"), Text("data-complaint-arrived"));
        Assert.Contains("2 December 2026", received);
        Assert.Contains("ico.org.uk/make-a-complaint", received);
        Assert.DoesNotContain("certificate", received);
        Assert.DoesNotContain("certificate", ours);
        Assert.DoesNotContain("Cleo", ours);
        Assert.Contains("You are right.", outcome);
        Assert.Contains("They have deleted it.", outcome);
        Assert.Contains("ico.org.uk/make-a-complaint, telephone 0303 123 1113", outcome);
        Assert.Contains(Wrong, read.Main);
        Assert.Equal(["Select what you found"], refused.Errors);
        Assert.Contains("by email", after.Main);
        Assert.Contains($"Our answer to your complaint {complaint.Reference}: Sent", after.Main);
        Assert.DoesNotContain("complains", (await staff.GetAsync("/staff")).Main);

        static void Fill(TestForm one) => (one["Form.Complaint"], one["Form.Name"], one["Form.Email"]) = (Wrong, "Cleo Content", "cleo@c1.example");
        string Text(string kind) => emails.Single(one => one.Kind == kind).SentText ?? "";
    }

    [Fact]
    public async Task Letter_WithoutAnAddress_IsAcknowledgedByHandBeforeItTakesLonger()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        var staff = await app.BrowseAsStaffAsync();
        var form = await (await staff.GetAsync("/staff/data-requests")).FollowAsync("Record a request or complaint");
        void Fill(TestForm one) => (one["Form.Kind"], one["Form.Name"], one["Form.Contact"], one["Form.ReceivedOn"]) = ("Complaint", "Lena Letter", "1 High Street", "20/10/2026");

        var wrong = await form.SubmitAsync(Fill);
        var recorded = await wrong.SubmitAsync(one => one["Form.Asked"] = Wrong);
        var today = await staff.GetAsync("/staff");
        var early = await staff.GetAsync(recorded.Address + "/extend");
        var tell = await (await staff.GetAsync(recorded.Address)).FollowAsync("Say when you told them that it came");
        var before = await tell.SubmitAsync(one => one["On"] = "19/10/2026");
        var told = await before.SubmitAsync(one => one["On"] = "1/11/2026");
        var extended = await (await staff.GetAsync(recorded.Address + "/extend")).SubmitAsync(one => one["Why"] = "We wait for the files of the provider.");
        var answer = await staff.GetAsync(recorded.Address + "/answer");
        var closed = await answer.SubmitAsync(one => (one["Finding"], one["Given"]) = ("NotUpheld", "We may keep it six years."));

        Assert.Equal(["Enter what they complain about"], wrong.Errors);
        Assert.Equal("Complaint from Lena Letter", recorded.Heading);
        Assert.Contains("due 19 November 2026", recorded.Main);
        Assert.Contains("Tell them that it came", today.Main);
        Assert.Contains("First tell them that it came", early.Main);
        Assert.Equal(["Enter a day from when it was received to today"], before.Errors);
        Assert.Contains("1 November 2026", told.Main);
        Assert.Contains("due 19 December 2026", extended.Main);
        Assert.Contains("ico.org.uk/make-a-complaint", answer.Main);
        Assert.Contains("not by email", closed.Main);
        Assert.Contains("We did nothing wrong", closed.Main);
        Assert.Equal(0, await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(Ct)));
        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync($"/staff/data-requests/{Guid.NewGuid()}/acknowledge")).Status);
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public async Task Clock_OnTheThirtiethDayAndAfter_IsDueThenLate(int days, bool isLate)
    {
        await using var app = new TestApp(await databases.CreateAsync());
        var complaint = await ComplainAsync(app, "dora@c3.example");
        app.Clock.Advance(TimeSpan.FromDays(days));
        var staff = await app.BrowseAsStaffAsync();

        var (today, page) = (await staff.GetAsync("/staff"), await staff.GetAsync($"/staff/data-requests/{complaint}"));

        Assert.Contains(isLate ? "Was due 2 December 2026" : "Due 2 December 2026", today.Main);
        Assert.Equal(isLate, page.Main.Contains("Late", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    public async Task Complaint_TwoYearsAfterItsAnswer_IsGone(int days, int left)
    {
        await using var app = new TestApp(await databases.CreateAsync());
        var complaint = await ComplainAsync(app, "enda@c4.example");
        await AnswerAsync(app, complaint);
        app.Clock.MoveTo(app.Clock.Now.AddYears(2).AddDays(days));

        await app.RunJobAsync(nameof(ForgetRequests));

        Assert.Equal(left, await app.WithAsync((TrainingHubDb db) => db.DataRequests.CountAsync(Ct)));
    }

    [Fact]
    public async Task ComplaintFromBefore_IsFoundCopiedAndErased_AndAnOpenOneStays()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        var (answered, open, other) = (await ComplainAsync(app, "fay@c5.example"), await ComplainAsync(app, "fay@c5.example"), await ComplainAsync(app, "gil@c5.example", "Gil Grumble"));
        await AnswerAsync(app, answered);
        var request = Guid.CreateVersion7();
        await app.WithAsync((RecordRequest record) => record.RunAsync(
            new(request, DataRequestKind.Erasure, "Fay Frank", "fay@c5.example", null, null, "Rang back", London.DateOf(app.Clock.Now), null), Actor.CommandLine, Ct));

        var found = await app.WithAsync((FindHeld find) => find.RunAsync("Fay Frank", ["fay@c5.example"], [], request, Ct));
        HeldRecord[] ticked = [.. found.SelectMany(one => one.Ids.Select(id => new HeldRecord(one.Kind, id)))];
        await app.WithAsync((KeepRequest keep) => keep.TickAsync(request, ticked, [], Actor.CommandLine, Ct));
        var copy = await app.WithAsync(async (TrainingHubDb db) => Encoding.UTF8.GetString((await CopyOfData.ReadAsync(app.Database, await HeldData.ReadAsync(db, ticked, Ct), request, app.Services.GetRequiredService<RetentionRules>(), Ct)).ToJson()));
        var erased = await app.WithAsync((EraseRequest erase) => erase.RunAsync(request, leaveNeeded: false, Actor.CommandLine, Ct));

        Assert.Equal(new[] { answered, open }.Order(), ticked.Where(one => one.Kind == HeldKind.DataRequest).Select(one => one.Id).Order());
        Assert.Contains(Wrong, copy);
        Assert.Contains("You are right in part", copy);
        Assert.DoesNotContain("Gil", copy);
        Assert.Equal(EraseResult.Erased, erased);
        var names = await app.WithAsync((TrainingHubDb db) => db.DataRequests.ToDictionaryAsync(one => one.Id, one => (one.Name, one.Asked, one.IsOpen), Ct));
        Assert.Equal((null, null, false), names[answered]);
        Assert.Equal(("Fay Frank", Wrong, true), names[open]);
        Assert.Equal("Gil Grumble", names[other].Name);
        var account = await app.WithAsync((TrainingHubDb db) => db.DataRequests.Where(one => one.Id == request).Select(one => one.Outcome).SingleAsync(Ct));
        Assert.Contains("Who asked, in 1 request or complaint from before", account.Select(line => line.What));
        Assert.Contains("1 request or complaint of theirs that is open", account.Select(line => line.What));
    }

    private static async Task<Guid> ComplainAsync(TestApp app, string email, string name = "Fay Frank")
    {
        var id = Guid.CreateVersion7(app.Clock.Now);
        await app.WithAsync((RecordRequest record) => record.RunAsync(
            new(id, DataRequestKind.Complaint, name, email, null, Wrong, null, London.DateOf(app.Clock.Now), null), Actor.Visitor, Ct));
        return id;
    }

    private static async Task AnswerAsync(TestApp app, Guid complaint) => Assert.Equal(
        KeepResult.Kept,
        await app.WithAsync((KeepRequest keep) => keep.AnswerAsync(complaint, "It was a slip.", ComplaintFinding.PartlyUpheld, tell: true, Actor.CommandLine, Ct)));
}
