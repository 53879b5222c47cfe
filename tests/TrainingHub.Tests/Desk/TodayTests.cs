using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.FreePlaces;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>A bad day: each line of Today leads to where it is cleared, and is gone when it is.</summary>
public sealed class TodayTests(TestDatabase databases, TestApp app) : IClassFixture<TestApp>
{
    // Three weeks from the start of the clock: too far to lack a link or to be half empty.
    private static readonly DateOnly Later = new(2026, 11, 24);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_SaysSo()
    {
        await using var quiet = new TestApp(databases);
        await quiet.InitializeAsync();
        await quiet.AddStaffAsync([StaffRole.SafeguardingLead]);
        Assert.True(await quiet.WithAsync((SaveSettings save) => save.RunAsync(
            SettingGroup.Urgent, 0, [new(SettingName.SafeguardingLeadEmail, "Lead", "", "lead@partnership.example")], Actor.CommandLine, Token)));

        Assert.Contains("Nothing waits for you.", (await (await quiet.BrowseAsStaffAsync()).GetAsync("/staff")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comment_IsRead()
    {
        await app.Given.CommentsAsync(CommentState.Unread, "We talk more.");
        var staff = await app.BrowseAsStaffAsync();

        var comments = await (await staff.GetAsync("/staff")).FollowAsync("1 survey comment to read");
        await comments.SubmitAsync(button: "Mark as read");

        Assert.DoesNotContain("survey comment", (await staff.GetAsync("/staff")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailedJob_IsRunAgainFromHere()
    {
        await ExecuteAsync("alter table survey_invitations rename to gone");
        await Assert.ThrowsAnyAsync<Exception>(() => app.RunJobAsync("CloseSurveys"));
        await ExecuteAsync("alter table gone rename to survey_invitations");
        var staff = await app.BrowseAsStaffAsync();

        var today = await staff.GetAsync("/staff");
        Assert.NotNull(Line(today, "Close surveys failed"));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await today.SubmitAsync(selector: "form[action='/staff/jobs']");

        Assert.Null(Line(await staff.GetAsync("/staff"), "Close surveys failed"));
    }

    [Fact]
    public async Task FreePlace_IsApprovedFromHere()
    {
        var run = await ReadyAsync();
        await app.Given.BookAsync((await RequestAsync(run, "ann@free.example")) with
        {
            OrganisationName = "Open Hands Weymouth",
            Method = PaymentMethod.FreePlace,
            FreePlace = new(FreePlaceApplicant.UnregisteredCharity, null, "A toddler group"),
        });
        var staff = await app.BrowseAsStaffAsync();

        var today = await staff.GetAsync("/staff");
        Assert.Contains("24 November 2026", Line(today, "Open Hands Weymouth asks for 1 free place")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Open Hands Weymouth", (await today.FollowAsync("Open Hands Weymouth asks for 1 free place, 24 November 2026")).Main, StringComparison.Ordinal);
        var done = await today.SubmitAsync(selector: "form[action*='free-places']");

        Assert.Contains("Approved.", done.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(Line(await staff.GetAsync("/staff"), "asks for 1 free place"));
    }

    [Fact]
    public async Task Payment_IsDecided()
    {
        var place = await PaidPlaceAsync("Petra Payer");
        await ExecuteAsync($"update payments set problem = 'PlacesCancelled' where booking_id = '{place.BookingId}'");
        var staff = await app.BrowseAsStaffAsync();

        var page = await (await staff.GetAsync("/staff")).FollowAsync("Cancelled after payment: £55 from Petra Payer");
        await page.SubmitAsync(form => form["Note"] = "Agreed by telephone", "form[action*=Keep]");

        Assert.Null(Line(await staff.GetAsync("/staff"), "Petra Payer"));
    }

    [Fact]
    public async Task DateThatLacksALink_GetsIt()
    {
        var provider = await app.Given.ProviderAsync();
        var run = await app.Given.RunByAsync((await app.Given.CourseAsync("A date without a link", pricePence: 5500)).Id, provider.Id, new DateOnly(2026, 11, 10));
        var staff = await app.BrowseAsStaffAsync();

        var change = await (await staff.GetAsync("/staff")).FollowAsync("A date without a link: no joining link, 10 November 2026");
        Assert.NotNull(change.Document.QuerySelector("#Form_JoiningLink"));
        Assert.Contains("A date without a link", (await staff.GetAsync("/staff/dates?state=lacking")).Main, StringComparison.Ordinal);
        await change.SubmitAsync(form => form["Form.JoiningLink"] = "https://meet.example.org/a");

        Assert.Null(Line(await staff.GetAsync("/staff"), "no joining link"));
        Assert.DoesNotContain(run.Id.ToString(), (await staff.GetAsync("/staff/dates?state=lacking")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DateThatLacksAll_SaysEachAndLeadsToTheFirst()
    {
        var venueless = await app.Given.RunAtAsync((await app.Given.CourseAsync("A date without anything")).Id, (await app.Given.VenueAsync()).Id, new DateOnly(2026, 11, 11));
        await ExecuteAsync($"update course_runs set venue_id = null where id = '{venueless.Id}'");

        var line = Line(await (await app.BrowseAsStaffAsync()).GetAsync("/staff"), "A date without anything")!;

        Assert.Contains("no venue, no trainer, no fee, so nobody can book", line.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/staff/dates/{venueless.Id}/change#Form_VenueId", line.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Email_IsPutAside()
    {
        await app.Given.EmailAsync("tried again", EmailState.Failed);
        var staff = await app.BrowseAsStaffAsync();

        var email = await (await staff.GetAsync("/staff")).FollowAsync("An email to a@example.org failed");
        await email.SubmitAsync(selector: "form[action*=Stop]");

        Assert.Null(Line(await staff.GetAsync("/staff"), "a@example.org failed"));
    }

    [Fact]
    public async Task Register_IsFinishedAndOpenedAgain()
    {
        var run = await app.Given.RunAsync((await app.Given.CourseAsync("A register to finish")).Id, new DateOnly(2026, 10, 30));
        var places = await app.Given.PlacesAsync(run, new GivenDelegate("Mark Me"), new GivenDelegate("And Me"));
        var staff = await app.BrowseAsStaffAsync();

        var today = await staff.GetAsync("/staff");
        Assert.Contains("2 people have no mark", Line(today, "A register to finish")!.TextContent, StringComparison.Ordinal);
        var register = await today.FollowAsync("A register to finish, 30 October 2026");
        await register.SubmitAsync(selector: "form[action*=All]");
        Assert.Null(Line(await staff.GetAsync("/staff"), "A register to finish"));

        await app.WithAsync((MarkAttendance mark) => mark.RunAsync(new(run.Id), places[0].Place.Id, null, new(Guid.NewGuid(), "Ann"), Token));
        Assert.Contains("1 person has no mark", Line(await staff.GetAsync("/staff"), "A register to finish")!.TextContent, StringComparison.Ordinal);
        await app.Given.MarkAsync(places[0].Place.Id, app.Clock.Now);
        Assert.Null(Line(await staff.GetAsync("/staff"), "A register to finish"));

        await app.Given.PlacesAsync(run, new GivenDelegate("Walked In"));
        Assert.NotNull(Line(await staff.GetAsync("/staff"), "A register to finish"));
    }

    [Fact]
    public async Task FreedPlace_IsOfferedToWhoWaits()
    {
        var run = await ReadyAsync("A place came free", capacity: 1);
        await app.Given.WaitingAsync(run, "Wanda Waits", "wanda@waits.example");
        var staff = await app.BrowseAsStaffAsync();

        var today = await staff.GetAsync("/staff");
        Assert.Contains("1 place is free, 1 person waits", Line(today, "A place came free")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Wanda Waits", (await today.FollowAsync("A place came free, 24 November 2026")).Main, StringComparison.Ordinal);
        await app.RunJobAsync(nameof(OfferFreedPlaces));

        Assert.Null(Line(await staff.GetAsync("/staff"), "A place came free"));
    }

    [Fact]
    public async Task Invoice_IsPaidOrCancelled()
    {
        var run = await ReadyAsync("An invoice for it");
        var (paid, cancelled) = (await app.Given.BookAsync(await RequestAsync(run, "a@inv.example")), await app.Given.BookAsync(await RequestAsync(run, "b@inv.example")));
        await app.Given.InvoiceAsync(paid.Id, 51, 5500, new DateOnly(2026, 9, 20));
        await app.Given.InvoiceAsync(cancelled.Id, 52, 5500, new DateOnly(2026, 9, 25));
        var staff = await app.BrowseAsStaffAsync();

        var today = await staff.GetAsync("/staff");
        Assert.Contains("INV-00051, Hill School, £55 is 13 days late", Line(today, "INV-00051")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/staff/invoices/INV-00051", Line(today, "INV-00051")!.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("INV-00052", (await staff.GetAsync("/staff/invoices?show=overdue")).Main, StringComparison.Ordinal);
        var form = await today.FollowAsync("INV-00051, Hill School, £55 is 13 days late");
        await form.SubmitAsync(fields => fields["Way"] = "BankTransfer", "#payment");
        await form.SubmitAsync(fields => fields["Way"] = "BankTransfer", "#payment");
        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.Payments.CountAsync(payment => payment.BookingId == paid.Id && payment.ReceivedAmount == 5500, Token)));
        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(email => email.About == paid.Reference && email.Kind == "payment-received", Token)));
        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(cancelled.Id, Token));
        await app.WithAsync<BillBooking, bool>(bill => bill.RunAsync(cancelled.Id, Token));

        Assert.Null(Line(await staff.GetAsync("/staff"), "INV-0005", "past their date"));
        Assert.DoesNotContain("INV-0005", (await staff.GetAsync("/staff/invoices?show=overdue")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoneyTakenByStaff_OfACancelledPlace_IsPaidBackByHand()
    {
        var run = await ReadyAsync("Money back by hand");
        var booked = await app.Given.BookAsync(await RequestAsync(run, "a@back.example"));
        var invoice = await app.Given.InvoiceAsync(booked.Id, 61, 5500, new DateOnly(2026, 9, 20));
        await app.WithAsync((RecordInvoicePayment record) => record.RunAsync(invoice.Id, 5500, new(DeskWay.Cash, 5500, London.DateOf(app.Clock.Now), null), Actor.CommandLine, Token));
        var staff = await app.BrowseAsStaffAsync();
        Assert.Null(Line(await staff.GetAsync("/staff"), "Pay back"));
        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booked.Id, Token));

        var line = Line(await staff.GetAsync("/staff"), "Pay back £55")!;
        await (await staff.GetAsync(line.QuerySelector("a")!.GetAttribute("href")!)).SubmitAsync(selector: "form[action*=PaidBack]");

        Assert.Null(Line(await staff.GetAsync("/staff"), "Pay back"));
    }

    [Fact]
    public async Task HalfEmptyDate_FillsUp()
    {
        var run = await ReadyAsync("A half empty date", capacity: 2, on: new DateOnly(2026, 11, 12));
        var staff = await app.BrowseAsStaffAsync();

        Assert.Contains("0 of 2 places taken, in 10 days", Line(await staff.GetAsync("/staff"), "A half empty date", "half empty")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("A half empty date", (await staff.GetAsync("/staff/dates?state=half")).Main, StringComparison.Ordinal);
        await app.Given.BookAsync(await RequestAsync(run, "half@full.example"));

        Assert.Null(Line(await staff.GetAsync("/staff"), "A half empty date", "half empty"));
    }

    [Fact]
    public async Task Organisation_IsShown()
    {
        await app.Given.OrganisationAsync("Aardvark Academy");
        var staff = await app.BrowseAsStaffAsync();

        var page = await (await staff.GetAsync("/staff")).FollowAsync("May other bookers be offered Aardvark Academy?");
        await page.SubmitAsync(button: "Show to bookers: Aardvark Academy");

        Assert.Null(Line(await staff.GetAsync("/staff"), "Aardvark Academy"));
    }

    [Fact]
    public async Task ManyOfAKind_AreCutAndLeadToAll()
    {
        await using var busy = new TestApp(databases);
        await busy.InitializeAsync();
        foreach (var number in Enumerable.Range(1, 8))
        {
            await busy.Given.EmailAsync($"email {number}", EmailState.Bounced);
        }

        var today = await (await busy.BrowseAsStaffAsync()).GetAsync("/staff");

        Assert.Equal(5, today.All(".app-tasks .app-row").Count(line => line.Contains("does not exist", StringComparison.Ordinal)));
        Assert.Equal("/staff/emails?state=NotDelivered", (await today.FollowAsync("and 3 more: Emails that did not go out")).Address);
    }

    private static IElement? Line(TestPage page, string words, string group = "") => page.Document.QuerySelectorAll(".app-tasks .app-row")
        .FirstOrDefault(row => row.TextContent.Contains(words, StringComparison.Ordinal)
            && row.ParentElement!.PreviousElementSibling!.TextContent.Contains(group, StringComparison.Ordinal));

    /// <summary>A date that lacks nothing.</summary>
    private async Task<Guid> ReadyAsync(string title = "A date that is ready", int capacity = 20, DateOnly? on = null)
    {
        var run = await app.Given.RunByAsync((await app.Given.CourseAsync(title, pricePence: 5500)).Id, (await app.Given.ProviderAsync()).Id, on ?? Later);
        await ExecuteAsync($"update course_runs set joining_link = 'https://meet.example.org', capacity = {capacity} where id = '{run.Id}'");
        return run.Id;
    }

    private async Task<BookPlaceRequest> RequestAsync(Guid run, string email) =>
        Given.Request(run, await app.Given.SectorIdAsync(), await app.Given.AreaIdAsync(), email);

    private async Task<Place> PaidPlaceAsync(string name)
    {
        var run = await app.Given.RunAsync((await app.Given.CourseAsync()).Id, Later.AddDays(30));
        var place = (await app.Given.PlacesAsync(run, new GivenDelegate(name) { Method = PaymentMethod.Card, PricePence = 5500 }))[0].Place;
        await app.Given.PaidAsync(place, 5500, app.Clock.Now);
        return place;
    }

    private Task<Place> PlaceOfAsync(Guid booking) => app.WithAsync((TrainingHubDb db) => db.Places.AsNoTracking().SingleAsync(place => place.BookingId == booking, Token));

    private async Task ExecuteAsync(string sql)
    {
        await using var command = app.Database.Owner().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
