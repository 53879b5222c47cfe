using System.Net;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

public sealed class WaitingListTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Wait_FullDate_KeepsTheOrderAndOneEntryAPerson()
    {
        var world = await WorldAsync();
        var run = await FullAsync(world, "w1");

        var first = await JoinAsync(run, "ann@w1.example");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await JoinAsync(run, "ben@w1.example");
        var again = await JoinAsync(run, "ANN@w1.example");

        Assert.Equal(first.Main, second.Main);
        Assert.Equal(first.Main, again.Main);
        Assert.Equal(2, await world.CountAsync("select count(*) from waiting_list_entries where run_id = $1", run));
        Assert.Equal("1 2", await world.TextAsync(
            "select string_agg(model ->> 'Position', ' ' order by id) from outgoing_emails where to_address like '%@w1.example' and kind = 'waiting-list-joined'"));
    }

    [Fact]
    public async Task Wait_JoinedAgainADayLater_GetsTheEmailAgain()
    {
        var world = await WorldAsync();
        var run = await FullAsync(world, "w5");
        await JoinAsync(run, "ann@w5.example");
        app.Clock.Advance(TimeSpan.FromHours(25));

        await JoinAsync(run, "ann@w5.example");

        Assert.Equal(1, await world.CountAsync("select count(*) from waiting_list_entries where run_id = $1", run));
        Assert.Equal(2, await world.CountAsync("select count(*) from outgoing_emails where to_address = 'ann@w5.example' and model ->> 'Position' = '1'"));
    }

    [Fact]
    public async Task Wait_TwoPeopleOnOneAddress_BothWait()
    {
        var world = await WorldAsync();
        var run = await FullAsync(world, "w6");

        await JoinAsync(run, "office@w6.example", "Alice Ames");
        await JoinAsync(run, "office@w6.example", "Tom Tate");

        Assert.Equal(2, await world.CountAsync("select count(*) from waiting_list_entries where run_id = $1 and state = 'Waiting'", run));
        Assert.Equal(2, await world.CountAsync("select count(distinct subject) from outgoing_emails where to_address = 'office@w6.example'"));
    }

    [Fact]
    public async Task Wait_SeenByStaff_LeadsToAMessageToThemAndToABooking()
    {
        var world = await WorldAsync();
        var run = await FullAsync(world, "w7");
        await JoinAsync(run, "ann@w7.example");

        var list = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/waiting-lists?date={run}");
        var message = await list.Browser.GetAsync(list.Find("a[href$='/message?to=Waiting']").GetAttribute("href")!);
        var book = await list.Browser.GetAsync(list.Find($"a[href$='{run}/book']").GetAttribute("href")!);

        Assert.True(message.Find("input[value=Waiting]").HasAttribute("checked"));
        Assert.Equal("Book for somebody", book.Heading);
    }

    [Fact]
    public async Task Wait_PlacesLeft_SaysThatTheyCanBeBooked()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 2);

        var page = await JoinAsync(run, "ann@w2.example");

        Assert.Equal("There are places on this date", page.Heading);
    }

    [Fact]
    public async Task Wait_BadAnswers_AreNamed()
    {
        var world = await WorldAsync();
        var run = await FullAsync(world, "w3");
        var form = await app.Browse().GetAsync($"/dates/{run}/wait");

        var empty = await form.SubmitAsync();
        var many = await form.SubmitAsync(fields =>
            (fields["Form.Name"], fields["Form.Email"], fields["Form.Places"]) = ("Ann", "nowhere", "11"));

        Assert.Equal(["Enter your full name", "Enter your work email address", "Enter how many places you need"], empty.Errors);
        Assert.Equal(["Enter an email address in the correct format, like name@example.com", "Enter a number between 1 and 10"], many.Errors);
    }

    [Fact]
    public async Task Leave_LinkOpened_ChangesNothingUntilTheButton()
    {
        var world = await WorldAsync();
        var run = await FullAsync(world, "w4");
        await JoinAsync(run, "ann@w4.example");
        var link = await world.TextAsync(
            "select substring(model ->> 'LeaveUrl' from 'https://[^/]+(.*)') from outgoing_emails where to_address = 'ann@w4.example'");

        var asked = await app.Browse().GetAsync(link);
        var waiting = await world.CountAsync("select count(*) from waiting_list_entries where run_id = $1 and state = 'Waiting'", run);
        var left = await asked.SubmitAsync();

        Assert.Equal("Your place on the waiting list", asked.Heading);
        Assert.Equal(1, waiting);
        Assert.Equal("You are not on the waiting list", left.Heading);
        Assert.Equal(0, await world.CountAsync("select count(*) from waiting_list_entries where run_id = $1 and state = 'Waiting'", run));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync("/waiting-list/AAAAAAAAAAAAAAAAAAAAAA")).Status);
    }

    private async Task<TestPage> JoinAsync(Guid run, string email, string name = "Ann Able")
    {
        var form = await app.Browse().GetAsync($"/dates/{run}/wait");
        return await form.SubmitAsync(fields =>
            (fields["Form.Name"], fields["Form.Email"], fields["Form.Places"]) = (name, email, "1"));
    }

    private static async Task<Guid> FullAsync(BookingWorld world, string name)
    {
        var run = await world.RunAsync(capacity: 1);
        await world.BookAsync(run, $"taken@{name}.example");
        return run;
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
