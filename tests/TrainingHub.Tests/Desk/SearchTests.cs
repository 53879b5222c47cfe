using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>The one box: what somebody on the telephone says is found, says why, and leads there.</summary>
public sealed class SearchTests(SearchTests.World world) : IClassFixture<SearchTests.World>
{
    public sealed class World(TestDatabase databases) : TestApp(databases), IAsyncLifetime
    {
        internal CourseRun Run { get; private set; } = null!;
        internal GivenPlace Zoe { get; private set; } = null!;
        internal BookedBooking Booked { get; private set; } = null!;
        internal int Invoice { get; } = 42;

        public TestBrowser Staff { get; private set; } = null!;

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await base.InitializeAsync();
            var course = await Given.CourseAsync("Neglect and what to do", pricePence: 5500);
            await Given.EarlierTitleAsync(course.Id, "Seeing the daily life");
            Run = await Given.RunAsync(course.Id, new DateOnly(2026, 12, 8));
            var past = await Given.RunAsync(course.Id, new DateOnly(2026, 10, 6));
            Zoe = (await Given.PlacesAsync(Run, new GivenDelegate("Zoë O’Brien-Smith") { Email = "zoe.ob@academy.example" }))[0];
            await Given.PlacesAsync(past, new GivenDelegate("Amina Okafor"), new GivenDelegate("Xu Li"));
            await Given.PersonAsync("Norbert Nobody", "norbert@nowhere.example");
            Booked = await Given.BookAsync(Given.Request(Run.Id, await Given.SectorIdAsync(), await Given.AreaIdAsync(), "del@hill.example") with
            {
                OrganisationName = "Ste. Anne’s Nursery",
            });
            await Given.InvoiceAsync(Booked.Id, Invoice, 5500, new DateOnly(2026, 10, 1));
            Staff = await this.BrowseAsStaffAsync();
        }

