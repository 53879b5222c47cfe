using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>Classes of payers as staff keep them, and their fees raised with the others.</summary>
public sealed class PayerClassTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Class_AddedChangedArchived_IsWrittenDownAndPaysAsEverybodyUntilItHasFees()
    {
        var staff = await app.BrowseAsStaffAsync();
        var added = await (await (await staff.GetAsync("/staff/fees")).FollowAsync("Add a class of payers")).SubmitAsync(form =>
        {
            Fill(form, "Added class", "people from afar");
            form.Tick("Form.AreaIds", form.ValueOf("Elsewhere"));
        });

        Assert.Equal("Added class", added.Heading);
        Assert.Contains("Areas: nothing → Elsewhere", added.Main, StringComparison.Ordinal);
        Assert.Contains("For people from afar", (await staff.GetAsync("/staff/fees")).Main, StringComparison.Ordinal);
        var changed = await added.SubmitAsync(form => form["Form.Words"] = "people from far away");
        Assert.Contains("Who that is: people from afar → people from far away", changed.Main, StringComparison.Ordinal);
        var archived = await changed.SubmitAsync(selector: "form[action*='handler=Archive']");
        Assert.Contains("They pay what everybody pays.", archived.Main, StringComparison.Ordinal);
        Assert.Contains("Restored by Ann Coordinator", (await archived.SubmitAsync(selector: "form[action*='handler=Restore']")).Main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "somebody", "1", true, "Enter a name")]
    [InlineData("Named", "", "1", true, "Enter who that is, as visitors read it")]
    [InlineData("Named", "somebody", "", true, "Enter the order")]
    [InlineData("Named", "somebody", "0", true, "Order must be a number from 1 to 99")]
    [InlineData("Named", "somebody", "1", false, "Select at least one sector or area")]
    public async Task Class_BadInput_SaysSoAtItsPlace(string name, string words, string order, bool isOfAnArea, string error)
    {
        var form = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/fees/payers/new");

        var page = await form.SubmitAsync(fields =>
        {
            Fill(fields, name, words);
            fields["Form.SortOrder"] = order;
            if (isOfAnArea)
            {
                fields.Tick("Form.AreaIds", fields.ValueOf("Elsewhere"));
            }
        });

        Assert.Equal([error], page.Errors);
        Assert.Equal(0, await app.WithAsync((TrainingHubDb db) => db.PayerClasses.CountAsync(one => one.Name == "Named", Ct)));
    }

    [Fact]
    public async Task Class_NameTakenChangedSinceOrEverybodys_IsToldOrNotFound()
    {
        var staff = await app.BrowseAsStaffAsync();
        var payer = await app.Given.PayerClassAsync("somebody", order: 5, areas: [await app.Given.AreaIdAsync("Elsewhere")]);
        var form = await staff.GetAsync($"/staff/fees/payers/{payer.Id}");
        await form.SubmitAsync(fields => fields["Form.Words"] = "somebody else");

        var told = await form.SubmitAsync(fields => fields["Form.Words"] = "a third");
        var taken = await (await staff.GetAsync($"/staff/fees/payers/{payer.Id}")).SubmitAsync(fields => fields["Form.Name"] = "Standard");

        Assert.Contains("Ann Coordinator changed this while you had it open", Assert.Single(told.Errors), StringComparison.Ordinal);
        Assert.Equal(["Another class of payers has this name"], taken.Errors);
        var everybody = await app.WithAsync((TrainingHubDb db) => db.PayerClasses.Where(one => one.SortOrder == PayerClass.Everybody).Select(one => one.Id).SingleAsync(Ct));
        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync($"/staff/fees/payers/{everybody}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync($"/staff/fees/payers/{Guid.NewGuid()}")).Status);
    }

    private static void Fill(TestForm form, string name, string words) => (form["Form.Name"], form["Form.Words"]) = (name, words);
}

