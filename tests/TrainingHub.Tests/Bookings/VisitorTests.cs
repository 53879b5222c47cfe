using System.Net;
using TrainingHub.Bookings;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>What one visitor gets without paying is bounded; how many share a network address is not.</summary>
public sealed class VisitorTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // Card holds are what is unpaid; the bound of places an hour is for those that are certain at once.
    [Theory]
    [InlineData("same browser", "Card", Visitor.MostUnpaid)]
    [InlineData("same address", "Card", Visitor.MostUnpaid)]
    [InlineData("same network", "Card", Visitor.MostUnpaid)]
    [InlineData("same browser", "Invoice", Visitor.MostAnHour)]
    [InlineData("same address", "Invoice", Visitor.MostAnHour)]
    public async Task BookPlace_OneVisitorForThirtyDates_GetsSoManyPlaces(string who, string paid, int most)
    {
        var world = await WorldAsync();
        var (place, method) = (0, Enum.Parse<PaymentMethod>(paid));
        var placesHeld = 0;
        for (var date = 0; date < 30; date++)
        {
            var (browser, email, network) = who switch
            {
                "same browser" => ("b " + method, $"{date}@{method}.v1.example", $"{date} {method}"),
                "same address" => ($"{date}", $"one@{method}.v2.example", $"other {date} {method}"),
                _ => ($"{date}", $"{date}@v3.example", "one network"),
            };
            var request = Request(world, await world.RunAsync(capacity: 10), method, [.. Enumerable.Range(0, 10).Select(_ => $"d{place++}@{method}-{who[^5..]}.v.example")]) with
            {
                BookerEmail = email,
                Visitor = Visitor.Of(browser, network),
            };
            placesHeld += (await world.BookPlace.RunAsync(request, Ct)).Result == BookPlaceResult.Booked ? 10 : 0;
        }

        Assert.Equal(most, placesHeld);
    }

    [Fact]
    public async Task BookPlace_SixtyColleaguesBehindOneAddressAtOnce_AreAllBooked()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 60);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => Task.Run(
            () => world.BookPlace.RunAsync(
                Request(world, run, PaymentMethod.Card, $"c{number}@council.example") with
                {
                    BookerEmail = $"c{number}@council.example",
                    Visitor = Visitor.Of($"council {number}", "the council"),
                },
                Ct), Ct)));

        Assert.All(outcomes, outcome => Assert.Equal(BookPlaceResult.Booked, outcome.Result));
        Assert.Equal(60, await world.LivePlacesAsync(run));
    }

    [Fact]
    public async Task BookPlace_OneVisitorTwelveTimesAtOnce_NeverHoldsMore()
    {
        var world = await WorldAsync();

        Assert.Equal(Visitor.MostUnpaid, await MeetAsync(world, world.BookPlace, "race"));
    }

    [Fact]
    public async Task BookPlace_WithoutTheLockOfTheVisitor_HoldsMoreWhenTheyMeet()
    {
        var world = await WorldAsync();

        Assert.Equal(80, await MeetAsync(world, world.BookPlaceWithoutVisitorLock, "unguarded"));
    }

    [Fact]
    public async Task BookPlace_WithoutTheLockOfTheVisitor_HoldsInSequence()
    {
        var world = await WorldAsync();
        var held = 0;
        for (var date = 0; date < 5; date++)
        {
            held += await HoldAsync(world, world.BookPlaceWithoutVisitorLock, "sequence", date);
        }

        Assert.Equal(Visitor.MostUnpaid, held);
    }

    [Fact]
    public async Task BookPlace_AfterTheHoldsAreGone_BooksAgain()
    {
        var world = await WorldAsync();
        for (var date = 0; date < 3; date++)
        {
            await HoldAsync(world, world.BookPlace, "later", date);
        }

        await world.ExecuteAsync("update places set state = 'Expired', ended_at = now() where booking_id in (select id from bookings where booker_email = 'one@later.example')");
        await world.ExecuteAsync("update bookings set state = 'Expired', held_until = null where booker_email = 'one@later.example'");
        app.Clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(10, await HoldAsync(world, world.BookPlace, "later", 4));
    }

    [Fact]
    public async Task Check_TooManyUnpaid_KeepsWhatWasTypedAndSaysWhen()
    {
        var world = await WorldAsync();
        for (var date = 0; date < 6; date++)
        {
            var run = await world.RunAsync(capacity: 10);
            await world.BookPlace.RunAsync(
                Request(world, run, PaymentMethod.Invoice, [.. Enumerable.Range(0, 10).Select(number => $"d{number}@v9.example")]) with
                {
                    BookerEmail = "bea@v9.example",
                    Visitor = Visitor.Of("v9", "v9"),
                },
                Ct);
        }

        var check = await (await (await world.ToOrganisationAsync(app.Browse(), await world.RunAsync(capacity: 10), "Ann Able|ann@v9.example")).SubmitAsync(form =>
        {
            world.FillOrganisation(form);
            form["Form.Email"] = "bea@v9.example";
        })).SubmitAsync(form => (form["Form.By"], form["Form.InvoiceEmail"]) = ("Invoice", "finance@v9.example"));
        var refused = await check.SubmitAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(61));
        var later = await refused.SubmitAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Contains("confirm again after ", Assert.Single(refused.Errors));
        Assert.InRange(refused.Response.Headers.RetryAfter?.Delta?.TotalMinutes ?? 0, 50, 60);
        Assert.Equal("Booking confirmed", later.Heading);
    }

    [Fact]
    public async Task ForgetPersonalData_TwoDaysLater_ForgetsBrowserAndNetwork()
    {
        var world = await WorldAsync();
        await HoldAsync(world, world.BookPlace, "forget", 1);
        app.Clock.Advance(TimeSpan.FromDays(2) + TimeSpan.FromMinutes(1));

        await app.RunJobAsync(nameof(ForgetPersonalData));

        Assert.Equal(0, await world.CountAsync("select count(*) from bookings where network_hash is not null or browser_hash is not null"));
    }

    private static BookPlaceRequest Request(BookingWorld world, Guid run, PaymentMethod method, params string[] emails)
    {
        var request = world.Request(run, emails) with { Method = method };
        return method == PaymentMethod.Invoice ? request : request with { InvoiceEmail = null };
    }

    private static async Task<int> HoldAsync(BookingWorld world, BookPlace book, string who, int date)
    {
        var request = Request(world, await world.RunAsync(capacity: 10), PaymentMethod.Card, [.. Enumerable.Range(0, 10).Select(number => $"d{number}-{date}@{who}.example")]) with
        {
            BookerEmail = $"one@{who}.example",
            Visitor = Visitor.Of(who, who),
        };
        return (await book.RunAsync(request, Ct)).Result == BookPlaceResult.Booked ? 10 : 0;
    }

    // All have begun before one of them writes, so that they see nothing of each other unless they wait: the date is held until then.
    private async Task<int> MeetAsync(BookingWorld world, BookPlace book, string who)
    {
        var run = await world.RunAsync(capacity: 100);
        await Gate.MeetAtRowAsync(app.Database, "course_runs", run, [.. Enumerable.Range(0, 8).Select(client => (Func<Task>)(() => book.RunAsync(
            Request(world, run, PaymentMethod.Card, [.. Enumerable.Range(0, 10).Select(number => $"d{number}-{client}@{who}.example")]) with
            {
                BookerEmail = $"{client}@{who}.example",
                Visitor = Visitor.Of(who, $"{who} {client}"),
            },
            Ct)))]);
        return await world.LivePlacesAsync(run);
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
