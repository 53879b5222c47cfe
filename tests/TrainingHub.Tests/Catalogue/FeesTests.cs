using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>Fees raised by staff, as they do it at the page.</summary>
public sealed class FeesTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(5000, 500, nameof(Rounding.UpTo50Pence), 5250)]
    [InlineData(7500, 500, nameof(Rounding.NearestPound), 7900)]
    [InlineData(7500, 500, nameof(Rounding.UpToPound), 7900)]
    [InlineData(5500, 325, nameof(Rounding.UpTo50Pence), 5700)]
    [InlineData(5500, 325, nameof(Rounding.NearestPound), 5700)]
    [InlineData(5500, 325, nameof(Rounding.NearestPenny), 5679)]
    [InlineData(5050, 100, nameof(Rounding.NearestPound), 5100)]
    [InlineData(5000, 0, nameof(Rounding.UpTo50Pence), 5000)]
    [InlineData(5001, 0, nameof(Rounding.UpTo50Pence), 5050)]
    [InlineData(0, 500, nameof(Rounding.UpToPound), 0)]
    [InlineData(1_000_000, 10_000, nameof(Rounding.NearestPenny), 2_000_000)]
    public void Uplift_ByRule_IsWholePence(int pence, int hundredths, string rounding, int raised) =>
        Assert.Equal(raised, Uplift.Of(pence, hundredths, Enum.Parse<Rounding>(rounding)));

    [Fact]
    public async Task Raise_FivePercentOn50And75_ShowsOldAndNewAndBookedPlacesKeepTheirPrice()
    {
        var today = London.DateOf(app.Clock.GetUtcNow());
        await app.Given.FeesAsync(new DateOnly(2020, 4, 1), 5000, 7500);
        var day = today.AddDays(40);
        var half = await app.Given.CourseAsync(length: CourseLength.HalfDay);
        var full = await app.Given.CourseAsync(length: CourseLength.FullDay);
        var before = await app.Given.RunAsync(half.Id, day.AddDays(-1));
        var after = await app.Given.RunAsync(half.Id, day);
        var whole = await app.Given.RunAsync(full.Id, day.AddDays(1));
        var place = (await app.Given.PlacesAsync(after, new GivenDelegate("Amina Okafor") { PricePence = 5000, Method = TrainingHub.Bookings.PaymentMethod.Invoice }))[0].Place;
        var page = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/fees");

        Assert.DoesNotContain("Who pays", page.All("th"));
        Assert.Contains("Nobody: a place costs the same for everybody.", page.Main, StringComparison.Ordinal);
        var preview = await page.SubmitAsync(Fill("5", day), "#raise");
        Assert.Contains("Half day£50 → £52.50", preview.Main, StringComparison.Ordinal);
        Assert.Contains("Full day£75 → £79", preview.Main, StringComparison.Ordinal);
        Assert.Contains("2 dates get the new fees. 1 booked place keeps its price", preview.Main, StringComparison.Ordinal);
        Assert.Equal(5000, await PenceAsync(after));
        var done = await preview.SubmitAsync(selector: "#add");

        Assert.Contains("added by Ann Coordinator", done.Main, StringComparison.Ordinal);
        Assert.Contains("Full day: £75 → £79", done.Main, StringComparison.Ordinal);
        Assert.Equal((5000, 5250, 7900), (await PenceAsync(before), await PenceAsync(after), await PenceAsync(whole)));
        Assert.Equal(5000, await app.WithAsync((TrainingHubDb db) => db.Places.Where(one => one.Id == place.Id).Select(one => one.PricePence).SingleAsync(Ct)));

        var again = await preview.SubmitAsync(selector: "#add");
        Assert.Equal(["Other fees begin on that day already"], again.Errors);
        var added = await app.WithAsync((TrainingHubDb db) => db.FeeSchedules.Where(schedule => schedule.StartsOn == day).Select(schedule => schedule.Id).SingleAsync(Ct));
        var back = await done.SubmitAsync(selector: $"form[action*='{added}'][action*='handler=Remove']");
        Assert.Contains("taken back by Ann Coordinator", back.Main, StringComparison.Ordinal);
        Assert.Equal(5000, await PenceAsync(after));
    }

    [Theory]
    [InlineData("Form.Percent", "", "Enter by how many percent the fees go up")]
    [InlineData("Form.Percent", "101", "Enter a percentage between 0 and 100")]
    [InlineData("Form.Percent", "3.333", "Enter a percentage with two decimals at the most")]
    [InlineData("Form.StartsOn.Year", "2021", "The first day of the new fees must be today or later")]
    [InlineData("Form.Reason", "", "Enter why the fees change")]
    public async Task Raise_BadInput_IsNamedAndNothingIsAdded(string field, string typed, string error)
    {
        var count = await CountAsync();
        var page = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/fees");

        var refused = await page.SubmitAsync(fill =>
        {
            Fill("5", new DateOnly(2031, 4, 1))(fill);
            fill[field] = typed;
        }, "#raise");

        Assert.Equal([error], refused.Errors);
        Assert.Null(refused.Document.QuerySelector("#add"));
        Assert.Equal(count, await CountAsync());
    }

    [Fact]
    public async Task Add_FeesChangedSinceThePreview_IsRefused()
    {
        await app.Given.FeesAsync(new DateOnly(2019, 4, 1), 4000, 6000);
        var page = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/fees");
        var preview = await page.SubmitAsync(Fill("5", new DateOnly(2032, 4, 1)), "#raise");
        await app.Given.FeesAsync(new DateOnly(2032, 1, 1), 6000, 9000);

        var refused = await preview.SubmitAsync(selector: "#add");

        Assert.Contains("Somebody else changed the fees since you saw the preview", Assert.Single(refused.Errors), StringComparison.Ordinal);
        Assert.Contains("Half day£60 →", refused.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Raise_CoursesWithAFeeOfTheirOwn_GoUpWhereTickedAndGoBackWithTheOthers()
    {
        var day = London.DateOf(app.Clock.GetUtcNow()).AddDays(60);
        await app.Given.FeesAsync(new DateOnly(2018, 4, 1), 5000, 7500);
        var (raised, half, kept, free) = (
            await app.Given.CourseAsync("Aardvark day", CourseLength.FullDay, 8500), await app.Given.CourseAsync("Aardvark half", CourseLength.HalfDay, 4900),
            await app.Given.CourseAsync("Aardvark kept", pricePence: 6000), await app.Given.CourseAsync("Aardvark free", pricePence: 0));
        var runs = new List<CourseRun>();
        foreach (var course in new[] { raised, half, kept, free })
        {
            runs.Add(await app.Given.RunAsync(course.Id, day.AddDays(1)));
        }

        var earlier = await app.Given.RunAsync(raised.Id, day.AddDays(-1));
        var page = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/fees");

        var preview = await page.SubmitAsync(Fill("5", day), "#raise");
        Assert.Equal(
            ["Aardvark day: £85 → £89, 1 coming date", "Aardvark half: £49 → £51.50, 1 coming date", "Aardvark kept: £60 → £63, 1 coming date"],
            preview.All("#add .govuk-checkboxes__label").Where(label => label.StartsWith("Aardvark", StringComparison.Ordinal)));
        Assert.Contains("Aardvark free.", preview.Find("#add").TextContent, StringComparison.Ordinal);
        var done = await preview.SubmitAsync(
            fill =>
            {
                var all = preview.Document.QuerySelectorAll("#add [name=raise]").Select(box => box.GetAttribute("value") ?? "").ToList();
                fill.Clear("raise");
                foreach (var box in all.Where(box => box != fill.ValueOf("Aardvark kept: £60 → £63, 1 coming date")))
                {
                    fill.Tick("raise", box);
                }
            }, "#add");

        Assert.Contains("Aardvark day: £85 → £89", done.Main, StringComparison.Ordinal);
        Assert.Equal((8900, 5150, 6000, 0), (await PenceAsync(runs[0]), await PenceAsync(runs[1]), await PenceAsync(runs[2]), await PenceAsync(runs[3])));
        Assert.Equal(8500, await PenceAsync(earlier));

        var added = await app.WithAsync((TrainingHubDb db) => db.FeeSchedules.Where(schedule => schedule.StartsOn == day).Select(schedule => schedule.Id).SingleAsync(Ct));
        var back = await done.SubmitAsync(selector: $"form[action*='{added}'][action*='handler=Remove']");
        Assert.Contains("Aardvark day: £89 → nothing", back.Main, StringComparison.Ordinal);
        Assert.Equal((8500, 4900), (await PenceAsync(runs[0]), await PenceAsync(runs[1])));
    }

    [Fact]
    public async Task Add_OwnFeeChangedSinceThePreview_IsRefusedAndNothingIsAdded()
    {
        var day = new DateOnly(2033, 4, 1);
        await app.Given.FeesAsync(new DateOnly(2017, 4, 1), 5000, 7500);
        var course = await app.Given.CourseAsync(pricePence: 8500);
        var page = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/fees");
        var preview = await page.SubmitAsync(Fill("5", day), "#raise");
        await app.Given.CourseFeeAsync(course.Id, day.AddDays(-10), 9900);
        var count = await CountAsync();

        var refused = await preview.SubmitAsync(selector: "#add");

        Assert.Contains("Somebody else changed the fees since you saw the preview", Assert.Single(refused.Errors), StringComparison.Ordinal);
        Assert.Contains($"{course.Title}: £99 → £104", refused.Main, StringComparison.Ordinal);
        Assert.Equal(count, await CountAsync());
    }

    private static Action<TestForm> Fill(string percent, DateOnly day) => fill =>
    {
        (fill["Form.Percent"], fill["Form.Reason"]) = (percent, "Charges went up");
        (fill["Form.StartsOn.Day"], fill["Form.StartsOn.Month"], fill["Form.StartsOn.Year"]) =
            ($"{day.Day}", $"{day.Month}", $"{day.Year}");
    };

    private Task<int> CountAsync() => app.WithAsync((TrainingHubDb db) => db.FeeSchedules.CountAsync(Ct));

    private Task<int> PenceAsync(CourseRun run) =>
        app.WithAsync((TrainingHubDb db) => db.RunPrices.Where(price => price.RunId == run.Id).Select(price => price.Pence).SingleAsync(Ct));
}
