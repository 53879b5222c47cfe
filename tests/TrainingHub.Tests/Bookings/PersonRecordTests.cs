using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Reporting;
using TrainingHub.Tests.Attendance;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>What staff do to the record of a person: find it, correct it, merge it with another, forget it.</summary>
public sealed class PersonRecordTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Merge_TwoRecords_BringsDatesLinksAndImportsTogether()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 10);
        await app.Given.BookAsync(world.Request(run, "jon@old.example") with { Dates = [new(run, 5500, [new("Jon Smith", "jon@old.example", null)])] });
        var past = await new RegisterWorld(app).RunAsync(DateOnly.FromDateTime(app.Clock.Now.UtcDateTime).AddDays(-7));
        var file = $"run_reference,delegate_name,delegate_email,sector,area,attendance\n{past.Reference},Jonathan Smith,jonathan@new.example,Education,BCP,attended\n{past.Reference},Ann Other,other@new.example,Education,BCP,attended\n";
        await ImportAsync(file);
        var (jon, jonathan) = (await PersonAsync("jon@old.example"), await PersonAsync("jonathan@new.example"));
        await app.WithAsync((TrainingHubDb db) => db.People.Where(one => one.Id == jonathan).ExecuteUpdateAsync(set => set.SetProperty(one => one.SurveysStoppedAt, app.Clock.Now), Ct));
        var link = await LinkAsync(world, "jon@old.example");
        var staff = await app.BrowseAsStaffAsync();

        var preview = await (await staff.GetAsync($"/staff/people/merge?id={jon}&q=smith+jonath")).FollowAsync("Add Jonathan Smith, jonathan@new.example");
        var done = await preview.SubmitAsync(form => form["keep"] = jon.ToString());
        var again = await preview.SubmitAsync(form => form["keep"] = jon.ToString());
        var imported = await ImportAsync(file);

        Assert.Contains("All 2 places, with attendance and surveys", preview.Main);
        Assert.Equal("Jon Smith", done.Heading);
        Assert.Contains("Also known as: Jonathan Smith, jonathan@new.example", done.Main);
        Assert.Contains("1 other record with 1 place joined this one.", done.Main);
        Assert.Contains("Has wanted no surveys", done.Main);
        Assert.Equal(2, done.All("tbody tr").Count);
        Assert.Contains("Nothing was changed", again.Main);
        Assert.Equal((0, 2), (imported.Added, imported.Unchanged));
        Assert.Contains("Jon Smith", (await app.Browse().GetAsync(link)).Main);
        Assert.Equal($"/staff/people/{jon}", (await staff.GetAsync($"/staff/people/{jonathan}")).Address);
        await app.RunJobAsync("IssueInvoices");
        Assert.DoesNotContain(await Audit.RunAsync(app.Database, app.Clock.GetUtcNow(), Ct), line => line.Broken > 0);
    }

    [Theory]
    [InlineData("booked", "cancelled", 0)]
    [InlineData("cancelled", "booked", 0)]
    [InlineData("booked", "booked", 0)]
    [InlineData("cancelled", "cancelled", 1)]
    public async Task Import_BothNamesOfAMergedPersonOnOneDate_CancelsNoPlaceThatTheFileBooks(string first, string second, int cancelled)
    {
        var mark = Guid.NewGuid().ToString("N")[..8];
        var run = await new RegisterWorld(app).RunAsync(DateOnly.FromDateTime(app.Clock.Now.UtcDateTime).AddDays(-7));
        await ImportAsync(FileOf(run.Reference, $"Jo Kept,kept-{mark}@p9.example,booked"));
        await app.Given.PersonAsync("Joe Gone", $"gone-{mark}@p9.example");
        Assert.Equal(MergeResult.Merged, await MergeAsync(await PersonAsync($"kept-{mark}@p9.example"), await PersonAsync($"gone-{mark}@p9.example")));
        var file = FileOf(run.Reference, $"Jo Kept,kept-{mark}@p9.example,{first}", $"Joe Gone,gone-{mark}@p9.example,{second}");

        var outcome = await ImportAsync(file);
        var again = await ImportAsync(file);

        Assert.Empty(outcome.Errors);
        Assert.Equal((1 - cancelled, cancelled), (await app.WithAsync((TrainingHubDb db) => db.LivePlaces.CountAsync(place => place.RunId == run.Id, Ct)), outcome.Changed));
        Assert.Equal((0, 0, 2), (again.Added, again.Changed, again.Unchanged));
    }

    [Fact]
    public async Task Import_CancelledRowOfAFormerNameAlone_TakesThePlaceThatEnded()
    {
        var run = await new RegisterWorld(app).RunAsync(DateOnly.FromDateTime(app.Clock.Now.UtcDateTime).AddDays(-7));
        await ImportAsync(FileOf(run.Reference, "Mo Kept,kept@p10.example,booked", "Moe Gone,gone@p10.example,cancelled"));
        Assert.Equal(MergeResult.Merged, await MergeAsync(await PersonAsync("kept@p10.example"), await PersonAsync("gone@p10.example")));

        var outcome = await ImportAsync(FileOf(run.Reference, "Moe Gone,gone@p10.example,cancelled"));

        Assert.Equal((0, 0, 1), (outcome.Added, outcome.Changed, outcome.Unchanged));
        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.LivePlaces.CountAsync(place => place.RunId == run.Id, Ct)));
    }

    private static string FileOf(string reference, params string[] rows) =>
        "run_reference,delegate_name,delegate_email,status,sector,area\n" + string.Concat(rows.Select(row => $"{reference},{row},Education,BCP\n"));

    [Fact]
    public async Task Merge_OtherRecordsLink_OpensThePlaceOfTheOneThatStays()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var (first, second) = (await world.RunAsync(capacity: 5), await world.RunAsync(capacity: 5, startsIn: TimeSpan.FromDays(40)));
        await world.BookAsync(first, "stays@p3.example");
        await world.BookAsync(second, "goes@p3.example");
        var link = await LinkAsync(world, "goes@p3.example");

        var result = await MergeAsync(await PersonAsync("stays@p3.example"), await PersonAsync("goes@p3.example"));

        Assert.Equal(MergeResult.Merged, result);
        Assert.Equal("You have a place", (await app.Browse().GetAsync(link)).Heading);
        await world.BookAsync(await world.RunAsync(capacity: 5), "goes@p3.example");
        Assert.Equal(1, await world.CountAsync("select count(*) from people where email_key = 'goes@p3.example'"));
    }

    [Fact]
    public async Task Merge_BothOnOneDate_IsRefusedAndNamesIt()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var booked = await world.BookAsync(await world.RunAsync(capacity: 5), "x@p4.example", "y@p4.example");
        var (x, y) = (await PersonAsync("x@p4.example"), await PersonAsync("y@p4.example"));

        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/people/merge?id={x}&id={y}");

        Assert.Contains("They cannot be merged yet.", page.Main);
        Assert.Contains(booked.Reference, page.Main);
        Assert.Equal(MergeResult.SameDate, await MergeAsync(x, y));
        Assert.Equal(2, await world.CountAsync("select count(*) from people where email_key like '%@p4.example'"));
    }

    [Fact]
    public async Task Merge_TwiceAtOnce_IsDoneOnce()
    {
        var (stays, goes) = await TwoAsync();

        Assert.Equal([MergeResult.Merged, MergeResult.MergedBefore], await MeetAsync(() => MergeAsync(stays, goes)));
    }

    [Fact]
    public async Task Merge_WithoutTheLock_FailsWhenTheyMeet()
    {
        var (stays, goes) = await TwoAsync();

        await Assert.ThrowsAnyAsync<DbUpdateException>(() => MeetAsync(() => Unguarded.WithoutRowLocksAsync(() => MergeAsync(stays, goes))));
    }

    [Fact]
    public async Task Merge_WithoutTheLockInSequence_IsDoneOnce()
    {
        var (stays, goes) = await TwoAsync();

        Assert.Equal(MergeResult.Merged, await Unguarded.WithoutRowLocksAsync(() => MergeAsync(stays, goes)));
        Assert.Equal(MergeResult.MergedBefore, await Unguarded.WithoutRowLocksAsync(() => MergeAsync(stays, goes)));
    }

    [Theory]
    [InlineData("zoe")]
    [InlineData("OBRIEN zoë")]
    [InlineData("zo  p5.example")]
    [InlineData("hill prim zoe")]
    public async Task List_HalfAName_IsFoundWhateverOrderAndAccents(string query)
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 5);
        await app.Given.BookAsync(world.Request(run, "zoe@p5.example") with { Dates = [new(run, 5500, [new("Zoë O’Brien", $"zoe{Guid.NewGuid():N}@p5.example", null)])] });

        var page = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/people?q=" + Uri.EscapeDataString(query));
        var csv = await page.Browser.GetAsync("/staff/people?file=csv&q=" + Uri.EscapeDataString(query));

        Assert.Contains("Zoë O’Brien", page.All("tbody th"));
        Assert.StartsWith("\uFEFFname,email,organisation,places,attended,last_date\n", csv.Text);
        Assert.Contains("Hill Primary School", csv.Text);
    }

    [Fact]
    public async Task Correct_Address_IsChangedOnAllDatesAndToldToTheRightOne()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var booked = await world.BookAsync(await world.RunAsync(capacity: 5), "wrogn@p6.example", "taken@p6.example");
        var link = await LinkAsync(world, "wrogn@p6.example");
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/people/{await PersonAsync("wrogn@p6.example")}");

        var taken = await page.SubmitAsync(form => (form["Form.Name"], form["Form.Email"]) = ("Person taken@p6.example", "taken@p6.example"), Save);
        var done = await page.SubmitAsync(form => (form["Form.Name"], form["Form.Email"]) = ("Rita Right", "right@p6.example"), Save);

        Assert.Contains("Person taken", taken.Find("[name='Form.Name']").GetAttribute("value"));
        Assert.NotEmpty(taken.Errors);
        Assert.Equal("Rita Right", done.Heading);
        Assert.Contains("1 email", done.Main);
        Assert.Equal(1, await world.CountAsync("select count(*) from places where booking_id = $1 and delegate_name = 'Rita Right'", booked.Id));
        Assert.Equal("You have a place", (await app.Browse().GetAsync(await LinkAsync(world, "right@p6.example"))).Heading);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(link)).Status);
        Assert.DoesNotContain("Rita", done.Find(".app-history").TextContent);
    }

    [Fact]
    public async Task Forget_AfterTheDate_LeavesFiguresAndNoName()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var booked = await world.BookAsync(await world.RunAsync(capacity: 5, startsIn: TimeSpan.FromDays(2)), "f@p7.example");
        var id = await PersonAsync("f@p7.example");
        Assert.Equal(ForgetResult.IsStillComing, await ForgetAsync(id));
        app.Clock.Advance(TimeSpan.FromDays(3));
        await world.ExecuteAsync("update outgoing_emails set state = 'Sent', sent_text = 'Hello F' where about = $1", booked.Reference);

        Assert.Equal([ForgetResult.Forgotten, ForgetResult.Gone], [await ForgetAsync(id), await ForgetAsync(id)]);

        Assert.Equal(0, await world.CountAsync("select count(*) from people where id = $1", id));
        Assert.Equal(1, await world.CountAsync("select count(*) from live_places where booking_id = $1 and person_id is null and delegate_name is null and price_pence = 5500", booked.Id));
        Assert.Equal((1, 0), (
            await world.CountAsync("select count(*) from outgoing_emails where to_address = 'f@p7.example' and kind = 'you-are-booked'"),
            await world.CountAsync("select count(*) from outgoing_emails where to_address = 'f@p7.example' and (model is not null or sent_text is not null)")));
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/people/{id}")).Status);
    }

    private Task<ForgetResult> ForgetAsync(Guid id) => app.WithAsync((ForgetPerson forget) => forget.RunAsync(id, Actor.CommandLine, Ct));

    private const string Save = "form:has([name='Form.Name'])";

    private Task<MergeResult> MergeAsync(Guid kept, Guid gone) => app.WithAsync((MergePeople merge) => merge.RunAsync(kept, [gone], Actor.CommandLine, Ct));

    private async Task<MergeResult[]> MeetAsync(Func<Task<MergeResult>> merge)
    {
        var results = new List<MergeResult>();
        await Gate.MeetAsync(app.Database, "history_entries", 2, async () =>
        {
            var result = await merge();
            lock (results)
            {
                results.Add(result);
            }
        });
        return [.. results.Order()];
    }

    private async Task<(Guid Stays, Guid Goes)> TwoAsync()
    {
        var mark = Guid.NewGuid().ToString("N");
        return ((await app.Given.PersonAsync("Sam Same", $"stays-{mark}@p8.example")).Id, (await app.Given.PersonAsync("Sam Same", $"goes-{mark}@p8.example")).Id);
    }

    private Task<Guid> PersonAsync(string email) => app.WithAsync((TrainingHubDb db) => db.People.Where(person => person.Email == email).Select(person => person.Id).SingleAsync(Ct));

    private Task<ImportOutcome> ImportAsync(string text) => app.WithAsync(async (ImportBookings import) =>
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await import.RunAsync(file, dryRun: false, Ct);
    });

    private static Task<string> LinkAsync(BookingWorld world, string address) => world.TextAsync(
        "select substring(model ->> 'DateUrl' from 'https?://[^/]+(.*)') from outgoing_emails where kind = 'you-are-booked' and to_address = $1", address);
}