        public Task<TestPage> SearchAsync(string typed) => Staff.GetAsync("/staff/search?q=" + Uri.EscapeDataString(typed));
    }

    [Theory]
    [InlineData("zoe", "name")]
    [InlineData("ZOË", "name")]
    [InlineData("obrien zoe", "name")]
    [InlineData("  Zoë   o'brien ", "name")]
    [InlineData("brien", "name")]
    [InlineData("smith", "name")]
    [InlineData("zo", "name")]
    [InlineData("zoe.ob@academy.example", "email address")]
    [InlineData("ACADEMY.example", "email address")]
    public async Task Person_HoweverSpelled_IsFoundWithTheirDateAndBooking(string typed, string by)
    {
        var page = await world.SearchAsync(typed);

        var row = Assert.Single(page.Document.QuerySelectorAll("#people + .app-rows .app-row"));
        Assert.Contains("Zoë O’Brien-Smith", row.TextContent, StringComparison.Ordinal);
        Assert.Contains($"Matches the {by}", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Neglect and what to do, 8 Dec", row.TextContent.Replace("Tue ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.StartsWith("/staff/people/", row.QuerySelector(".app-row__link")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.NotNull(row.QuerySelector($"a[href='/staff/bookings/{world.Zoe.Booking.Reference}']"));
        Assert.NotNull(row.QuerySelector($"a[href='/staff/dates/{world.Run.Id}']"));
    }

    [Fact]
    public async Task Person_WhoseDatesAreOver_LeadsToTheLastOne()
    {
        var row = Assert.Single((await world.SearchAsync("Okafor Amina")).Document.QuerySelectorAll("#people + .app-rows .app-row"));

        Assert.Contains("the last one", row.TextContent, StringComparison.Ordinal);
        Assert.Single((await world.SearchAsync("li")).Document.QuerySelectorAll("#people + .app-rows .app-row"), found => found.TextContent.Contains("Xu Li", StringComparison.Ordinal));
    }

    // Who has no place leads nowhere, and what is a sign for anything to the database is no sign to whoever types it.
    [Theory]
    [InlineData("norbert")]
    [InlineData("z%e")]
    [InlineData("z_e")]
    [InlineData("zoe nobody")]
    [InlineData("';--zoe")]
    public async Task Nothing_SaysWhatElseToTry(string typed)
    {
        var page = await world.SearchAsync(typed);

        Assert.Contains("Nothing matches. Try less of it", page.Main, StringComparison.Ordinal);
        Assert.Equal(typed, page.Find("#search").GetAttribute("value"));
    }

    [Theory]
    [InlineData("", "Type into the box above")]
    [InlineData(" ", "Type into the box above")]
    [InlineData("z", "at least two letters")]
    [InlineData("%%", "at least two letters")]
    [InlineData("…", "at least two letters")]
    public async Task TooLittle_IsSaid(string typed, string words) => Assert.Contains(words, (await world.SearchAsync(typed)).Main, StringComparison.Ordinal);

    [Fact]
    public async Task TooMuch_IsSaid() => Assert.Contains("too long", (await world.SearchAsync(new string('a', 101))).Main, StringComparison.Ordinal);

    [Fact]
    public async Task WholeReference_GoesStraightToTheRecord()
    {
        var reference = world.Booked.Reference;

        Assert.Equal($"/staff/bookings/{reference}", (await world.SearchAsync(reference.ToLowerInvariant())).Address);
        Assert.Equal($"/staff/bookings/{reference}", (await world.SearchAsync($"{reference[..4]}-{reference[4..]}")).Address);
        Assert.Equal($"/staff/dates/{world.Run.Id}", (await world.SearchAsync(world.Run.Reference.ToLowerInvariant())).Address);
        Assert.Equal($"/staff/bookings/{reference}", (await world.SearchAsync("INV-00042")).Address);
        Assert.Equal($"/staff/bookings/{reference}", (await world.SearchAsync("inv 42")).Address);
    }

    [Fact]
    public async Task HalfReference_OrNumber_IsListed()
    {
        var half = await world.SearchAsync(world.Booked.Reference[..5].ToLowerInvariant());
        var number = await world.SearchAsync("42");
        var run = await world.SearchAsync(world.Run.Reference[..4]);

        Assert.Contains("part of the reference", half.Main, StringComparison.Ordinal);
        Assert.NotNull(half.Document.QuerySelector($"a[href='/staff/bookings/{world.Booked.Reference}']"));
        Assert.Contains("INV-00042", number.Find("#invoices + .app-rows").TextContent, StringComparison.Ordinal);
        Assert.Contains(world.Run.Reference, run.Find("#dates + .app-rows").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("booker bea", "booker’s name")]
    [InlineData("bea@school.example", "booker’s email address")]
    public async Task Booker_IsFound(string typed, string by)
    {
        var row = Assert.Single((await world.SearchAsync(typed)).Document.QuerySelectorAll("#bookings + .app-rows .app-row"));

        Assert.Contains(world.Booked.Reference, row.TextContent, StringComparison.Ordinal);
        Assert.Contains($"Matches the {by}", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Organisation_LeadsToItsPage()
    {
        var row = Assert.Single((await world.SearchAsync("annes ste")).Document.QuerySelectorAll("#organisations + .app-rows .app-row"));
        var page = await world.Staff.GetAsync(row.QuerySelector(".app-row__link")!.GetAttribute("href")!);

        Assert.Contains("1 booking", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("Ste. Anne’s Nursery", page.Heading);
        Assert.Contains(world.Booked.Reference, page.Main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("do neglect", "Matches the title")]
    [InlineData("daily life", "“Seeing the daily life”")]
    public async Task Course_IsFoundByEachTitle(string typed, string words)
    {
        var row = (await world.SearchAsync(typed)).Find("#courses + .app-rows .app-row");

        Assert.Contains(words, row.TextContent, StringComparison.Ordinal);
        Assert.NotNull(row.QuerySelector($".app-row__link[href='/staff/courses/{world.Run.CourseId}']"));
        Assert.Contains("1 coming date", row.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8 December 2026")]
    [InlineData("08/12/2026")]
    public async Task Day_GivesItsDates(string typed) =>
        Assert.NotNull((await world.SearchAsync(typed)).Document.QuerySelector($"#dates + .app-rows a[href='/staff/dates/{world.Run.Id}']"));

    [Fact]
    public async Task ManyOfOneName_AreCutAndSayMore()
    {
        var run = await world.Given.RunAsync((await world.Given.CourseAsync("Of many with one name")).Id, new DateOnly(2026, 12, 9));
        await world.Given.PlacesAsync(run, [.. Enumerable.Range(1, 12).Select(number => new GivenDelegate($"Quentin Crisp {(char)('A' + number)}x"))]);

        var page = await world.SearchAsync("quentin");

        Assert.Equal(10, page.Document.QuerySelectorAll("#people + .app-rows .app-row").Length);
        Assert.Contains("More people match. Type more of the name", page.Main, StringComparison.Ordinal);
        Assert.Contains("Quentin Crisp Mx", (await world.SearchAsync("quentin mx")).Find("#people + .app-rows .app-row").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Box_StandsOnEveryStaffPage_AndSearches()
    {
        var page = await (await world.Staff.GetAsync("/staff/venues")).SubmitAsync(form => form["q"] = "zoe", "form.app-find");

        Assert.Equal("/staff/search?q=zoe", page.Address);
        Assert.Equal("Search for “zoe”", page.Heading);
    }

    // One way to look for bookings: the list finds by the same words.
    [Theory]
    [InlineData("smith zoe")]
    [InlineData("zoe.ob@")]
    public async Task BookingsList_FindsTheSame(string typed) =>
        Assert.Contains(world.Zoe.Booking.Reference, (await world.Staff.GetAsync("/staff/bookings?q=" + Uri.EscapeDataString(typed))).Main, StringComparison.Ordinal);

    [Theory]
    [InlineData("O’Brien  Zoë", "obrien|zoe")]
    [InlineData("Smith-Jones", "smithjones")]
    [InlineData("St. Mary's -", "st|marys")]
    public void Words_AreFoldedAsNamesAre(string typed, string words) =>
        Assert.Equal(words, string.Join('|', SearchText.Of(typed)!.Words));

    [Theory]
    [InlineData("ann", null)]
    [InlineData("anna", "ANNA")]
    [InlineData("hart", "HART")]
    [InlineData("ab2", "AB2")]
    [InlineData("abc", null)]
    [InlineData("AB23CD4", "AB23CD4")]
    [InlineData("AB23CD45X", null)]
    [InlineData("smith", null)]
    public void ReferencePart_IsWhatMayBeOne(string typed, string? part) => Assert.Equal(part, SearchText.Of(typed)!.ReferencePart);
}
