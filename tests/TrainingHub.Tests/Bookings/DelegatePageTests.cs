using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>"Your own page", followed from the first email to what a delegate can do there.</summary>
public sealed class DelegatePageTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Booked_FirstEmail_LeadsEachDelegateToTheirOwnPage()
    {
        var (world, run) = await InPersonAsync();
        await world.BookAsync(run, "booker@school.example", "mia@school.example", "noah@school.example");

        var mia = await app.Browse().GetAsync(await LinkAsync(world, "you-are-booked", "mia@school.example"));
        var noah = await app.Browse().GetAsync(await LinkAsync(world, "you-are-booked", "noah@school.example"));

        Assert.Equal(("You have a place", "You have a place"), (mia.Heading, noah.Heading));
        Assert.NotEqual(mia.Address, noah.Address);
        Assert.Contains("Parking and public transport: The car park is free.", mia.Main);
        Assert.Contains("Read your own policy first.", mia.Main);
        Assert.Contains("training@", mia.Main);
        var other = await app.Browse().GetAsync(noah.Address);
        Assert.Equal(HttpStatusCode.NotFound, other.Status);
    }

    [Fact]
    public async Task Swapped_NewcomersEmail_LeadsToTheirPage()
    {
        var (world, run) = await InPersonAsync();
        var booked = await world.BookAsync(run, "booker@swap.example", "old@swap.example");
        var place = await PlaceAsync(booked, "old@swap.example");
        await app.WithAsync((SwapDelegate swap) => swap.RunAsync(booked.Id, place, new("Nia Newcomer", "nia@swap.example", null), Ct));

        var page = await app.Browse().GetAsync(await LinkAsync(world, "place-for-you", "nia@swap.example"));

        Assert.Contains("Nia Newcomer", page.Main);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(await LinkAsync(world, "you-are-booked", "old@swap.example"))).Status);
    }

    [Fact]
    public async Task Correct_NameAlone_KeepsTheLinkAndTellsNobody()
    {
        var (world, run) = await InPersonAsync();
        var booked = await world.BookAsync(run, "booker@name.example", "sian@name.example");
        var link = await LinkAsync(world, "you-are-booked", "sian@name.example");
        var mails = await world.CountAsync("select count(*) from outgoing_emails where about = $1", booked.Reference);
        var page = await app.Browse().GetAsync(link);
        Assert.Equal("sian@name.example", page.Find("#Email").GetAttribute("value"));

        var done = await page.SubmitAsync(fields => fields["Name"] = "Siân O'Brien", "details form");

        Assert.Contains("Your name and email address are as you entered them.", done.Main);
        Assert.Contains("Siân O'Brien", done.Main);
        Assert.Contains("Siân O'Brien", (await app.Browse().GetAsync(link)).Main);
        Assert.Equal(mails, await world.CountAsync("select count(*) from outgoing_emails where about = $1", booked.Reference));
    }

    [Fact]
    public async Task Correct_Address_SendsTheRightOneALinkAndShutsTheOld()
    {
        var (world, run) = await InPersonAsync();
        await world.BookAsync(run, "booker@post.example", "wrogn@post.example");
        var link = await LinkAsync(world, "you-are-booked", "wrogn@post.example");
        var browser = app.Browse();
        var page = await browser.GetAsync(link);

        var done = await page.SubmitAsync(fields => (fields["Name"], fields["Email"]) = ("Rita Right", "right@post.example"), "details form");

        Assert.Equal("You have a place", done.Heading);
        Assert.Equal("You have a place", (await app.Browse().GetAsync(await LinkAsync(world, "you-are-booked", "right@post.example"))).Heading);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(link)).Status);
    }

    [Fact]
    public async Task Correct_BadInput_IsNamedAndKept()
    {
        var (world, run) = await InPersonAsync();
        await world.BookAsync(run, "booker@bad.example", "bad@bad.example", "taken@bad.example");
        await world.CountAsync("with changed as (update people set name = 'Tara Taken', name_key = 'tarataken' where email = 'taken@bad.example' returning id) select count(*) from changed");
        var page = await app.Browse().GetAsync(await LinkAsync(world, "you-are-booked", "bad@bad.example"));

        var empty = await page.SubmitAsync(fields => (fields["Name"], fields["Email"]) = ("", "nowhere"), "details form");
        Assert.Equal(["Enter your full name", "Enter an email address in the correct format, like name@example.com"], empty.Errors);
        Assert.Equal("nowhere", empty.Find("#Email").GetAttribute("value"));
        var slip = await page.SubmitAsync(fields => (fields["Name"], fields["Email"]) = ("Bea Bad", "bad@gmial.com"), "details form");
        Assert.StartsWith("Did you mean bad@gmail.com?", Assert.Single(slip.Errors));
        var somebody = await page.SubmitAsync(fields => (fields["Name"], fields["Email"]) = ("Tara Taken", "taken@bad.example"), "details form");
        Assert.StartsWith("We could not do this online.", Assert.Single(somebody.Errors));
    }

    private async Task<(BookingWorld World, Guid Run)> InPersonAsync()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 10);
        var venue = await app.Given.VenueAsync();
        await app.WithAsync(async (TrainingHubDb db) =>
        {
            await db.Venues.Where(one => one.Id == venue.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Travel, "The car park is free."), Ct);
            await db.Courses.Where(one => one.Id == world.Course).ExecuteUpdateAsync(set => set.SetProperty(one => one.Bring, "Read your **own** policy first."), Ct);
            return await db.CourseRuns.Where(one => one.Id == run).ExecuteUpdateAsync(
                set => set.SetProperty(one => one.VenueId, venue.Id).SetProperty(one => one.Delivery, DeliveryMode.InPerson), Ct);
        });
        return (world, run);
    }

    private Task<Guid> PlaceAsync(BookedBooking booked, string address) => app.WithAsync((TrainingHubDb db) => (
        from place in db.Places
        join person in db.People on place.PersonId equals person.Id
        where place.BookingId == booked.Id && person.Email == address
        select place.Id).SingleAsync(Ct));

    private static Task<string> LinkAsync(BookingWorld world, string kind, string address) => world.TextAsync(
        "select substring(model ->> 'DateUrl' from 'https?://[^/]+(.*)') from outgoing_emails where kind = $1 and to_address = $2", kind, address);
}
