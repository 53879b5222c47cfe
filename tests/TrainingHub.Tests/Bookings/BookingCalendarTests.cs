using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Platform.Email;
using TrainingHub.Tests.Platform.Calendar;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>The calendar file of a booking as a calendar program reads it.</summary>
public sealed class BookingCalendarTests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData("2027-03-27T09:30:00Z")]
    [InlineData("2027-03-28T08:30:00Z")]
    [InlineData("2027-10-30T18:00:00Z")]
    [InlineData("2027-10-31T19:00:00Z")]
    public async Task Calendar_InWinterAndInSummer_HasTheDateOfTheBooking(string instant)
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var startsAt = DateTimeOffset.Parse(instant);
        var booking = await world.BookAsync(await world.RunAsync(10, startsAt - app.Clock.Now), $"ann@{startsAt:MMdd}.example");

        var file = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference) + "/calendar.ics");
        var calendar = await CalendarReader.ReadAsync(file.Text);

        Assert.Equal("text/calendar", file.Response.Content.Headers.ContentType?.MediaType);
        var read = Assert.Single(calendar.Events);
        Assert.Equal(($"{booking.Id}@localhost", 0, "CONFIRMED"), (read.Uid, read.Sequence, read.Status));
        Assert.Equal((startsAt, startsAt.AddHours(3)), (read.StartsAt, read.EndsAt));
        Assert.Equal(("Neglect", "Online. We send the joining link before the date."), (read.Summary, read.Location));
        Assert.Equal($"Booking reference {booking.Reference}. To change it, use the link in your email.", read.Description);
    }

    [Fact]
    public async Task Calendar_MovedAndThenCancelled_KeepsItsUidAndRaisesItsSequence()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 10);
        var booking = await world.BookAsync(run, "ann@moved.example");
        var address = await world.PrivateLinkAsync(booking.Reference) + "/calendar.ics";
        var before = await ReadAsync(address);

        await world.ExecuteAsync(
            "update course_runs set starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour', change_number = 1 where id = $1", run);
        var moved = await ReadAsync(address);
        await world.ExecuteAsync("update course_runs set state = 'Cancelled', cancelled_at = $2 where id = $1", run, app.Clock.Now);
        var cancelled = await ReadAsync(address);

        Assert.Equal((before.Uid, 1, "CONFIRMED"), (moved.Uid, moved.Sequence, moved.Status));
        Assert.Equal((before.StartsAt.AddHours(1), before.EndsAt.AddHours(1)), (moved.StartsAt, moved.EndsAt));
        Assert.Equal((before.Uid, 2, "CANCELLED"), (cancelled.Uid, cancelled.Sequence, cancelled.Status));
    }

    [Fact]
    public async Task Calendar_OfABooking_HasNoNameOfItsOwn()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var booking = await world.BookAsync(await world.RunAsync(capacity: 10), "ann@name.example");

        var file = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference) + "/calendar.ics");

        Assert.DoesNotContain("X-WR-", file.Text);
        Assert.Contains("X-WR-CALNAME:", (await app.Browse().GetAsync("/courses.ics")).Text);
    }

    [Fact]
    public async Task Cancel_WholeBooking_TheNewFileStrikesTheDateAndTheEmailsSayToDeleteIt()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var booking = await world.BookAsync(await world.RunAsync(capacity: 10), "ann@gone.example");
        var link = await world.PrivateLinkAsync(booking.Reference);
        var before = await ReadAsync(link + "/calendar.ics");

        await (await (await app.Browse().GetAsync(link)).FollowAsync("Cancel the whole booking")).SubmitAsync();
        var after = await ReadAsync(link + "/calendar.ics");
        var emails = await app.WithAsync<TrainingHubDb, List<string>>(async db =>
        {
            var renderer = app.Services.GetRequiredService<EmailRenderer>();
            var stored = await db.OutgoingEmails
                .Where(email => email.About == booking.Reference && (email.Kind == "booking-cancelled" || email.Kind == "your-place-cancelled"))
                .ToListAsync(TestContext.Current.CancellationToken);
            var texts = new List<string>();
            foreach (var email in stored)
            {
                texts.Add((await renderer.RenderAsync(email.Message())).Text);
            }

            return texts;
        });

        Assert.Equal((before.Uid, before.Sequence + 1, "CANCELLED"), (after.Uid, after.Sequence, after.Status));
        Assert.Equal(2, emails.Count);
        Assert.All(emails, text => Assert.Contains("If the date is in your calendar, delete it there.", text));
    }

    private async Task<ReadEvent> ReadAsync(string address) =>
        Assert.Single((await CalendarReader.ReadAsync((await app.Browse().GetAsync(address)).Text)).Events);
}
