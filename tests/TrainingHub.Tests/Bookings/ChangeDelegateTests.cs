using TrainingHub.Bookings;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Another person takes a place, or the same one is corrected. The page asks which; the address decides nothing.</summary>
public sealed class ChangeDelegateTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Change_NothingChosen_IsAsked()
    {
        var world = await WorldAsync();
        var (_, form) = await OpenAsync(world, "Alice Ames", "office@c1.example");

        Assert.Equal(["Select what you want to change"], (await form.SubmitAsync()).Errors);
        Assert.Equal(
            ["Enter the full name of the new person", "Enter their work email address"],
            (await form.SubmitAsync(fields => fields["Form.Change"] = "another")).Errors);
        Assert.Equal("office@c1.example", form.Find("[name='Form.CorrectEmail']").GetAttribute("value"));
    }

    [Fact]
    public async Task Swap_SameAddress_TakesNoAccessNeedsAlongAndTellsBoth()
    {
        var world = await WorldAsync();
        var (booking, form) = await OpenAsync(world, "Alice Ames", "office@c2.example");

        var done = await form.SubmitAsync(fields =>
            (fields["Form.Change"], fields["Form.Name"], fields["Form.Email"]) = ("another", "Tom Tate", "office@c2.example"));

        Assert.Contains("Tom Tate now has the place of Alice Ames.", done.Main);
        Assert.DoesNotContain("Wheelchair", done.Main);
        Assert.Equal("Tom Tate/tomtate/", await PlaceAsync(world, booking));
        Assert.Equal(
            "Alice Ames, your place is cancelled: Neglect; Tom Tate, you have a place: Neglect",
            await world.TextAsync(
                "select string_agg(subject, '; ' order by subject) from outgoing_emails where about = $1 and kind in ('place-for-you', 'your-place-cancelled')",
                booking.Reference));
    }

    [Fact]
    public async Task Swap_ThePersonWhoHasThePlace_IsRefused()
    {
        var world = await WorldAsync();
        var (_, form) = await OpenAsync(world, "Alice Ames", "office@c3.example");

        var refused = await form.SubmitAsync(fields =>
            (fields["Form.Change"], fields["Form.Name"], fields["Form.Email"]) = ("another", "alice ames", "office@c3.example"));

        Assert.Equal(["alice ames has this place. Enter somebody else, or select that it is the same person"], refused.Errors);
    }

    [Fact]
    public async Task Correct_Name_KeepsAccessNeedsAndTellsNobody()
    {
        var world = await WorldAsync();
        var (booking, form) = await OpenAsync(world, "Alise Ames", "office@c4.example");
        var before = (await world.MailedAsync(booking.Reference)).Count;

        var done = await form.SubmitAsync(fields => (fields["Form.Change"], fields["Form.CorrectName"]) = ("correct", "Alice Ames"));

        Assert.Contains("We have corrected the name or the email address of Alice Ames.", done.Main);
        Assert.Equal("Alice Ames/aliceames/Wheelchair", await PlaceAsync(world, booking));
        Assert.Equal(before, (await world.MailedAsync(booking.Reference)).Count);
    }

    [Fact]
    public async Task Correct_Address_SendsThePlaceAndLaterTheSurveyThere()
    {
        var world = await WorldAsync();
        var (booking, form) = await OpenAsync(world, "Alice Ames", "alise@c5.example");
        await world.ExecuteAsync("update people set surveys_stopped_at = now() where email = 'alise@c5.example'");

        await form.SubmitAsync(fields => (fields["Form.Change"], fields["Form.CorrectEmail"]) = ("correct", "alice@c5.example"));

        Assert.Equal("Alice Ames/aliceames/Wheelchair", await PlaceAsync(world, booking));
        Assert.Equal(1, await world.CountAsync(
            """
            select count(*) from places join people on people.id = person_id
            where booking_id = $1 and email = 'alice@c5.example' and surveys_stopped_at is not null
            """, booking.Id));
        Assert.Equal("you-are-booked", await world.TextAsync("select string_agg(kind, ' ') from outgoing_emails where to_address = 'alice@c5.example'"));
    }

    [Fact]
    public async Task Correct_BookerWhoComes_IsCorrectedToo()
    {
        var world = await WorldAsync();
        var (booking, form) = await OpenAsync(world, "Bea Boker", "bae@school.example", bookerComes: true);

        await form.SubmitAsync(fields =>
            (fields["Form.Change"], fields["Form.CorrectName"], fields["Form.CorrectEmail"]) = ("correct", "Bea Booker", "bea@school.example"));

        Assert.Equal("Bea Booker bea@school.example", await world.TextAsync("select booker_name || ' ' || booker_email from bookings where id = $1", booking.Id));
        Assert.Equal("booking-confirmed", await world.TextAsync(
            "select string_agg(kind, ' ') from outgoing_emails where about = $1 and to_address = 'bea@school.example'", booking.Reference));
    }

    [Fact]
    public async Task Correct_BookerWhoOnlySharesTheAddress_StaysAsTheyAre()
    {
        var world = await WorldAsync();
        var (booking, form) = await OpenAsync(world, "Alice Ames", "bea@school.example");

        await form.SubmitAsync(fields => (fields["Form.Change"], fields["Form.CorrectEmail"]) = ("correct", "alice@c7.example"));

        Assert.Equal("Bea Booker bea@school.example", await world.TextAsync("select booker_name || ' ' || booker_email from bookings where id = $1", booking.Id));
    }

    [Theory]
    [InlineData("another", "Form.Name", "Form.Email")]
    [InlineData("correct", "Form.CorrectName", "Form.CorrectEmail")]
    public async Task Change_PersonHasAPlaceInTheSameBooking_IsNamed(string change, string name, string email)
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var booking = await BookAsync(world, run, "Ann Able", "Ben Best");
        var form = await (await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference))).FollowAsync("Swap or correct the name of Ann Able");

        var refused = await form.SubmitAsync(fields => (fields["Form.Change"], fields[name], fields[email]) = (change, "ben BEST", "BEN@c8.example"));

        Assert.Equal(["ben BEST already has a place on this date"], refused.Errors);
        Assert.Equal(2, await world.CountAsync("select count(distinct person_id) from places where run_id = $1", run));
    }

    [Theory]
    [InlineData("another", "Form.Name", "Form.Email")]
    [InlineData("correct", "Form.CorrectName", "Form.CorrectEmail")]
    public async Task Change_PersonHasAPlaceByAStranger_LearnsNothing(string change, string name, string email)
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var booking = await BookAsync(world, run, "Ann Able");
        await BookAsync(world, run, "Ben Best");
        var form = await (await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference))).FollowAsync("Swap or correct the name of Ann Able");

        var refused = await form.SubmitAsync(fields => (fields["Form.Change"], fields[name], fields[email]) = (change, "Ben Best", "ben@c8.example"));

        var why = Assert.Single(refused.Errors);
        Assert.StartsWith("We could not do this online.", why);
        Assert.DoesNotContain("ben", why, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, await world.CountAsync("select count(*) from outgoing_emails where kind = 'booked-already' and to_address = 'ben@c8.example' and model ->> 'DelegateName' = 'Ben Best' and model ->> 'DateUrl' like '%' || $1", run.ToString()));
    }

    [Fact]
    public async Task Change_LikelySlip_IsAskedOnce()
    {
        var world = await WorldAsync();
        var (booking, form) = await OpenAsync(world, "Alice Ames", "alice@c10.example");

        var asked = await form.SubmitAsync(fields =>
            (fields["Form.Change"], fields["Form.Name"], fields["Form.Email"]) = ("another", "Tom Tate", "tom@gmial.com"));
        await asked.SubmitAsync();

        Assert.Equal(["Did you mean tom@gmail.com? Change the address, or continue if tom@gmial.com is right"], asked.Errors);
        Assert.Equal("Tom Tate/tomtate/", await PlaceAsync(world, booking));
    }

    private async Task<(BookedBooking Booking, TestPage Form)> OpenAsync(BookingWorld world, string name, string email, bool bookerComes = false)
    {
        var run = await world.RunAsync(capacity: 1);
        var request = world.Request(run) with { Dates = [new(run, 5500, [new(name, email, "Wheelchair")])] };
        request = bookerComes ? request with { BookerName = name, BookerEmail = email } : request;
        var booking = (await world.BookPlace.RunAsync(request, TestContext.Current.CancellationToken)).Booking!;
        var manage = await app.Browse().GetAsync(await world.PrivateLinkAsync(booking.Reference));
        return (booking, await manage.FollowAsync($"Swap or correct the name of {name}"));
    }

    private static async Task<BookedBooking> BookAsync(BookingWorld world, Guid run, params string[] names)
    {
        var people = names.Select(name => new TrainingHub.Bookings.Delegate(name, $"{name.Split(' ')[0].ToLowerInvariant()}@c8.example", null));
        return (await world.BookPlace.RunAsync(world.Request(run) with { Dates = [new(run, 5500, [.. people])] }, TestContext.Current.CancellationToken)).Booking!;
    }

    private static Task<string> PlaceAsync(BookingWorld world, BookedBooking booking) => world.TextAsync(
        """
        select delegate_name || '/' || name_key || '/' || coalesce(access_needs, '')
        from places join people on people.id = person_id where booking_id = $1
        """, booking.Id);

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
