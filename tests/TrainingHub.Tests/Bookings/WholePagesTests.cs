using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>A programme that is booked as a whole, as visitors and staff see it on the pages.</summary>
public sealed class WholePagesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Journey_EveryModule_ShowsThePriceAsAWholeAndWhyAndBooksIt()
    {
        var whole = await WholeWorld.MakeAsync(app);
        var browser = app.Browse();

        var check = await whole.ToCheckAsync(browser, "Ann Able|ann@p1.example", "Ben Best|ben@p1.example");
        var done = await check.SubmitAsync();

        Assert.Contains($"To pay £440 (10 places at £44){whole.Rule}", check.Main, StringComparison.Ordinal);
        Assert.Contains($": £220. {whole.Rule}", check.Main, StringComparison.Ordinal);
        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Contains("£440 (10 places at £44)", done.Main, StringComparison.Ordinal);
        Assert.Equal(10, await whole.World.CountAsync("select count(*) from places where run_id = any($1) and price_pence = 4400", whole.Runs.ToArray()));
    }

    [Fact]
    public async Task Dates_OneModuleInTheOrder_SaysWhatAllCostTogether()
    {
        var whole = await WholeWorld.MakeAsync(app);

        var dates = await app.Browse().GetAsync($"/dates/{whole.Runs[1]}/book/dates");

        Assert.Contains($"Who comes to every module in this booking: {whole.Rule}.", dates.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_AllModulesInTheOrderAndNobodyTyped_SaysWhatAllCostTogether()
    {
        var whole = await WholeWorld.MakeAsync(app);
        var dates = await app.Browse().GetAsync($"/dates/{whole.Runs[0]}/book/dates");

        var people = await dates.SubmitAsync(whole.AllModules, button: "Add the modules");

        Assert.Contains($"Who comes to all of them: {whole.Rule}.", people.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_PriceAsAWholeChangedMeanwhile_ShowsTheNewOneFirst()
    {
        var whole = await WholeWorld.MakeAsync(app);
        var check = await whole.ToCheckAsync(app.Browse(), "Ann Able|ann@p3.example");
        await whole.World.ExecuteAsync("update programme_fees set price_pence = 25000 where programme_id = $1", whole.Programme.Id);

        var told = await check.SubmitAsync();

        Assert.Equal(["The price of all dates together has changed from £220 to £250. Check it before you confirm"], told.Errors);
        Assert.Equal(0, await whole.World.LivePlacesAsync(whole.Runs[0]));
        Assert.Equal("Booking confirmed", (await told.SubmitAsync()).Heading);
        Assert.Equal(25000, await whole.World.CountAsync("select sum(price_pence) from places where run_id = any($1)", whole.Runs.ToArray()));
    }

    [Fact]
    public async Task Programme_WithAPriceAsAWhole_ShowsBothWaysAndWhatIsSaved()
    {
        var whole = await WholeWorld.MakeAsync(app);

        var page = await app.Browse().EventuallyAsync($"/programmes/{whole.Programme.Slug}", "as a whole");

        Assert.Contains("£55 a module, £220 for all 5 instead of £275. You save £55.", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programme_ModuleWithoutADate_PromisesNoPriceAsAWhole()
    {
        var whole = await WholeWorld.MakeAsync(app);
        await app.Given.CourseAsync(programme: whole.Programme.Id, module: 6);

        var page = await app.Browse().EventuallyAsync($"/programmes/{whole.Programme.Slug}", "No dates at the moment");

        Assert.DoesNotContain("£220", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StaffAddPeople_EveryModule_BooksAtThePriceAsAWhole()
    {
        var whole = await WholeWorld.MakeAsync(app);
        var order = await app.Given.BookAsync(whole.Request(22000, "ann@p6.example"));
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/bookings/{order.Reference}/add");

        await form.SubmitAsync(fields =>
        {
            (fields["Form.People[0].Name"], fields["Form.People[0].Email"]) = ("Ben Best", "ben@p6.example");
            foreach (var run in whole.Runs)
            {
                fields.Tick("Form.Dates", $"{run}");
            }
        });

        Assert.Contains($"Who comes to all of them: {whole.Rule}.", form.Main, StringComparison.Ordinal);
        Assert.Equal(10, await whole.World.CountAsync("select count(*) from places where run_id = any($1) and price_pence = 4400", whole.Runs.ToArray()));
    }
}
