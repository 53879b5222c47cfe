using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.PersonalData;
using TrainingHub.Platform;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.PersonalData;

/// <summary>The register of requests on screen, from the first call to the answer.</summary>
public sealed class DataRequestPagesTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Erasure_FromTheCallToTheEnd_IsDoneOnScreen()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        await app.Given.BookAsync(world.Request(await world.RunAsync(capacity: 5, startsIn: TimeSpan.FromDays(1))) with { Dates = [new(await world.RunAsync(capacity: 5, startsIn: TimeSpan.FromDays(1)), 5500, [new("Zoë O’Hara", "zoe@d1.example", null)])] });
        app.Clock.Advance(TimeSpan.FromDays(2));
        await app.Given.WaitingAsync(await world.RunAsync(capacity: 5), "Zoe Ohara", "zoe.private@d1.example");
        await app.Given.PersonAsync("Zora Ohara", "zora@d1.example");
        var staff = await app.BrowseAsStaffAsync();

        var form = await (await staff.GetAsync("/staff/data-requests")).FollowAsync("Record a request or complaint");
        var wrong = await form.SubmitAsync();
        var recorded = await wrong.SubmitAsync(Fill);
        var again = await wrong.SubmitAsync(Fill);
        var found = await recorded.FollowAsync("Find their records");
        var ticked = await found.SubmitAsync(ticks =>
        {
            ticks.Tick("Ticked", ticks.ValueOf("Zoë O’Hara, zoe@d1.example"));
            ticks.Tick("Ticked", ticks.ValueOf("Zoe Ohara, zoe.private@d1.example"));
        });
        var early = await staff.GetAsync(ticked.Address + "/erase");
        var identified = await early.SubmitAsync(one => one["Identity"] = "Rang back on the number of the school");
        var today = await staff.GetAsync("/staff");
        var preview = await identified.FollowAsync("Erase");
        var done = await preview.SubmitAsync();

        Assert.Equal(3, wrong.Errors.Count);
        Assert.Equal("Erasure for Zoe Ohara", recorded.Heading);
        Assert.Equal(recorded.Address, again.Address);
        Assert.Contains("Zoë O’Hara, zoe@d1.example", found.All("tbody label"));
        Assert.Contains("Zoe Ohara, zoe.private@d1.example", found.All("tbody label"));
        Assert.DoesNotContain("Zora Ohara", found.Main);
        Assert.Contains("First say how you checked who is asking.", early.Main);
        Assert.Contains("Zoe Ohara asks to be erased", today.Main);
        Assert.Contains("1 place on a waiting list", preview.Main);
        Assert.Contains("zoe@d1.example gets an email", preview.Main);
        Assert.Contains("Answered", done.Main);
        Assert.Contains("1 record of a person", done.Main);
        Assert.DoesNotContain("Ohara", done.Main);
        Assert.DoesNotContain("Zoe Ohara asks to be erased", (await staff.GetAsync("/staff")).Main);
        Assert.Equal(0, await world.CountAsync("select count(*) from people where email_key = 'zoe@d1.example'"));
        Assert.Equal(1, await world.CountAsync("select count(*) from people where email_key = 'zora@d1.example'"));

        static void Fill(TestForm one) =>
            (one["Form.Kind"], one["Form.Name"], one["Form.Email"], one["Form.ReceivedOn"]) = ("Erasure", "Zoe Ohara", "zoe@d1.example", "4/11/2026");
    }

    [Fact]
    public async Task Copy_FromAPersonsPage_IsShownAndDownloadedAndNoted()
    {
        var person = await app.Given.PersonAsync("Cara Copy", "cara@d2.example");
        var staff = await app.BrowseAsStaffAsync();

        var form = await (await staff.GetAsync($"/staff/people/{person.Id}")).FollowAsync("They ask about their data");
        var recorded = await form.SubmitAsync(one => (one["Form.Kind"], one["Form.Identity"]) = ("Copy", "Rang back"));
        var copy = await recorded.FollowAsync("Copy of their data");
        var file = await staff.GetAsync(copy.Address + "?handler=Json");
        var closed = await (await (await staff.GetAsync(recorded.Address)).FollowAsync("Close with an answer")).SubmitAsync(one => one["Given"] = "Handed over on paper");
        var late = await staff.GetAsync(copy.Address);

        Assert.Contains("cara@d2.example", copy.Main);
        Assert.Contains("Who you are to us", copy.All("h2"));
        Assert.Equal("application/json", file.Response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Cara Copy", file.Text);
        Assert.Contains("Copy downloaded", closed.Main);
        Assert.Contains("Handed over on paper", closed.Main);
        Assert.Contains("no copy is made any more", late.Main);
        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(one => one.ToAddress == "cara@d2.example" && one.Kind == "data-request-received", Ct)));
        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(one => one.ToAddress == "cara@d2.example" && one.Kind == "data-request-answered", Ct)));
    }

    [Fact]
    public async Task MoreTime_Once_MovesTheDayAndTellsThem()
    {
        var request = Guid.CreateVersion7();
        var received = new DateOnly(2026, 10, 31);
        await app.WithAsync((RecordRequest record) => record.RunAsync(
            new(request, DataRequestKind.Copy, "Max More", "max@d3.example", null, null, null, received, null), Actor.CommandLine, Ct));
        var staff = await app.BrowseAsStaffAsync();

        var page = await staff.GetAsync($"/staff/data-requests/{request}");
        var extended = await (await page.FollowAsync("More time")).SubmitAsync(one => one["Why"] = "Ten years of files");
        var again = await staff.GetAsync($"/staff/data-requests/{request}/extend");

        Assert.Contains("due 30 November 2026", page.Main);
        Assert.Contains("due 31 January 2027", extended.Main);
        Assert.Contains("It cannot be extended any more.", again.Main);
        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(one => one.ToAddress == "max@d3.example" && one.Kind == "data-request-extended", Ct)));
    }

    [Fact]
    public async Task List_SearchedFilteredAndAsAFile_ShowsWhatIsAsked()
    {
        foreach (var (name, kind) in new[] { ("Lara List", DataRequestKind.Copy), ("Lars List", DataRequestKind.Erasure) })
        {
            await app.WithAsync((RecordRequest record) => record.RunAsync(
                new(Guid.CreateVersion7(), kind, name, null, "By post", null, null, London.DateOf(app.Clock.Now), null), Actor.CommandLine, Ct));
        }

        var staff = await app.BrowseAsStaffAsync();

        var page = await staff.GetAsync("/staff/data-requests?q=list&kind=Erasure&show=Open");
        var csv = await staff.GetAsync("/staff/data-requests?q=lara&file=csv");

        Assert.Equal(["Lars List"], page.All("tbody th"));
        Assert.StartsWith("\uFEFFreference,kind,name,email,received,due,answered\n", csv.Text);
        Assert.Contains(",Copy,Lara List,,", csv.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync($"/staff/data-requests/{Guid.NewGuid()}")).Status);
    }
}
