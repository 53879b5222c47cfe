using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Staff put right who waits for a full date, or take them off its list.</summary>
public sealed class CorrectWaitingTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Save = "form:has([name='Name'])";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Correct_Address_KeepsTheTurnAndTellsTheRightMailboxAlone()
    {
        var world = await WorldAsync();
        var run = await FullAsync(world, "c1");
        await JoinAsync(run, "wrogn@c1.example", "Ann Able");
        await JoinAsync(run, "wrogn@c1.example", "Tom Tate");
        var (link, others) = (await LinkAsync(world, "Ann Able"), await LinkAsync(world, "Tom Tate"));
        await world.ExecuteAsync("update outgoing_emails set state = 'Bounced' where to_address = 'wrogn@c1.example'");
        await app.WithAsync(async (TrainingHubDb db) =>
        {
            await UndeliverableAddress.MarkAsync(db, "right@c1.example", app.Clock.Now, "550 full", Ct);
            return 0;
        });
        var form = await (await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/waiting-lists?date={run}")).FollowAsync("Change Ann Able");

        var done = await form.SubmitAsync(fields => (fields["Name"], fields["Email"]) = ("Anne Able", "right@c1.example"), Save);
        var again = await form.SubmitAsync(fields => (fields["Name"], fields["Email"]) = ("Anne Able", "right@c1.example"), Save);

        Assert.Equal(["Anne Able", "Tom Tate"], done.All("tbody th"));
        Assert.DoesNotContain("No such mailbox", done.Find("tbody tr").TextContent);
        Assert.Equal(done.All("tbody th"), again.All("tbody th"));
        Assert.Equal("1", await world.TextAsync("select string_agg(model ->> 'Position', ' ') from outgoing_emails where to_address = 'right@c1.example'"));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(link)).Status);
        Assert.Equal("Your place on the waiting list", (await app.Browse().GetAsync(others)).Heading);
        Assert.Equal("Your place on the waiting list", (await app.Browse().GetAsync(await LinkAsync(world, "Anne Able"))).Heading);
        Assert.Equal("Bounced Stopped", await world.TextAsync("select string_agg(state, ' ' order by state) from outgoing_emails where to_address = 'wrogn@c1.example'"));
        Assert.Equal(1, await world.CountAsync("select count(*) from history_entries where record_id = $1 and act = 'Somebody on the waiting list corrected'", run));
        Assert.Equal(0, await world.CountAsync("select count(*) from history_entries where record_id = $1 and (changes::text like '%Ann%' or changes::text like '%c1.example%')", run));
    }

    [Fact]
    public async Task Correct_NameAlone_SendsNothingAndKeepsTheLink()
    {
        var world = await WorldAsync();
        var run = await FullAsync(world, "c2");
        await JoinAsync(run, "ann@c2.example", "An Able");
        var link = await LinkAsync(world, "An Able");

        Assert.Equal(CorrectWaitingResult.Corrected, await CorrectAsync(await EntryAsync("An Able"), "Ann Able", "ann@c2.example"));

        Assert.Equal(1, await world.CountAsync("select count(*) from outgoing_emails where to_address = 'ann@c2.example'"));
        Assert.Equal("Your place on the waiting list", (await app.Browse().GetAsync(link)).Heading);
    }

    [Fact]
    public async Task Correct_ToSomebodyWhoWaits_IsRefusedAtItsField()
    {
        var world = await WorldAsync();
        var run = await FullAsync(world, "c3");
        await JoinAsync(run, "ann@c3.example", "Ann Able");
        await JoinAsync(run, "office@c3.example", "Tom Tate");
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/waiting-lists/{await EntryAsync("Ann Able")}");

        var taken = await form.SubmitAsync(fields => (fields["Name"], fields["Email"]) = ("tom  TATE", "OFFICE@c3.example"), Save);
        var wrong = await form.SubmitAsync(fields => (fields["Name"], fields["Email"]) = ("", "nowhere"), Save);

        Assert.Equal(["Somebody with this name and address waits for this date already. Take one of the two off the list"], taken.Errors);
        Assert.Equal("OFFICE@c3.example", taken.Find("[name=Email]").GetAttribute("value"));
        Assert.Equal(["Enter the full name", "Enter an email address in the correct format, like name@example.com"], wrong.Errors);
        Assert.Equal(1, await world.CountAsync("select count(*) from waiting_list_entries where name = 'Ann Able' and run_id = $1", run));
    }

    [Fact]
    public async Task TakeOff_Twice_LeavesTheOthers()
    {
        var world = await WorldAsync();
        var run = await FullAsync(world, "c4");
        await JoinAsync(run, "ann@c4.example", "Ann Able");
        await JoinAsync(run, "ben@c4.example", "Ben Able");
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/waiting-lists/{await EntryAsync("Ann Able")}");

        var done = await form.SubmitAsync(selector: "form[action*=TakeOff]");
        var again = await form.SubmitAsync(selector: "form[action*=TakeOff]");

        Assert.Equal(["Ben Able"], done.All("tbody th"));
        Assert.Contains("they do not wait any more", again.Document.Body!.TextContent);
        Assert.Equal(1, await world.CountAsync("select count(*) from history_entries where record_id = $1 and act = 'Somebody taken off the waiting list'", run));
        Assert.Equal(CorrectWaitingResult.Gone, await CorrectAsync(Guid.NewGuid(), "A", "a@c4.example"));
    }

    [Fact]
    public async Task PersonsPage_CorrectedThere_WaitsUnderTheNewAddressToo()
    {
        var world = await WorldAsync();
        var run = await FullAsync(world, "c5");
        await app.Given.BookAsync(world.Request(await world.RunAsync(capacity: 5), "pat@c5.example") with { Dates = [new(await world.RunAsync(capacity: 5), 5500, [new("Pat Person", "pat@c5.example", null)])] });
        await JoinAsync(run, "pat@c5.example", "Pat Person");
        var id = await app.WithAsync((TrainingHubDb db) => db.People.Where(person => person.Name == "Pat Person").Select(person => person.Id).SingleAsync(Ct));
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/people/{id}");
        Assert.Equal("Correct who waits", (await page.Browser.GetAsync(page.Find("#waiting + ul a").GetAttribute("href")!)).Heading);

        var done = await page.SubmitAsync(form => (form["Form.Name"], form["Form.Email"]) = ("Pat Person", "pat@c5right.example"), "form:has([name='Form.Name'])");

        Assert.Contains("2 emails", done.Document.Body!.TextContent);
        Assert.NotNull(done.Document.QuerySelector("#waiting"));
        Assert.Equal("pat@c5right.example", await world.TextAsync("select email from waiting_list_entries where run_id = $1", run));
        Assert.Equal(1, await world.CountAsync("select count(*) from outgoing_emails where to_address = 'pat@c5right.example' and kind = 'waiting-list-joined'"));
    }

    private Task<CorrectWaitingResult> CorrectAsync(Guid entry, string name, string email) =>
        app.WithAsync((CorrectWaiting correct) => correct.RunAsync(entry, name, email, Actor.CommandLine, Ct));

    private Task<Guid> EntryAsync(string name) => app.WithAsync((TrainingHubDb db) => db.WaitingListEntries
        .Where(entry => entry.Name == name && entry.State == WaitingState.Waiting).OrderByDescending(entry => entry.Id).Select(entry => entry.Id).FirstAsync(Ct));

    private static Task<string> LinkAsync(BookingWorld world, string name) => world.TextAsync(
        "select substring(model ->> 'LeaveUrl' from 'https://[^/]+(.*)') from outgoing_emails where kind = 'waiting-list-joined' and model::text like '%' || $1 || '%' order by id desc limit 1", name);

    private async Task JoinAsync(Guid run, string email, string name)
    {
        var form = await app.Browse().GetAsync($"/dates/{run}/wait");
        await form.SubmitAsync(fields => (fields["Form.Name"], fields["Form.Email"], fields["Form.Places"]) = (name, email, "1"));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    private static async Task<Guid> FullAsync(BookingWorld world, string name)
    {
        var run = await world.RunAsync(capacity: 1);
        await world.BookAsync(run, $"taken@{name}.example");
        return run;
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
