using TrainingHub.Catalogue;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>Finding dates near a postcode, by the list that staff keep.</summary>
public sealed class DistrictTests(CatalogueApp app) : IClassFixture<CatalogueApp>
{
    private const string Page = "/staff/postcode-districts";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("BH15 1AA", "BH15")]
    [InlineData("bh151aa", "BH15")]
    [InlineData("BH15 1", "BH15")]
    [InlineData("BH15", "BH15")]
    [InlineData("dt1", "DT1")]
    [InlineData("dt11aa", "DT1")]
    [InlineData("DT11", "DT11")]
    [InlineData("SW1A 1AA", "SW1A")]
    public void DistrictOf_Postcode_IsItsFirstHalf(string typed, string district) => Assert.Equal(district, DistrictsOnMap.DistrictOf(typed));

    [Fact]
    public async Task Near_Poole_SaysHowFarAndLeavesOutWhatIsFurther()
    {
        var page = await app.Browse().GetAsync("/courses?by=date&near=bh151aa&within=5");

        Assert.Contains("In person within 5 miles of BH15, Poole", page.Main);
        Assert.Contains("(about 1 mile)", page.Main);
        Assert.DoesNotContain("Online", string.Join(' ', page.All(".app-date")));
        Assert.DoesNotContain("Weymouth", string.Join(' ', page.All(".app-date")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Near_WithoutADistance_IsTenMiles() =>
        Assert.Contains("In person within 10 miles of DT4, Weymouth", (await app.Browse().GetAsync("/courses?near=DT4")).Main);

    [Theory]
    [InlineData("M1 1AA", "We do not know how far that postcode is from our venues")]
    [InlineData("the harbour", "Enter a postcode or its first half")]
    public async Task Near_SomewhereElse_IsAnErrorAtItsPlaceAndKeepsWhatWasTyped(string typed, string error)
    {
        var page = await app.Browse().GetAsync($"/courses?near={Uri.EscapeDataString(typed)}");

        Assert.Contains(error, Assert.Single(page.Errors), StringComparison.Ordinal);
        Assert.Equal(typed, page.Find("#near").GetAttribute("value"));
    }

    [Fact]
    public async Task Order_Nearest_PutsTheNearestCourseFirst()
    {
        var choices = await app.WithAsync<TrainingHubDb, CatalogueChoices>(CatalogueChoices.ReadAsync);
        var filter = CatalogueQuery.Read(name => name switch { "near" => "DT4", "within" => "40", "order" => "nearest", _ => null }, choices).Filter;

        var found = await app.WithAsync<CatalogueSearch, CatalogueSearch.Found>(search => search.FindAsync(filter, 1, Ct));

        var miles = found.Courses.Select(card => card.Dates.Min(date => filter.Near?.MilesTo(date))).ToList();
        Assert.Equal(0, miles[0]);
        Assert.All(found.Courses, card => Assert.All(card.Dates, date => Assert.InRange(filter.Near?.MilesTo(date) ?? 100, 0, 40)));
    }

    [Fact]
    public async Task List_WithALineThatCannotBeRead_IsKeptAndSaysWhich()
    {
        var page = await (await app.BrowseAsStaffAsync()).GetAsync(Page);

        var again = await page.SubmitAsync(fill => fill["Lines"] = "BH15, Poole, 50.720, -1.982\nPoole");

        Assert.Contains("Line 2 must be a postcode district", Assert.Single(again.Errors), StringComparison.Ordinal);
        Assert.Contains("\nPoole", again.Find("#Lines").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ChangedBySomebodyElse_IsNotOverwritten()
    {
        var browser = await app.BrowseAsStaffAsync();
        var (mine, theirs) = (await browser.GetAsync(Page), await browser.GetAsync(Page));
        var lines = theirs.Find("#Lines").TextContent.Trim();
        await theirs.SubmitAsync(fill => fill["Lines"] = lines + "\nEX8, Exmouth, 50.620, -3.413");

        var refused = await mine.SubmitAsync(fill => fill["Lines"] = "BH15, Poole, 50.720, -1.982");

        Assert.Contains("Somebody else changed the list", Assert.Single(refused.Errors), StringComparison.Ordinal);
        Assert.Contains("In person within 10 miles of EX8, Exmouth", (await app.Browse().GetAsync("/courses?near=EX8")).Main);
    }
}
