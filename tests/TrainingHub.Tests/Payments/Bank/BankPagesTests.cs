using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Payments;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>A bank file from its upload to the last payment of it that a person decides, by the pages alone.</summary>
public sealed class BankPagesTests(TestDatabase databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_ThatIsAgreedTo_BooksWhatIsCertainAndListsTheRest()
    {
        await using var app = await AppAsync();
        var (world, staff) = (new BankWorld(app), await app.BrowseAsStaffAsync());
        var (whole, part) = (await world.BilledAsync(), await world.BilledAsync());
        var file = world.File(("HILL PRIMARY INV" + whole.Number, "55.00"), (part.Words, "20.00"), ("EXAMPLE ENERGY", "-9.00"));

        var preview = await world.UploadAsync(staff, file);
        Assert.Equal("Check before reading", preview.Heading);
        Assert.Contains("1 booked at once, £55.00 1 needs a person 0 read before", preview.Main, StringComparison.Ordinal);
        Assert.Contains($"£55 on {whole.Words}, Hill Primary School: settles it", preview.Main, StringComparison.Ordinal);
        Assert.Contains($"£20 on {part.Words}, Hill Primary School: leaves £35 open", preview.Main, StringComparison.Ordinal);
        Assert.Contains("1 payment that left is not looked at.", preview.Main, StringComparison.Ordinal);
        Assert.Equal((5500, 5500), (await world.OpenAsync(whole), await world.OpenAsync(part)));

        var done = await preview.SubmitAsync(button: "Book 1 payment, list the rest");
        Assert.Equal("The file is read, and 1 payment needs a person", done.Heading);
        Assert.Equal((0, 5500), (await world.OpenAsync(whole), await world.OpenAsync(part)));
        Assert.Equal((1, 0), (await world.ReceiptsAsync(whole), await world.ReceiptsAsync(part)));

        var list = await staff.GetAsync("/staff/bank");
        Assert.Contains("1 payment. In all £20.00 needs a person.", list.Main, StringComparison.Ordinal);
        var booked = await list.SubmitAsync();
        var again = await list.SubmitAsync();
        Assert.Contains($"Booked: £20 on {part.Words}, Hill Primary School: leaves £35 open.", booked.Main, StringComparison.Ordinal);
        Assert.Contains("Nothing needs a person: all that came in is booked or set aside.", booked.Main, StringComparison.Ordinal);
        Assert.Contains("Nothing more was booked", again.Main, StringComparison.Ordinal);
        Assert.Equal(3500, await world.OpenAsync(part));
        Assert.Equal("The file is read and nothing of it waits", (await staff.GetAsync(done.Address)).Heading);
    }

    [Fact]
    public async Task File_ReadTwiceAndOverlapping_BooksEachPaymentOnce()
    {
        await using var app = await AppAsync();
        var (world, staff) = (new BankWorld(app), await app.BrowseAsStaffAsync());
        var (first, second) = (await world.BilledAsync(), await world.BilledAsync());
        var file = world.File((first.Words, "55.00"));
        await (await world.UploadAsync(staff, file)).SubmitAsync(button: "Book 1 payment, list the rest");

        var same = await world.UploadAsync(staff, file, "april again.csv");
        Assert.Contains("Nothing to do: all of its payments were read before.", same.Main, StringComparison.Ordinal);
        Assert.Empty(same.All("main form"));
        var overlapping = await world.UploadAsync(staff, world.File((second.Words, "55.00"), (first.Words, "55.00")));
        Assert.Contains("1 booked at once, £55.00 0 need a person 1 read before", overlapping.Main, StringComparison.Ordinal);
        await overlapping.SubmitAsync(button: "Book 1 payment, list the rest");
        await overlapping.SubmitAsync(button: "Book 1 payment, list the rest");

        Assert.Equal((0, 0), (await world.OpenAsync(first), await world.OpenAsync(second)));
        Assert.Equal(2, await app.WithAsync((TrainingHubDb db) => db.Payments.CountAsync(Ct)));
    }

    [Fact]
    public async Task Payments_TwoThatAreAlike_AreBothKept_AndTheSecondAsks()
    {
        await using var app = await AppAsync();
        var (world, staff) = (new BankWorld(app), await app.BrowseAsStaffAsync());
        var billed = await world.BilledAsync();

        var preview = await world.UploadAsync(staff, world.File((billed.Words, "55.00"), (billed.Words, "55.00")));
        Assert.Contains("1 booked at once, £55.00 1 needs a person", preview.Main, StringComparison.Ordinal);
        await preview.SubmitAsync(button: "Book 1 payment, list the rest");

        var list = await staff.GetAsync("/staff/bank");
        Assert.Contains("Nothing is left to pay of it", list.Main, StringComparison.Ordinal);
        Assert.Empty(list.All("main form[method=post]"));
        Assert.Equal(2, await app.WithAsync((TrainingHubDb db) => db.BankLines.CountAsync(Ct)));
    }

    [Fact]
    public async Task Line_SplitByHand_TypedWrongFirst_PaysBothInvoices()
    {
        await using var app = await AppAsync();
        var (world, staff) = (new BankWorld(app), await app.BrowseAsStaffAsync());
        var (one, other) = (await world.BilledAsync("Little Oaks"), await world.BilledAsync("Tall Oaks"));
        var line = (await world.LinesAsync(world.File(("ACORN TRUST", "100.00"))))[0];

        var found = await (await staff.GetAsync($"/staff/bank/lines/{line.Id}")).SubmitAsync(form => form["q"] = "oaks", "main form[method=get]");
        var wrong = await found.SubmitAsync(form => form["Chosen[0].Amount"] = "fifty", "form[action*=Chosen]");
        Assert.Equal(["Enter a sum, like 110 or 55.50"], wrong.Errors);
        Assert.Equal("fifty", wrong.Find("#Chosen_0__Amount").GetAttribute("value"));
        var tooMuch = await wrong.SubmitAsync(form => (form["Chosen[0].Amount"], form["Chosen[1].Amount"]) = ("55", "55"), "form[action*=Chosen]");
        Assert.Equal(["The sums are more than the £100 that is left of this payment"], tooMuch.Errors);
        var done = await tooMuch.SubmitAsync(form => (form["Chosen[0].Amount"], form["Chosen[1].Amount"]) = ("55", "45"), "form[action*=Chosen]");

        Assert.Contains($"£55 on {one.Words}, Little Oaks: settles it; £45 on {other.Words}, Tall Oaks: leaves £10 open", done.Main, StringComparison.Ordinal);
        Assert.Equal((0, 1000), (await world.OpenAsync(one), await world.OpenAsync(other)));
        Assert.False((await world.AgainAsync(line)).Waits);
    }

    [Fact]
    public async Task Line_ForNoInvoice_IsSetAsideAndTakenUpAgain()
    {
        await using var app = await AppAsync();
        var (world, staff) = (new BankWorld(app), await app.BrowseAsStaffAsync());
        var line = (await world.LinesAsync(world.File(("HEALTH BOARD GRANT", "9000.00"))))[0];
        var page = await staff.GetAsync($"/staff/bank/lines/{line.Id}");

        Assert.Equal(["Select what it is"], (await page.SubmitAsync(button: "Set aside £9,000.00")).Errors);
        var aside = await page.SubmitAsync(form => (form["Outcome"], form["Note"]) = ("NotOurs", "A grant"), button: "Set aside £9,000.00");
        Assert.Contains("£9,000 is set aside: not for training.", aside.Main, StringComparison.Ordinal);
        Assert.Contains("Not for training. A grant", (await staff.GetAsync("/staff/bank?show=aside")).Main, StringComparison.Ordinal);
        Assert.Contains("Nothing needs a person", (await staff.GetAsync("/staff/bank")).Main, StringComparison.Ordinal);
        Assert.Equal(["It has changed since you opened this page. Look at it again before you decide"], (await page.SubmitAsync(form => form["Outcome"] = "PaidBack", button: "Set aside £9,000.00")).Errors);

        var again = await aside.SubmitAsync(button: "Take it up again");
        Assert.Contains("It waits for a decision again.", again.Main, StringComparison.Ordinal);
        Assert.True((await world.AgainAsync(line)).Waits);
    }

    [Fact]
    public async Task Line_BookedByMistake_IsTakenBackAndBookedOnTheRightInvoice()
    {
        await using var app = await AppAsync();
        var (world, staff) = (new BankWorld(app), await app.BrowseAsStaffAsync());
        var (wrong, right) = (await world.BilledAsync("Little Oaks"), await world.BilledAsync("Tall Oaks"));
        var line = (await world.LinesAsync(world.File(("OAKS", "55.00"))))[0];
        Assert.Equal(BookBankLineResult.Booked, await world.BookAsync(line, wrong, 5500, 5500));

        var page = await staff.GetAsync($"/staff/bank/lines/{line.Id}");
        Assert.Contains($"Taking it back opens {wrong.Words} again by £55.00", page.Main, StringComparison.Ordinal);
        var back = await page.SubmitAsync(selector: "form[action*=TakeBack]");
        var twice = await page.SubmitAsync(selector: "form[action*=TakeBack]");

        Assert.Contains("The payment is taken back", back.Main, StringComparison.Ordinal);
        Assert.Equal(["It was taken back before"], twice.Errors);
        Assert.Equal((5500, 0), (await world.OpenAsync(wrong), (await world.AgainAsync(line)).BookedPence));
        Assert.Equal(BookBankLineResult.Booked, await world.BookAsync(line, right, 5500, 5500));
        Assert.Equal((5500, 0), (await world.OpenAsync(wrong), await world.OpenAsync(right)));
    }

    [Fact]
    public async Task Payer_OnceDecided_IsProposedTheNextTimeUnderTheSameWords()
    {
        await using var app = await AppAsync();
        var (world, staff) = (new BankWorld(app), await app.BrowseAsStaffAsync());
        var lines = await world.LinesAsync(world.File(("SMPS TRADING 0412", "55.00"), ("SMPS TRADING 0512", "55.00")));
        var first = await world.BilledAsync("St Mary’s Pre-School");
        await world.BookAsync(lines[0], first, 5500, 5500);
        var next = await world.BilledAsync("St Mary’s Pre-School");
        for (var other = 0; other < 4; other++)
        {
            await world.BilledAsync($"Another School {other}");
        }

        var list = await staff.GetAsync("/staff/bank");

        Assert.Contains($"£55 on {next.Words}, St Mary’s Pre-School: settles it This payer paid for them before", list.Main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("Name,First join\nA,09:00", "This is not a statement that can be read.")]
    [InlineData("15/04/2026,A,1,00", "Row 1: There are more cells than columns.")]
    [InlineData("15/04/2026,A,-1.00", "No money came in by this file")]
    public async Task File_ThatIsWrong_IsRefusedAtItsFieldAndNotKept(string text, string why)
    {
        await using var app = await AppAsync();

        var page = await new BankWorld(app).UploadAsync(await app.BrowseAsStaffAsync(), text);

        Assert.StartsWith(why, Assert.Single(page.Errors), StringComparison.Ordinal);
        Assert.StartsWith("Error:", page.Title, StringComparison.Ordinal);
        Assert.Equal(0, await app.WithAsync((TrainingHubDb db) => db.BankFiles.CountAsync(Ct)));
    }

    [Fact]
    public async Task File_WithSeveralFaults_NamesThemByRow()
    {
        await using var app = await AppAsync();

        var page = await new BankWorld(app).UploadAsync(await app.BrowseAsStaffAsync(), "15/04/2026,A,1.00\nsoon,B,2.00\n15/04/2026,C,lots");

        Assert.Equal(["2 things are wrong in the file. Nothing of it was kept"], page.Errors);
        Assert.Equal(["2", "3"], page.All("main tbody td:first-child"));
    }

    [Fact]
    public async Task List_SearchedSortedAndTakenAway_HasWhatWasAskedFor()
    {
        await using var app = await AppAsync();
        var (world, staff) = (new BankWorld(app), await app.BrowseAsStaffAsync());
        var billed = await world.BilledAsync();
        var lines = await world.LinesAsync(world.File(("ALPHA", "1.00"), ("BETA", "2.00"), (billed.Words, "55.00")));
        await world.BookAsync(lines[2], billed, 5500, 5500);

        Assert.Equal(["BETA", "ALPHA"], (await staff.GetAsync("/staff/bank?sort=-amount")).All("main tbody th"));
        Assert.Equal(["ALPHA"], (await staff.GetAsync("/staff/bank?q=alph")).All("main tbody th"));
        Assert.Equal(["BETA"], (await staff.GetAsync("/staff/bank?q=£2")).All("main tbody th"));
        Assert.Equal([billed.Words], (await staff.GetAsync($"/staff/bank?show=all&q={billed.Words}")).All("main tbody th"));
        var file = await staff.Client.GetStringAsync("/staff/bank?show=all&sort=amount&file=csv", Ct);
        Assert.Contains($",55.00,{billed.Words},{billed.Words},Booked,55.00,0.00,{billed.Words},,", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_NobodyAgreedTo_IsGoneAfterItsHour()
    {
        await using var app = await AppAsync();
        var (world, staff) = (new BankWorld(app), await app.BrowseAsStaffAsync());
        var preview = await world.UploadAsync(staff, world.File(("A", "1.00")));

        app.Clock.Advance(TimeSpan.FromMinutes(61));
        await app.RunJobAsync(nameof(FinishBankFiles));

        Assert.Equal(0, await app.WithAsync((TrainingHubDb db) => db.BankFiles.CountAsync(Ct)));
        var gone = await (await app.BrowseAsStaffAsync()).GetAsync(preview.Address);
        Assert.Equal((HttpStatusCode.OK, "/staff/bank/read"), (gone.Status, gone.Address));
    }

    private async Task<TestApp> AppAsync() => new(await databases.CreateAsync());
}
