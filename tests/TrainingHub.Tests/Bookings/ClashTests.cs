using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Somebody on two dates at the same time: who booked both is told before confirming; nobody else learns anything.</summary>
public sealed class ClashTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly TimeSpan Start = TimeSpan.FromDays(30);

    [Fact]
    public async Task Check_SamePersonAtTheSameTimeInThisBrowser_IsNamedAndCanBeBooked()
    {
        var world = await WorldAsync();
        var (first, second) = (await world.RunAsync(10, Start), await world.RunAsync(10, Start + TimeSpan.FromHours(1)));
        var browser = app.Browse();
        await (await world.ToCheckAsync(browser, first, "Jane Doe|jane1@x.example", "Ben Best|ben1@x.example")).SubmitAsync();

        var check = await world.ToCheckAsync(browser, second, "jane doe|JANE1@x.example", "Ann Able|ann1@x.example");
        var done = await check.SubmitAsync();

        var warning = Assert.Single(check.All(".govuk-warning-text__text"));
        Assert.Matches("^WarningJane Doe also has a place on Neglect, .* UK time. The two are at the same time. You can still book.$", warning);
        Assert.Equal("Booking confirmed", done.Heading);
    }

    [Fact]
    public async Task Check_BookedByAStranger_SaysNothing()
    {
        var world = await WorldAsync();
        var (first, second) = (await world.RunAsync(10, Start), await world.RunAsync(10, Start + TimeSpan.FromHours(1)));
        await (await world.ToCheckAsync(app.Browse(), first, "Jane Doe|jane2@x.example")).SubmitAsync();
        var other = app.Browse();
        await (await world.ToCheckAsync(other, await world.RunAsync(10, Start), "Tom Tate|tom2@x.example")).SubmitAsync();

        Assert.Empty((await world.ToCheckAsync(other, second, "Jane Doe|jane2@x.example")).All(".govuk-warning-text"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    [InlineData(24)]
    public async Task Check_OneEndsWhenTheOtherBegins_IsNoClash(int hoursLater)
    {
        var world = await WorldAsync();
        var (first, second) = (await world.RunAsync(10, Start), await world.RunAsync(10, Start + TimeSpan.FromHours(hoursLater)));
        var browser = app.Browse();
        await (await world.ToCheckAsync(browser, first, $"Jane Doe|jane3{hoursLater}@x.example")).SubmitAsync();

        Assert.Empty((await world.ToCheckAsync(browser, second, $"Jane Doe|jane3{hoursLater}@x.example")).All(".govuk-warning-text"));
    }

    [Fact]
    public async Task Check_AnotherPersonOfTheAddress_IsNoClash()
    {
        var world = await WorldAsync();
        var (first, second) = (await world.RunAsync(10, Start), await world.RunAsync(10, Start));
        var browser = app.Browse();
        await (await world.ToCheckAsync(browser, first, "Alice Ames|office4@x.example")).SubmitAsync();

        Assert.Empty((await world.ToCheckAsync(browser, second, "Tom Tate|office4@x.example")).All(".govuk-warning-text"));
    }

    [Fact]
    public async Task Swap_ToSomebodyWhoIsElsewhereAtThatTime_SaysSo()
    {
        var world = await WorldAsync();
        var (first, second) = (await world.RunAsync(10, Start), await world.RunAsync(10, Start));
        var browser = app.Browse();
        await (await world.ToCheckAsync(browser, first, "Jane Doe|jane5@x.example")).SubmitAsync();
        var done = await (await world.ToCheckAsync(browser, second, "Tom Tate|tom5@x.example")).SubmitAsync();

        var swap = await done.FollowAsync("Swap or correct the name of Tom Tate");
        var told = await swap.SubmitAsync(form => (form["Form.Change"], form["Form.Name"], form["Form.Email"]) = ("another", "Jane Doe", "jane5@x.example"));

        Assert.Contains("Jane Doe now has the place of Tom Tate. Jane Doe also has a place on Neglect, ", told.Main);
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