/// <summary>The fees of a partnership whose other class is half as dear again.</summary>
public sealed class ClassFeesTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateOnly Today => London.DateOf(app.Clock.GetUtcNow());

    [Fact]
    public async Task Raise_FivePercent_RaisesEachClassAndShowsThemSideBySide()
    {
        var from = Today.AddDays(40);
        await app.Given.FeesAsync(new DateOnly(2020, 4, 1), 5000, 7500);
        var payer = await app.Given.PayerClassAsync("people from afar", areas: [await app.Given.AreaIdAsync("Elsewhere")], name: "Afar");
        await app.Given.ClassFeesAsync(payer, new DateOnly(2020, 4, 1), 7500, 11250);
        var course = await app.Given.CourseAsync(length: CourseLength.HalfDay);
        var run = await app.Given.RunAsync(course.Id, from);
        var page = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/fees");
        Assert.Contains("Who pays", page.All("th"));
        Assert.Contains("1 April 2020|Afar|£75|£112.50|||", page.Document.QuerySelectorAll("tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent.Trim()))));

        var preview = await page.SubmitAsync(form => Raise(form, from), "#raise");
        Assert.Contains("Half day, Afar£75 → £79", preview.Main, StringComparison.Ordinal);
        Assert.Contains("Full day, Afar£112.50 → £118", preview.Main, StringComparison.Ordinal);
        Assert.Equal(5000, await PenceAsync(run));
        var wrong = await preview.SubmitAsync(form => form["Own[0].HalfDay"] = "a lot", "#add");
        Assert.Equal(["Enter the new half-day fee of “Afar” in pounds, like 55 or 52.50"], wrong.Errors);
        var done = await preview.SubmitAsync(form => form["Own[0].FullDay"] = "120", "#add");

        Assert.Contains("Half day, Afar: £75 → £79", done.Main, StringComparison.Ordinal);
        Assert.Contains("Full day, Afar: £112.50 → £120", done.Main, StringComparison.Ordinal);
        var price = (await app.WithAsync((TrainingHubDb db) => RunPrices.FindAsync(db, run.Id, Ct)))!;
        Assert.Equal("£52.50, or £79 for people from afar", price.Words);

        var offer = await app.ReadAsync("/offer" + (FinancialYear.Of(from) == FinancialYear.Of(Today) ? "" : $"/{FinancialYear.Of(from).ToString().Replace('/', '-')}"));
        Assert.Contains("For people from afar it is £79 and £120.", offer.Main, StringComparison.Ordinal);
        Assert.Contains("£79 for people from afar", offer.All(".app-offer__more"));
        var file = await (await app.Browse().Client.GetAsync(offer.Address.Replace("/offer", "/offer.xlsx", StringComparison.Ordinal), Ct)).Content.ReadAsByteArrayAsync(Ct);
        var rows = Workbook.Read(file, rows => rows[0].Cells[0].Words == "Course").Sheets[0].Rows;
        Assert.Equal(("Fees of others", "£79 for people from afar"), (rows[0].Cells[^1].Words, rows.Single(row => row.Cells[0].Words == course.Title).Cells[^1].Words));

        var back = await done.SubmitAsync(selector: "form[action*='handler=Remove']");
        Assert.Contains("Half day, Afar: £79 → nothing", back.Main, StringComparison.Ordinal);
        Assert.Equal(5000, await PenceAsync(run));
    }

    [Fact]
    public async Task Add_ClassAddedSinceThePreview_IsRefusedAndNothingIsAdded()
    {
        await app.Given.FeesAsync(new DateOnly(2019, 4, 1), 4000, 6000);
        var preview = await (await (await app.BrowseAsStaffAsync()).GetAsync("/staff/fees")).SubmitAsync(form => Raise(form, new(2034, 4, 1)), "#raise");
        await app.Given.PayerClassAsync("late comers", areas: [await app.Given.AreaIdAsync("Both")], order: 7);

        var refused = await preview.SubmitAsync(selector: "#add");

        Assert.Contains("Somebody else changed the fees since you saw the preview", Assert.Single(refused.Errors), StringComparison.Ordinal);
        Assert.Equal(0, await app.WithAsync((TrainingHubDb db) => db.FeeSchedules.CountAsync(one => one.StartsOn == new DateOnly(2034, 4, 1), Ct)));
    }

    private static void Raise(TestForm form, DateOnly day)
    {
        (form["Form.Percent"], form["Form.Reason"]) = ("5", "Charges went up");
        (form["Form.StartsOn.Day"], form["Form.StartsOn.Month"], form["Form.StartsOn.Year"]) = ($"{day.Day}", $"{day.Month}", $"{day.Year}");
    }

    private Task<int> PenceAsync(CourseRun run) =>
        app.WithAsync((TrainingHubDb db) => db.RunPrices.Where(price => price.RunId == run.Id).Select(price => price.Pence).SingleAsync(Ct));
}
