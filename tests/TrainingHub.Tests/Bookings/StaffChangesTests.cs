using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Staff correct people and who booked, send emails again and keep notes.</summary>
public sealed class StaffChangesTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly Actor Ann = new(Guid.CreateVersion7(), "Ann Coordinator");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Correct_AfterTheCourseAndOftenThatDay_IsForStaffAndTellsNobody()
    {
        var (world, booking, place) = await BookedAsync("one@s1.example", TimeSpan.FromDays(2));
        app.Clock.Advance(TimeSpan.FromDays(3));
        var sent = (await world.MailedAsync(booking.Reference)).Count;

        for (var turn = 0; turn <= ChangingPlace.Changes.Most; turn++)
        {
            Assert.Equal(DelegateChangeResult.Changed, await CorrectAsync(booking.Id, place, $"Name {(char)('A' + turn)}", "two@s1.example"));
        }

        Assert.Equal(sent, (await world.MailedAsync(booking.Reference)).Count);
        Assert.Equal("two@s1.example", await world.TextAsync(
            "select person.email from places place join people person on person.id = place.person_id where place.id = $1", place));
        Assert.Equal(0, await world.CountAsync(
            "select count(*) from history_entries where record_id = $1 and (changes::text like '%s1.example%' or changes::text like '%Name A%')", booking.Id));
    }

    [Fact]
    public async Task CorrectBooker_NewAddress_GetsAFreshLinkAndTheFormerOneIsShut()
    {
        var (world, booking, _) = await BookedAsync("one@s2.example");
        var former = await world.PrivateLinkAsync(booking.Reference);

        var result = await app.WithAsync((CorrectBooker correct) => correct.RunAsync(
            booking.Id, new("Bea Baker", "bea@s2.example", "Hill Primary and Nursery"), OwnPlace.IsCorrected, Ann, Ct));

        Assert.Equal(CorrectBookerResult.Corrected, result);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await app.Browse().GetAsync(former)).Status);
        var fresh = await world.TextAsync(
            "select substring(model ->> 'ManageUrl' from 'https://[^/]+(.*)') from outgoing_emails where about = $1 and to_address = 'bea@s2.example'", booking.Reference);
        Assert.Equal("Booking confirmed", (await app.Browse().GetAsync(fresh)).Heading);
        Assert.Equal("Hill Primary and Nursery", await world.TextAsync("select organisation_name from bookings where id = $1", booking.Id));
        Assert.Equal(0, await world.CountAsync("select count(*) from bookings where id = $1 and organisation_id is not null", booking.Id));
    }

    [Fact]
    public async Task CorrectBooker_WhoComesToo_CorrectsThePlaceOrLeavesIt()
    {
        var (world, booking, place) = await BookedAsync("bea@school.example", name: "Bea Booker");

        await app.WithAsync((CorrectBooker correct) => correct.RunAsync(
            booking.Id, new("Bea Baker", "bea@school.example", "Hill Primary School"), OwnPlace.IsCorrected, Ann, Ct));
        Assert.Equal("Bea Baker", await world.TextAsync("select delegate_name from places where id = $1", place));

        await app.WithAsync((CorrectBooker correct) => correct.RunAsync(
            booking.Id, new("Cy Successor", "cy@school.example", "Hill Primary School"), OwnPlace.Stays, Ann, Ct));
        Assert.Equal("Bea Baker", await world.TextAsync("select delegate_name from places where id = $1", place));
        Assert.Equal("Cy Successor", await world.TextAsync("select booker_name from bookings where id = $1", booking.Id));
    }

    [Fact]
    public async Task SendAgain_TwiceWithOneKey_SendsOnceToTheAddressAsItIsNowPastTheBounds()
    {
        var (world, booking, place) = await BookedAsync("one@s4.example");
        await CorrectAsync(booking.Id, place, "Person one@s4.example", "right@s4.example");
        var key = Guid.CreateVersion7();

        Assert.True(await app.WithAsync((SendAgain again) => again.ToDelegateAsync(booking.Id, place, key, Ann, Ct)));
        Assert.True(await app.WithAsync((SendAgain again) => again.ToDelegateAsync(booking.Id, place, key, Ann, Ct)));
        Assert.True(await app.WithAsync((SendAgain again) => again.ToBookerAsync(booking.Id, Guid.CreateVersion7(), Ann, Ct)));
        Assert.False(await app.WithAsync((SendAgain again) => again.JoiningLinkAsync(booking.Id, place, Guid.CreateVersion7(), Ann, Ct)));

        Assert.Equal(2, await world.CountAsync(
            "select count(*) from outgoing_emails where about = $1 and kind = 'you-are-booked' and to_address = 'right@s4.example'", booking.Reference));
        var link = await world.TextAsync(
            "select substring(model ->> 'DateUrl' from 'https://[^/]+(.*)') from outgoing_emails where about = $1 and kind = 'you-are-booked' and to_address = 'right@s4.example' limit 1", booking.Reference);
        Assert.Contains("Neglect", (await app.Browse().GetAsync(link)).Main);
        Assert.Equal(2, await world.SentAsync(booking.Reference, "booking-confirmed"));
        Assert.Equal(1, await world.CountAsync("select count(*) from confirmed_addresses where address_hash = $1", ConfirmedAddress.HashOf("right@s4.example")));
    }

    [Fact]
    public async Task JoiningLink_SentAgain_ComesWithTheNextRun()
    {
        var (world, booking, place) = await BookedAsync("one@s5.example", TimeSpan.FromDays(1));
        await world.ExecuteAsync(
            "update course_runs set delivery = 'Online', venue_id = null, joining_link = 'https://meet.example/1' where id = (select run_id from places where id = $1)", place);
        await app.RunJobAsync(nameof(SendNotices));
        await app.RunJobAsync(nameof(SendNotices));

        Assert.True(await app.WithAsync((SendAgain again) => again.JoiningLinkAsync(booking.Id, place, Guid.CreateVersion7(), Ann, Ct)));
        await app.RunJobAsync(nameof(SendNotices));

        Assert.Equal(2, await world.CountAsync(
            "select count(*) from outgoing_emails where about = $1 and kind = 'before-course' and model ->> 'JoiningLink' is not null", booking.Reference));
    }

    [Fact]
    public async Task Note_AddedTwiceAndRemoved_LeavesNoTextInHistoryAndEndsWithTheNames()
    {
        var (world, booking, _) = await BookedAsync("one@s6.example");
        var (key, kept) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await app.WithAsync((KeepNotes notes) => notes.AddAsync(booking.Id, key, "Rang about parking", Ann, Ct));
        await app.WithAsync((KeepNotes notes) => notes.AddAsync(booking.Id, key, "Rang about parking", Ann, Ct));
        await app.WithAsync((KeepNotes notes) => notes.AddAsync(booking.Id, kept, "Comes late", Ann, Ct));
        await app.WithAsync((KeepNotes notes) => notes.RemoveAsync(booking.Id, key, Ann, Ct));

        Assert.Equal("Comes late", await world.TextAsync("select string_agg(text, '; ') from booking_notes where booking_id = $1", booking.Id));
        Assert.Equal("Note added, Note added, Note removed", await world.TextAsync(
            "select string_agg(act, ', ' order by act) from history_entries where record_id = $1 and coalesce(note, '') || changes::text not like '%parking%'", booking.Id));

        app.Clock.Advance(TimeSpan.FromDays(366 * 8));
        await app.RunJobAsync(nameof(ForgetPersonalData));
        Assert.Equal(0, await world.CountAsync("select count(*) from booking_notes"));
    }

    private Task<DelegateChangeResult> CorrectAsync(Guid booking, Guid place, string name, string email) =>
        app.WithAsync(async (CorrectDelegate correct) => (await correct.RunAsync(booking, place, name, email, Ct, Ann)).Result);

    private async Task<(BookingWorld World, BookedBooking Booking, Guid Place)> BookedAsync(string email, TimeSpan? startsIn = null, string? name = null)
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 4, startsIn);
        var request = world.Request(run, email);
        var named = request with { Dates = [new(run, 5500, [new(name ?? $"Person {email}", email, null)])] };
        var booking = await app.Given.BookAsync(named);
        return (world, booking, await MovePlaceTests.PlaceAsync(app, booking.Id, email));
    }
}
