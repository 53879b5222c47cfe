using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>A card payment that was left, and is found again in another browser by the link of the email.</summary>
public sealed class AbandonedHoldTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task PrivateLink_OfAHold_LeadsToPayingAndToGivingUp()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 1);
        var booking = await world.BookByCardAsync(run, "ann1@x.example");
        var refused = await app.Browse().GetAsync($"/dates/{run}/book");

        var page = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference));
        var asked = await page.FollowAsync("Give the place up");
        var done = await asked.SubmitAsync();

        Assert.Equal("This date is full", refused.Heading);
        Assert.Contains("Open the link in our email: while we hold your places you can still pay, or give them up.", refused.Main);
        Assert.Contains("Pay £55 by card", page.All("a.govuk-button"));
        Assert.Equal("Give the place up?", asked.Heading);
        Assert.Equal("Booking cancelled", done.Heading);
        // The second while this process has not heard of the place yet.
        var again = await app.Browse().GetAsync($"/dates/{run}/book");
        Assert.True(again.Heading is "Who is coming?" or "There is a place on this date", again.Heading);
    }

    [Fact]
    public async Task PrivateLink_OfAHoldWhoseTimeIsOver_PromisesNoPaymentAndLetsGo()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 1);
        var booking = await world.BookByCardAsync(run, "ann2@x.example");
        await world.ExecuteAsync("update bookings set held_until = $2 where id = $1", booking.Id, app.Clock.Now.AddMinutes(-1));

        var page = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference));
        var done = await (await page.FollowAsync("Give the place up")).SubmitAsync();

        Assert.DoesNotContain("by card", page.Main);
        Assert.Contains("The time to pay ended on", page.Main);
        Assert.Equal("Booking cancelled", done.Heading);
        Assert.Equal(0, await world.PlacesTakenAsync(run));
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
