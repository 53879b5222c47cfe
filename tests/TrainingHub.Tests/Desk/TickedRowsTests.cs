using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Emails;
using TrainingHub.FreePlaces;
using TrainingHub.Payments;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using TrainingHub.Tests.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>One thing done to several rows of a list: a preview first, then an exact account, and nothing twice.</summary>
public sealed class TickedRowsTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/staff/invoices/paid")]
    [InlineData("/staff/free-places/approve")]
    [InlineData("/staff/surveys/comments/read")]
    [InlineData("/staff/emails/again")]
    [InlineData("/staff/organisations/show")]
    [InlineData("/staff/learning/actions-done")]
    [InlineData("/staff/learning/actions-later")]
    [InlineData("/staff/learning/actions-owner")]
    [InlineData("/staff/learning/needs/stand")]
    [InlineData("/staff/learning/needs/merge")]
    public async Task NothingTickedAForeignIdOrNoId_IsSaidAndNothingCanBeSent(string address)
    {
        var staff = await app.BrowseAsStaffAsync();

        var nothing = await staff.GetAsync(address);
        var foreign = await staff.GetAsync($"{address}?id={Guid.NewGuid()}");
        var rubbish = await staff.GetAsync($"{address}?id=rubbish");

        Assert.Contains("Nothing is ticked.", nothing.Main, StringComparison.Ordinal);
        Assert.Contains("Nothing can be done with 1 row A ticked row: It is not there any more.", foreign.Main, StringComparison.Ordinal);
        Assert.Contains("Nothing is ticked.", rubbish.Main, StringComparison.Ordinal);
        Assert.All(new[] { nothing, foreign, rubbish }, page => Assert.Empty(page.All("main form[method=post]")));
    }

    [Fact]
    public async Task Invoices_OneChangedMeanwhileAndSentTwice_AreRecordedOnceWithAnAccount()
    {
        var run = await RunAsync("Paid in one go");
        var (first, second, third) = (await InvoicedAsync(run, "a@ticked.example", 7001), await InvoicedAsync(run, "b@ticked.example", 7002), await InvoicedAsync(run, "c@ticked.example", 7003));
        var staff = await app.BrowseAsStaffAsync();
        var list = await staff.GetAsync("/staff/invoices?show=unpaid&q=Hill+Primary");

        var preview = await list.SubmitAsync(form => Array.ForEach([first, second, third], one => form.Forge("id", $"{one.Invoice}")), "#ticked", "Record the ticked ones as paid");
        Assert.Contains("3 invoices, together £165.", preview.Main, StringComparison.Ordinal);
        Assert.Contains("3 bookers get a receipt by email.", preview.Main, StringComparison.Ordinal);
        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(third.Booking, Token));
        await app.WithAsync<BillBooking, bool>(bill => bill.RunAsync(third.Booking, Token));
        var done = await preview.SubmitAsync(form => form["SlipNumber"] = "BACS 42");
        var again = await preview.SubmitAsync(form => form["SlipNumber"] = "BACS 42");

        Assert.Contains("2 invoices are recorded as paid. 1 row was left as it was.", done.Main, StringComparison.Ordinal);
        Assert.Equal([$"INV-07001, booking {first.Reference}", $"INV-07002, booking {second.Reference}"], done.All("h2 + ul a").Take(2));
        Assert.Contains($"INV-07003, booking {third.Reference}: Nothing is left to pay of it", done.Main, StringComparison.Ordinal);
        Assert.Contains("Nothing was done. 3 rows were left as they were.", again.Main, StringComparison.Ordinal);
        Assert.Contains("Nothing is left to pay of it", again.Main, StringComparison.Ordinal);
        Assert.Equal([(5500, "BACS 42"), (5500, "BACS 42")], await PaymentsAsync(first, second, third));
        Assert.Equal(2, await CountAsync(db => db.OutgoingEmails.CountAsync(email => email.Kind == "payment-received" && (email.About == first.Reference || email.About == second.Reference || email.About == third.Reference), Token)));
        Assert.DoesNotContain("INV-07001", (await staff.GetAsync("/staff/invoices?show=unpaid")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoices_WrongDayOrNoWay_StaysAndRecordsNothing()
    {
        var one = await InvoicedAsync(await RunAsync("Paid tomorrow"), "d@ticked.example", 7011);
        var preview = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/invoices/paid?id={one.Invoice}");

        var refused = await preview.SubmitAsync(form =>
        {
            form.Clear("Way");
            form["PaidOn.Year"] = "2030";
            form["SlipNumber"] = "kept";
        });

        Assert.Equal(["Select how the money came", "The day must be today or before"], refused.Errors);
        Assert.Equal("kept", refused.Find("[name=SlipNumber]").GetAttribute("value"));
        Assert.Empty(await PaymentsAsync(one));
    }

    [Fact]
    public async Task Invoice_WhoseSumChangedSinceThePreview_IsLeft()
    {
        var one = await InvoicedAsync(await RunAsync("Another sum"), "e@ticked.example", 7021);
        var preview = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/invoices/paid?id={one.Invoice}");

        var refused = await preview.SubmitAsync(form => form[$"Seen[{one.Invoice}]"] = "1");

        Assert.Contains("What is to pay has changed meanwhile. Look at it again.", refused.Main, StringComparison.Ordinal);
        Assert.Empty(await PaymentsAsync(one));
    }

    [Fact]
    public async Task FreePlaces_OneWithdrawnMeanwhile_OthersAreApprovedAndTold()
    {
        var run = await RunAsync("Free for several");
        var applied = new[] { await AppliedAsync(run, "Ticked Toddlers", "f@ticked.example"), await AppliedAsync(run, "Ticked Teens", "g@ticked.example"), await AppliedAsync(run, "Ticked Twins", "h@ticked.example") };
        var staff = await app.BrowseAsStaffAsync();

        var list = await staff.GetAsync("/staff/free-places?q=ticked+t&tick=all");
        Assert.Equal(3, list.Document.QuerySelectorAll("input[form=ticked][checked]").Length);
        var preview = await list.SubmitAsync(form => Array.ForEach(applied, one => form.Forge("id", $"{one.Application}")), "#ticked", "Approve the ticked ones");
        Assert.Contains("3 applications for 3 places.", preview.Main, StringComparison.Ordinal);
        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(applied[2].Booking, Token));
        var done = await preview.SubmitAsync();
        await preview.SubmitAsync();

        Assert.Contains("2 applications are approved, and their people are told by email. 1 row was left as it was.", done.Main, StringComparison.Ordinal);
        Assert.Contains("Ticked Twins", done.All("main h2 + ul")[^1], StringComparison.Ordinal);
        var ids = applied.Select(one => one.Application).ToList();
        Assert.Equal(
            [FreePlaceState.Approved, FreePlaceState.Approved, FreePlaceState.Withdrawn],
            await app.WithAsync((TrainingHubDb db) => db.FreePlaceApplications.Where(one => ids.Contains(one.Id)).OrderBy(one => one.CreatedAt).ThenBy(one => one.Id).Select(one => one.State).ToListAsync(Token)));
        Assert.Equal(2, await CountAsync(db => db.HistoryEntries.CountAsync(entry => entry.Act == "Free place approved" && (entry.RecordId == applied[0].Booking || entry.RecordId == applied[1].Booking), Token)));
        Assert.Equal(1, await CountAsync(db => db.OutgoingEmails.CountAsync(email => email.ToAddress == "f@ticked.example" && email.Kind == "you-are-booked", Token)));
    }

    [Fact]
    public async Task Comments_OneWithAConcernMeanwhile_OthersAreRead()
    {
        await app.Given.CommentsAsync(CommentState.Unread, "Ticked text one", "Ticked text two", "Ticked text three");
        var staff = await app.BrowseAsStaffAsync();
        var cora = await app.Given.StaffAsync();
        var list = await staff.GetAsync("/staff/surveys/comments?q=ticked+text&tick=all");
        var ids = list.Document.QuerySelectorAll("input[form=ticked]").Select(box => box.GetAttribute("value")!).ToArray();
        Assert.Equal(3, ids.Length);

        var preview = await list.SubmitAsync(form => Array.ForEach(ids, id => form.Forge("id", id)), "#ticked", "Mark the ticked ones as read");
        Assert.All(new[] { "one", "two", "three" }, number => Assert.Contains($"Ticked text {number}", preview.Main, StringComparison.Ordinal));
        await app.WithAsync<RaiseConcern, RaiseResult>(raise => raise.RunAsync(Guid.Parse(ids[0]), ConcernKind.AtRisk, new(cora, "Cora Coordinator"), Token));
        var done = await preview.SubmitAsync();
        var again = await preview.SubmitAsync();

        Assert.Contains("2 comments are marked as read. 1 row was left as it was.", done.Main, StringComparison.Ordinal);
        Assert.Contains("A concern was raised about it.", done.Main, StringComparison.Ordinal);
        Assert.Contains("Nothing was done. 3 rows were left as they were.", again.Main, StringComparison.Ordinal);
        Assert.Equal(
            [CommentState.Concern, CommentState.Read, CommentState.Read],
            (await app.WithAsync((TrainingHubDb db) => db.SurveyComments.Where(one => one.Text.StartsWith("Ticked text")).Select(one => one.State).ToListAsync(Token))).OrderByDescending(state => state));
    }

    [Fact]
    public async Task Comments_OtherStaff_MarkNothing()
    {
        var other = app.Browse();
        await other.SignInAsync(await app.AddStaffAsync([StaffRole.BookingOfficer]), StaffDoor.Password);

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await other.GetAsync("/staff/surveys/comments/read")).Status);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await other.GetAsync("/staff/surveys/comments?file=csv")).Status);
    }

    [Fact]
    public async Task Emails_FailedOnes_AreQueuedAgainAndOthersNamed()
    {
        var (failed, bounced) = (await FailedAsync("i@ticked.example", EmailState.Failed), await FailedAsync("j@ticked.example", EmailState.Bounced));
        var staff = await app.BrowseAsStaffAsync();
        var list = await staff.GetAsync("/staff/emails?q=ticked.example");
        Assert.Contains($"{failed}", list.Document.QuerySelectorAll("input[form=ticked]").Select(box => box.GetAttribute("value")));
        Assert.DoesNotContain($"{bounced}", list.Document.QuerySelectorAll("input[form=ticked]").Select(box => box.GetAttribute("value")));

        var preview = await staff.GetAsync($"/staff/emails/again?id={failed}&id={bounced}");
        var done = await preview.SubmitAsync();
        var again = await preview.SubmitAsync();

        Assert.Contains("Nothing can be done with 1 row", preview.Main, StringComparison.Ordinal);
        Assert.Contains("There is no such mailbox.", preview.Main, StringComparison.Ordinal);
        Assert.Equal("/staff/emails", done.Address);
        Assert.Contains("1 email is queued again.", done.Main, StringComparison.Ordinal);
        Assert.Contains("Nothing was done. 1 row was left as it was.", again.Main, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(db => db.HistoryEntries.CountAsync(entry => entry.RecordId == failed && entry.Act == "Sent again", Token)));
        Assert.Equal(EmailState.Bounced, await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.Where(email => email.Id == bounced).Select(email => email.State).SingleAsync(Token)));
    }

    [Fact]
    public async Task Organisations_TypedOnes_AreShownOnce()
    {
        var (one, two) = (await app.Given.OrganisationAsync("Ticked Academy"), await app.Given.OrganisationAsync("Ticked Bakery"));
        var shown = await app.Given.OrganisationAsync("Ticked College", isApproved: true);
        var staff = await app.BrowseAsStaffAsync();
        var list = await staff.GetAsync("/staff/organisations?q=ticked");

        var preview = await list.SubmitAsync(form => Array.ForEach([one.Id, two.Id], id => form.Forge("id", $"{id}")), "#ticked", "Show the ticked ones to bookers");
        var done = await preview.SubmitAsync(form => form.Forge("id", $"{shown.Id}"));

        Assert.Contains("Bookers can find 2 organisations more. 1 row was left as it was.", done.Main, StringComparison.Ordinal);
        Assert.Contains("Ticked College: Bookers can find it already.", done.Main, StringComparison.Ordinal);
        Assert.Equal(2, await CountAsync(db => db.HistoryEntries.CountAsync(entry => entry.Act == "Shown to bookers" && (entry.RecordId == one.Id || entry.RecordId == two.Id || entry.RecordId == shown.Id), Token)));
        var merge = await list.SubmitAsync(form => Array.ForEach([one.Id, two.Id], id => form.Forge("id", $"{id}")), "#ticked", "Merge the ticked ones");
        Assert.StartsWith("/staff/organisations/merge?", merge.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_OneFailsOnTheSite_OthersAreDoneAndItIsNamed()
    {
        Guid[] ids = [(await app.Given.OrganisationAsync("Sound A")).Id, (await app.Given.OrganisationAsync("Sound B, faulty")).Id, (await app.Given.OrganisationAsync("Sound C")).Id];
        await using (var command = app.Database.Owner().CreateCommand(
            """
            create function pg_temp_fail() returns trigger language plpgsql as $$ begin raise exception 'faulty'; end $$;
            create trigger faulty before insert on history_entries for each row when (new.record_id = '@id') execute function pg_temp_fail();
            """.Replace("@id", $"{ids[1]}", StringComparison.Ordinal)))
        {
            await command.ExecuteNonQueryAsync(Token);
        }

        var preview = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/organisations/show?id={string.Join("&id=", ids)}");

        var done = await preview.SubmitAsync();

        Assert.Contains("Bookers can find 2 organisations more. 1 row was left as it was.", done.Main, StringComparison.Ordinal);
        Assert.Contains("Sound B, faulty: Something went wrong with it on this site.", done.Main, StringComparison.Ordinal);
        Assert.Equal([true, false, true], await app.WithAsync((TrainingHubDb db) => db.Organisations.Where(one => ids.Contains(one.Id)).OrderBy(one => one.Name).Select(one => one.IsApproved).ToListAsync(Token)));
    }

    [Fact]
    public async Task Bookings_Ticked_AreWrittenToOnceAndNobodyElse()
    {
        var run = await RunAsync("Written to some");
        var (ticked, cancelled) = (await InvoicedAsync(run, "k@ticked.example", 7031), await InvoicedAsync(run, "m@ticked.example", 7033));
        await InvoicedAsync(run, "l@ticked.example", 7032);
        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(cancelled.Booking, Token));
        var staff = await app.BrowseAsStaffAsync();
        var list = await staff.GetAsync("/staff/bookings?q=ticked.example");

        var empty = await list.SubmitAsync(form => Array.ForEach([ticked.Booking, cancelled.Booking], id => form.Forge("id", $"{id}")), "#ticked", "Write to the people of the ticked ones");
        Assert.Contains("1 ticked booking has no place on a date any more", empty.Main, StringComparison.Ordinal);
        var preview = await empty.SubmitAsync(fill => (fill["Form.To"], fill["Form.Subject"], fill["Form.Text"]) = ("Delegates", "About your booking", "A word to you. {booking}"));
        Assert.Contains("This goes to 1 delegate", preview.Main, StringComparison.Ordinal);
        var done = await preview.SubmitAsync(selector: "form[action*=Send]");
        await preview.SubmitAsync(selector: "form[action*=Send]");

        Assert.Contains("1 delegate, of 1 booking that was chosen", done.Main, StringComparison.Ordinal);
        Assert.Equal(["k@ticked.example"], await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.Where(email => email.Kind == "date-message" && email.ToAddress.EndsWith("@ticked.example")).Select(email => email.ToAddress).ToListAsync(Token)));
        Assert.Contains("There is nobody to write to.", (await staff.GetAsync("/staff/messages/bookings")).Main, StringComparison.Ordinal);
        Assert.Contains("There is nobody to write to.", (await staff.GetAsync($"/staff/messages/bookings?id={Guid.NewGuid()}")).Main, StringComparison.Ordinal);
        var forged = await empty.SubmitAsync(fill => { (fill["Form.Subject"], fill["Form.Text"]) = ("Waiting", "Forged"); fill.Clear("Form.To"); fill.Forge("Form.To", "Waiting"); });
        Assert.Equal(["Nobody would get it."], forged.Errors);
    }

    private sealed record Invoiced(Guid Booking, string Reference, Guid Invoice);

    private sealed record Applied(Guid Booking, Guid Application);

    private async Task<Guid> RunAsync(string title) =>
        (await app.Given.RunByAsync((await app.Given.CourseAsync(title, pricePence: 5500)).Id, (await app.Given.ProviderAsync()).Id, new DateOnly(2026, 12, 9))).Id;

    private async Task<Invoiced> InvoicedAsync(Guid run, string email, int number)
    {
        var booked = await app.Given.BookAsync(Given.Request(run, await app.Given.SectorIdAsync(), await app.Given.AreaIdAsync(), email));
        return new(booked.Id, booked.Reference, (await app.Given.InvoiceAsync(booked.Id, number, 5500, new DateOnly(2026, 9, 20))).Id);
    }

    private async Task<Applied> AppliedAsync(Guid run, string organisation, string email)
    {
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var booked = await app.Given.BookAsync(Given.Request(run, await app.Given.SectorIdAsync(), await app.Given.AreaIdAsync(), email) with
        {
            OrganisationName = organisation,
            Method = PaymentMethod.FreePlace,
            FreePlace = new(FreePlaceApplicant.UnregisteredCharity, null, "A group"),
        });
        return new(booked.Id, await app.WithAsync(async (TrainingHubDb db) => (await db.Bookings.SingleAsync(one => one.Id == booked.Id, Token)).FreePlaceApplicationId!.Value));
    }

    private async Task<Guid> FailedAsync(string address, EmailState state)
    {
        var email = await app.Given.EmailAsync(address, new YouAreBookedEmail("Mia", "Ann", EmailSamples.Date, false, "https://x.example/"));
        await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.Where(one => one.Id == email.Id).ExecuteUpdateAsync(row => row.SetProperty(one => one.State, state), Token));
        return email.Id;
    }

    private async Task<List<(int, string?)>> PaymentsAsync(params Invoiced[] of)
    {
        var ids = of.Select(one => one.Booking).ToList();
        var payments = await app.WithAsync((TrainingHubDb db) => db.Payments.AsNoTracking().Where(payment => ids.Contains(payment.BookingId)).ToListAsync(Token));
        return payments.ConvertAll(payment => (payment.AmountPence, payment.DeskReference));
    }

    private Task<int> CountAsync(Func<TrainingHubDb, Task<int>> count) => app.WithAsync(count);
}
