using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>Staff set what a programme costs as a whole, on its page.</summary>
public sealed class ProgrammeFeeTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateOnly Today => London.DateOf(app.Clock.Now);

    [Fact]
    public async Task Add_FromToday_IsInHistoryAndOnBothPages()
    {
        var whole = await WholeWorld.MakeAsync(app, wholePence: null);

        var saved = await (await OpenAsync(whole)).SubmitAsync(Fill("220", Today), "#price");

        Assert.Contains("The price as a whole is added", saved.Main, StringComparison.Ordinal);
        Assert.Contains($"Price as a whole from {London.Words(Today)} added", saved.Main, StringComparison.Ordinal);
        Assert.Contains("All modules together: nothing → £220", saved.Main, StringComparison.Ordinal);
        Assert.Contains("On the next date of each module: £275 one by one, £220 as a whole.", saved.Main, StringComparison.Ordinal);
        Assert.Contains($"£220 from {London.Words(Today)}", (await saved.Browser.GetAsync("/staff/fees")).Main, StringComparison.Ordinal);
        Assert.Equal([22000], await PenceAsync(whole));
    }

    [Theory]
    [InlineData("", "Enter the price in pounds, like 220 or 217.50")]
    [InlineData("0", "Enter the price in pounds, like 220 or 217.50")]
    [InlineData("free", "Enter the price in pounds, like 220 or 217.50")]
    [InlineData("-5", "Enter the price in pounds, like 220 or 217.50")]
    [InlineData("220,5,1", "Enter the price in pounds, like 220 or 217.50")]
    [InlineData("1234567890123", "Enter the price in pounds, like 220 or 217.50")]
    public async Task Add_BadPrice_IsNamedAtItsFieldAndStaysTyped(string typed, string error)
    {
        var whole = await WholeWorld.MakeAsync(app, wholePence: null);

        var page = await (await OpenAsync(whole)).SubmitAsync(Fill(typed, Today), "#price");

        Assert.Equal([error], page.Errors);
        Assert.Equal(typed, page.Find("#price input[name='Whole.Pounds']").GetAttribute("value") ?? "");
        Assert.Empty(await PenceAsync(whole));
    }

    [Fact]
    public async Task Add_DayThatDoesNotFit_IsRefused()
    {
        var whole = await WholeWorld.MakeAsync(app, wholePence: null);
        await app.Given.ProgrammeFeeAsync(whole.Programme.Id, 20000, from: Today.AddDays(3));
        var form = await OpenAsync(whole);

        Assert.Equal(["The first day of the price must be today or later"], (await form.SubmitAsync(Fill("220", Today.AddDays(-1)), "#price")).Errors);
        Assert.Equal(["Another price begins on that day already"], (await form.SubmitAsync(Fill("220", Today.AddDays(3)), "#price")).Errors);
        Assert.Single((await form.SubmitAsync(fields => (fields["Whole.Pounds"], fields["Whole.StartsOn.Day"]) = ("220", "32"), "#price")).Errors);
        Assert.Equal([20000], await PenceAsync(whole));
    }

    [Fact]
    public async Task End_PriceInForce_CostsTheModulesFromThen()
    {
        var whole = await WholeWorld.MakeAsync(app);
        var form = await OpenAsync(whole);

        Assert.Equal(["Enter a price, or tick that there is none: not both"], (await form.SubmitAsync(End("220", Today), "#price")).Errors);
        var ended = await form.SubmitAsync(End("", Today), "#price");
        Assert.Equal(["There is no price as a whole on that day that could end"], (await ended.SubmitAsync(End("", Today.AddDays(1)), "#price")).Errors);

        Assert.Contains("The price as a whole ends", ended.Main, StringComparison.Ordinal);
        Assert.Contains("All modules together: £220 → nothing", ended.Main, StringComparison.Ordinal);
        Assert.Equal(27500, await whole.TotalAsync((await app.Given.BookAsync(whole.World.Request(whole.Runs, "ann@e1.example"))).Id));
    }

    [Fact]
    public async Task TakeBack_NotInForceYet_IsGone()
    {
        var whole = await WholeWorld.MakeAsync(app);
        await app.Given.ProgrammeFeeAsync(whole.Programme.Id, 24000, from: Today.AddDays(3));

        var page = await OpenAsync(whole);
        var back = await page.SubmitAsync(selector: "form[action*='handler=TakeBack']");
        var again = await page.SubmitAsync(selector: "form[action*='handler=TakeBack']");

        Assert.Contains("All modules together: £240 → nothing", back.Main, StringComparison.Ordinal);
        Assert.Empty(back.All("form[action*='handler=TakeBack']"));
        Assert.Equal(["Nothing changed: this price is in force, or was taken back before"], again.Errors);
        Assert.Equal([22000], await PenceAsync(whole));
    }

    [Fact]
    public async Task Add_SomebodyElseWasFirst_IsToldAndNothingIsAdded()
    {
        var whole = await WholeWorld.MakeAsync(app, wholePence: null);
        var (first, second) = (await OpenAsync(whole), await OpenAsync(whole));
        await first.SubmitAsync(Fill("220", Today), "#price");

        var told = await second.SubmitAsync(Fill("230", Today.AddDays(1)), "#price");

        Assert.Contains("changed this while you had it open", Assert.Single(told.Errors), StringComparison.Ordinal);
        Assert.Equal([22000], await PenceAsync(whole));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    public async Task Add_ModulesThatNoOrderHolds_IsRefused(int modules)
    {
        var whole = await WholeWorld.MakeAsync(app, modules, wholePence: null);

        var page = await (await OpenAsync(whole)).SubmitAsync(Fill("50", Today), "#price");

        Assert.Equal(["A price as a whole is for a programme of 2 to 10 modules, as many as one booking holds"], page.Errors);
    }

    [Fact]
    public async Task Add_TwoAtOnce_OneIsSavedAndTheOtherIsTold()
    {
        var whole = await WholeWorld.MakeAsync(app, wholePence: null);
        var everybody = await app.WithAsync((TrainingHubDb db) => db.PayerClasses.Where(one => one.SortOrder == 0).Select(one => one.Id).SingleAsync(Ct));
        var by = new Actor(await app.Given.StaffAsync(), "Cora Coordinator");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.WithAsync<SaveProgrammeFee, SavedProgrammeFee>(
            save => save.AddAsync(whole.Programme.Id, 0, everybody, Today, 22000, by, Ct))));

        Assert.Single(outcomes, one => one is { Outcome: EditOutcome.Saved, Refusal: null });
        Assert.Equal([22000], await PenceAsync(whole));
    }

    private static Action<TestForm> Fill(string pounds, DateOnly day) => fields =>
    {
        fields["Whole.Pounds"] = pounds;
        (fields["Whole.StartsOn.Day"], fields["Whole.StartsOn.Month"], fields["Whole.StartsOn.Year"]) = ($"{day.Day}", $"{day.Month}", $"{day.Year}");
    };

    private static Action<TestForm> End(string pounds, DateOnly day) => fields =>
    {
        Fill(pounds, day)(fields);
        fields.Tick("Whole.Ends", "true");
    };

    private async Task<TestPage> OpenAsync(WholeWorld whole) => await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/programmes/{whole.Programme.Id}");

    private Task<List<int?>> PenceAsync(WholeWorld whole) => app.WithAsync(
        (TrainingHubDb db) => db.ProgrammeFees.Where(fee => fee.ProgrammeId == whole.Programme.Id).OrderBy(fee => fee.StartsOn).Select(fee => fee.PricePence).ToListAsync(Ct));
}
