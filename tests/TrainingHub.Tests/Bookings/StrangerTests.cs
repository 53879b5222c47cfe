using TrainingHub.Bookings;
using TrainingHub.Platform.Email;
using TrainingHub.Tests.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>What somebody can do to a stranger by the public forms: mail them, and find out where they will be.</summary>
public sealed class StrangerTests(EmailBench app) : IClassFixture<EmailBench>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stranger_PesteredByEveryForm_GetsThreeEmailsInAnHour()
    {
        await app.ClearAsync();
        var world = await WorldAsync();
        var full = await world.RunAsync(capacity: 1);
        await world.BookAsync(full, "ann@pester.example");
        var booking = await BookAsync(world, await world.RunAsync(capacity: 1), "Ann Able", "ann@pester.example");
        var manage = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference));
        var (mine, theirs) = (("Ann Able", "ann@pester.example"), ("Vic Tim", "vic@pester.example"));
        for (var i = 0; i < 14; i++)
        {
            var now = i % 2 == 0 ? mine : theirs;
            var next = i % 2 == 0 ? theirs : mine;
            await (await (await manage.Browser.GetAsync($"/bookings/{booking.Reference}")).FollowAsync($"Swap or correct the name of {now.Item1}"))
                .SubmitAsync(form => (form["Form.Change"], form["Form.Name"], form["Form.Email"]) = ("another", next.Item1, next.Item2));
            await (await app.Browse().GetAsync($"/dates/{full}/wait")).SubmitAsync(form =>
                (form["Form.Name"], form["Form.Email"], form["Form.Places"]) = ($"Vic Tim {(char)('a' + i)}", "vic@pester.example", "1"));
        }

        for (var round = 0; round < 3; round++)
        {
            await app.Sender.SendAsync(Ct);
            await app.RunJobAsync(nameof(OfferWithheld));
        }

        var toVictim = app.Mailbox.Sent.Where(email => email.To == "vic@pester.example").ToList();
        Assert.Equal(3, toVictim.Count);
        Assert.Equal("emails-withheld", toVictim[^1].Kind);
        Assert.True(await world.CountAsync("select count(*) from outgoing_emails where to_address = 'vic@pester.example' and state = 'Withheld'") > 15);
    }

    [Fact]
    public async Task Swap_OfOneBookingAllDay_IsRefusedAfterTwenty()
    {
        var world = await WorldAsync();
        var booking = await BookAsync(world, await world.RunAsync(capacity: 1), "Ann Able", "ann@often.example");
        var place = Guid.Parse(await world.TextAsync("select id::text from places where booking_id = $1", booking.Id));

        var results = new List<DelegateChangeResult>();
        for (var i = 0; i <= ChangingPlace.Changes.Most; i++)
        {
            results.Add((await app.WithAsync((SwapDelegate swap) => swap.RunAsync(booking.Id, place, new($"Person {(char)('a' + i)}", "o@often.example", null), Ct))).Result);
        }

        Assert.Equal([.. Enumerable.Repeat(DelegateChangeResult.Changed, ChangingPlace.Changes.Most), DelegateChangeResult.TooManyChanges], results);
    }

    [Fact]
    public async Task Swap_HeldForACardPayment_TellsNothingOfAnybody()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        await BookAsync(world, run, "Vic Tim", "vic@probe.example");
        var request = world.Request(run) with { Method = PaymentMethod.Card, InvoiceEmail = null, Dates = [new(run, 5500, [new("Bob Bot", "bob@probe.example", null)])] };
        var held = (await world.BookPlace.RunAsync(request, Ct)).Booking!;
        var place = Guid.Parse(await world.TextAsync("select id::text from places where booking_id = $1", held.Id));
        var manage = await app.Browse().GetAsync(await world.PrivateLinkAsync(held.Reference));
        var form = await manage.Browser.GetAsync(BookingUrls.Swap(held.Reference, place));

        var known = await form.SubmitAsync(Fill("Vic Tim", "vic@probe.example"));
        var unknown = await form.SubmitAsync(Fill("No Body", "nobody@probe.example"));

        Assert.DoesNotContain("Swap or correct", manage.Main);
        Assert.Equal(["Names can be changed once the booking is paid for"], known.Errors);
        Assert.Equal((known.Status, known.Address, known.Main), (unknown.Status, unknown.Address, unknown.Main));
    }

    [Fact]
    public async Task Book_PersonHasAPlaceByAStranger_IsToldThatSomebodyAsks()
    {
        await app.ClearAsync();
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        await BookAsync(world, run, "Vic Tim", "vic@told.example");
        for (var i = 0; i < 3; i++)
        {
            var refused = await (await world.ToCheckAsync(app.Browse(), run, "VIC tim|VIC@told.example")).SubmitAsync();
            Assert.StartsWith("We could not do this online.", Assert.Single(refused.Errors));
        }

        Assert.Equal("Vic Tim, somebody tried to book you again: Neglect", await world.TextAsync(
            "select string_agg(subject, '; ') from outgoing_emails where kind = 'booked-already' and to_address = 'vic@told.example'"));
    }

    [Fact]
    public async Task Book_PersonHasAPlaceByTheSameBrowser_TellsNobodyElse()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var browser = app.Browse();
        await (await world.ToCheckAsync(browser, run, "Vic Tim|vic@same.example")).SubmitAsync();

        var refused = await (await world.ToCheckAsync(browser, run, "Vic Tim|vic@same.example")).SubmitAsync();

        Assert.Equal(["Vic Tim already has a place on this date"], refused.Errors);
        Assert.Equal(0, await world.CountAsync("select count(*) from outgoing_emails where kind = 'booked-already' and to_address = 'vic@same.example'"));
    }

    [Fact]
    public async Task Wait_ManyNamesAtOneAddress_KeepsTen()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 1);
        await world.BookAsync(run, "ann@waits.example");

        for (var i = 0; i < 15; i++)
        {
            var answer = await app.WithAsync((JoinWaitingList join) => join.RunAsync(run, $"Person {(char)('a' + i)}", "office@waits.example", 1, Ct));
            Assert.Equal(JoinResult.Waiting, answer);
        }

        Assert.Equal(JoinWaitingList.MostOfAddress, await world.CountAsync("select count(*) from waiting_list_entries where run_id = $1", run));
    }

    [Fact]
    public async Task Wait_MoreThanEverGetAPlace_SaysSo()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 1);
        await world.BookAsync(run, "ann@long.example");
        for (var i = 0; i < JoinWaitingList.MostEntries; i++)
        {
            await app.Given.WaitingAsync(run, $"Person {i}", $"p{i}@long.example");
        }

        var refused = await (await app.Browse().GetAsync($"/dates/{run}/wait")).SubmitAsync(form =>
            (form["Form.Name"], form["Form.Email"], form["Form.Places"]) = ("Wanda Waits", "wanda@long.example", "1"));

        Assert.Contains("So many people wait for this date already", Assert.Single(refused.Errors));
        Assert.Equal("wanda@long.example", refused.Find("[name='Form.Email']").GetAttribute("value"));
    }

    private static Action<TestForm> Fill(string name, string email) =>
        form => (form["Form.Change"], form["Form.Name"], form["Form.Email"]) = ("another", name, email);

    private static async Task<BookedBooking> BookAsync(BookingWorld world, Guid run, string name, string email) =>
        (await world.BookPlace.RunAsync(world.Request(run) with { Dates = [new(run, 5500, [new(name, email, null)])] }, Ct)).Booking!;

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
