using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.Payments;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>Staff book by screen: for who calls, for who comes without a booking, and for one person more.</summary>
public sealed class BookForTests(PayApp app) : IClassFixture<PayApp>
{
    [Fact]
    public async Task Call_KnownPersonByInvoice_IsFoundFilledAndBooked()
    {
        var world = await WorldAsync();
        await BookedAsync(world, await world.RunAsync(capacity: 5), "Zoë Okafor", "zoe@p1.example");
        var run = await world.RunAsync(capacity: 5);

        var form = await (await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run}")).FollowAsync("Book for somebody");
        Assert.Contains("5 of 5 places left. £55 a place. Fee of this course", form.Main);
        var found = await form.SubmitAsync(fields => fields["Form.Find"] = "okafor ZOE");
        Assert.Contains("zoe@p1.example · Hill Primary School", found.Main);
        var filled = await found.SubmitAsync(button: "Choose Zoë Okafor, zoe@p1.example");
        var done = await filled.SubmitAsync(fields => fields["Form.By"] = "Invoice", button: "Book");

        Assert.StartsWith("Booking ", done.Heading, StringComparison.Ordinal);
        Assert.Contains("1 person booked. The confirmation goes to zoe@p1.example, the invoice to zoe@p1.example.", done.Main);
        Assert.Contains("by the training team", done.Main);
        Assert.Contains("Booked for somebody by", done.Main);
        Assert.Contains("Hill Primary School", done.Main);
        Assert.Equal(["zoe@p1.example"], await world.MailedAsync(Reference(done)));
    }

    [Fact]
    public async Task Call_NothingTyped_SaysWhatIsMissing()
    {
        var world = await WorldAsync();
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{await world.RunAsync(capacity: 5)}/book");

        var page = await form.SubmitAsync(fields => fields["Form.Organisation"] = "Hill School");

        Assert.Equal(
            ["Enter the full name of who is coming", "Enter the email address of who is coming", "Select the sector", "Select the area", "Select how it is paid"],
            page.Errors);
        Assert.Equal("Hill School", page.Find("#Form_Organisation").GetAttribute("value"));
        Assert.Equal(["Say why it is free"], (await page.SubmitAsync(fields =>
        {
            Fill(world, fields, "Ann Able", "ann@p2.example");
            fields["Form.By"] = "Free";
        })).Errors);
    }

    [Fact]
    public async Task Call_LineBeforeOthersIsEmpty_StaysAndTheOneThatWasMeantIsRemoved()
    {
        var world = await WorldAsync();
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{await world.RunAsync(capacity: 5)}/book");

        var three = await (await form.SubmitAsync(button: "Add another person")).SubmitAsync(button: "Add another person");
        var two = await three.SubmitAsync(
            fields => (fields["Form.People[1].Name"], fields["Form.People[2].Name"]) = ("Ben Bold", "Cy Clark"), button: "Remove person 2");
        var refused = await two.SubmitAsync(button: "Book");

        Assert.Equal("Cy Clark", two.Find("#Form_People_1__Name").GetAttribute("value"));
        Assert.Empty(two.Document.QuerySelectorAll("#Form_People_2__Name"));
        Assert.Contains("Enter the full name of who is coming", refused.Errors);
        Assert.Equal("Cy Clark", refused.Find("#Form_People_1__Name").GetAttribute("value"));
    }

    [Fact]
    public async Task Call_SameFormTwice_BooksOnce()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 5);
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run}/book");

        var (first, second) = (await SubmitAsync(), await SubmitAsync());

        Assert.Equal(Reference(first), Reference(second));
        Assert.Equal(1, await world.LivePlacesAsync(run));

        Task<TestPage> SubmitAsync() => form.SubmitAsync(fields =>
        {
            Fill(world, fields, "Ann Able", "ann@p3.example");
            (fields["Form.By"], fields["Form.FreeBecause"]) = ("Free", "Speaks at the next one.");
        });
    }

    [Fact]
    public async Task Call_FreeAndByCard_CostsNothingAndIsHeldAsTheEmailSays()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 5);
        var staff = await app.BrowseAsStaffAsync();

        var free = await (await staff.GetAsync($"/staff/dates/{run}/book")).SubmitAsync(fields =>
        {
            Fill(world, fields, "Ann Able", "ann@p4.example");
            (fields["Form.By"], fields["Form.FreeBecause"]) = ("Free", "Speaks at the next one.");
        });
        Assert.Contains("Free: Speaks at the next one.", free.Main);
        Assert.Contains("Free place from the training team", free.Main);
        Assert.Contains("Nothing to pay", free.Main);

        var card = await ByCardAsync(world, staff, run, "Ben Brown", "ben@p4.example");
        var until = TrainingHub.Platform.London.Moment(app.Clock.Now.AddDays(2));
        Assert.Contains($"1 place is held until {until}. The link to pay by card goes to bea@p4.example.", card.Main);
        Assert.Equal(until, await world.TextAsync("select model ->> 'HeldUntil' from outgoing_emails where about = $1", Reference(card)));
        Assert.Equal(["bea@p4.example"], await world.MailedAsync(Reference(card)));
    }

    // What the page and the email promise, to the end.
    [Fact]
    public async Task Call_ByCard_CanBePaidTheNextDayAndIsFreeAgainAfterTwo()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 5);
        var staff = await app.BrowseAsStaffAsync();
        var pays = Reference(await ByCardAsync(world, staff, run, "Ann Able", "ann@p10.example"));
        await ByCardAsync(world, staff, run, "Ben Brown", "ben@p10.example");

        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunJobAsync("ReleaseUnpaidHolds");
        Assert.Contains("Pay", (await app.Browse().GetAsync(await world.PrivateLinkAsync(pays))).Main);
        var checkout = await app.CheckoutAsync(Guid.Parse(await world.TextAsync("select id::text from bookings where reference = $1", pays)));
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        Assert.Equal(1, await world.SentAsync(pays, "booking-confirmed"));
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunJobAsync("ReleaseUnpaidHolds");

        Assert.Equal("Ann Able", await world.TextAsync("select string_agg(delegate_name, ', ') from live_places where run_id = $1", run));
    }

    [Fact]
    public async Task FullDate_WithoutAReason_IsRefusedAndWithOneIsInHistory()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 1);
        await world.BookAsync(run, "one@p5.example");
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run}/book");
        Assert.Contains("1 of 1 places are taken. This would make 2 people.", form.Main);

        var refused = await form.SubmitAsync(fields =>
        {
            Fill(world, fields, "Ann Able", "ann@p5.example");
            fields["Form.By"] = "Invoice";
        });
        Assert.Equal(["The only place is taken. To take 2 people instead of 1, say why"], refused.Errors);
        var booked = await refused.SubmitAsync(fields => fields["Form.OverBecause"] = "The trainer agrees.");

        Assert.StartsWith("Booking ", booked.Heading, StringComparison.Ordinal);
        var date = await booked.Browser.GetAsync($"/staff/dates/{run}");
        Assert.Contains("2 of 1", date.Main);
        Assert.Contains($"Booking {Reference(booked)}. The trainer agrees.", date.Main);
        Assert.Contains("Full", (await app.Browse().GetAsync($"/dates/{run}")).Main);
    }

    [Fact]
    public async Task Call_TwoPeopleForOnePlaceAndOneOfThemOnIt_SaysSo()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 3);
        var before = await BookedAsync(world, run, "Ann Able", "ann@p6.example");
        var form = await (await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run}/book")).SubmitAsync(button: "Add another person");

        var page = await form.SubmitAsync(fields =>
        {
            Fill(world, fields, "Ben Brown", "ben@p6.example");
            (fields["Form.People[1].Name"], fields["Form.People[1].Email"], fields["Form.By"]) = ("Ann Able", "ann@p6.example", "Invoice");
        });

        Assert.StartsWith("Ann Able already has a place on ", Assert.Single(page.Errors), StringComparison.Ordinal);
        Assert.EndsWith($"in booking {before}", page.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WalkIn_AtTheRegister_IsBookedAndMarked()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 5, startsIn: TimeSpan.FromMinutes(-20));
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run}/book?walkIn=true&name=Wanda%20Walker");
        Assert.Equal("Add a walk-in", form.Heading);
        Assert.Equal("Wanda Walker", form.Find("#Form_People_0__Name").GetAttribute("value"));
        Assert.Empty(form.Document.QuerySelectorAll("input[value=Card]"));

        var register = await form.SubmitAsync(fields =>
        {
            Fill(world, fields, "Wanda Walker", "wanda@p7.example");
            fields["Form.By"] = "Invoice";
        });

        Assert.EndsWith("/register", register.Address, StringComparison.Ordinal);
        Assert.Contains("Marked as attended.", register.Main);
        Assert.Equal(1, await world.CountAsync("select count(*) from register_places where run_id = $1 and mark = 'Attended'", run));
        Assert.Equal(2, await world.CountAsync("select count(*) from history_entries where record_id = $1 or record_id in (select booking_id from places where run_id = $1)", run));
    }

    [Fact]
    public async Task WalkIn_BeforeTheDay_IsBookedOnly()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 5);

        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run}/book?walkIn=true&name=Wanda");

        Assert.Equal("Book for somebody", form.Heading);
        Assert.Contains("Nobody is booked on a date more than 31 days after it.", (await form.Browser.GetAsync(
            $"/staff/dates/{await world.RunAsync(capacity: 5, startsIn: TimeSpan.FromDays(-40))}/book?walkIn=true")).Main);
    }

    [Fact]
    public async Task AddPeople_OrderWithItsInvoice_MakesAnOrderOfTheirOwn()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 5);
        var first = (await world.BookAsync(run, "one@p8.example")).Reference;
        await app.RunJobAsync("IssueInvoices");

        var form = await (await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/bookings/{first}")).FollowAsync("Add people");
        var done = await form.SubmitAsync(fields => (fields["Form.People[0].Name"], fields["Form.People[0].Email"]) = ("Ann Able", "ann@p8.example"));
        await app.RunJobAsync("IssueInvoices");

        Assert.Contains($"These people were added to {first}", done.Main);
        Assert.Contains("The confirmation goes to bea@school.example, the invoice to finance@school.example.", done.Main);
        var page = await done.Browser.GetAsync($"/staff/bookings/{first}");
        Assert.Contains($"More people in {Reference(done)}", page.Main);
        Assert.Contains($"Order of their own: nothing → {Reference(done)}", page.Main);
        Assert.Equal(2, await world.CountAsync("select count(*) from invoices join bookings on bookings.id = booking_id where amount_pence = 5500 and reference in ($1, $2)", first, Reference(done)));
    }

    [Fact]
    public async Task AddPeople_OrderOfTwoDates_AsksOnWhich()
    {
        var world = await WorldAsync();
        Guid[] runs = [await world.RunAsync(capacity: 5), await world.RunAsync(capacity: 5, startsIn: TimeSpan.FromDays(40))];
        var order = await app.Given.BookAsync(world.Request(runs, "one@p9.example"));
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/bookings/{order.Reference}/add");

        var asked = await form.SubmitAsync(fields => (fields["Form.People[0].Name"], fields["Form.People[0].Email"]) = ("Ann Able", "ann@p9.example"));
        Assert.Equal(["Select the date"], asked.Errors);
        await asked.SubmitAsync(fields => fields.Tick("Form.Dates", $"{runs[1]}"));

        Assert.Equal((1, 2), (await world.LivePlacesAsync(runs[0]), await world.LivePlacesAsync(runs[1])));
    }

    private static async Task<TestPage> ByCardAsync(BookingWorld world, TestBrowser staff, Guid run, string name, string email) =>
        await (await staff.GetAsync($"/staff/dates/{run}/book")).SubmitAsync(fields =>
        {
            Fill(world, fields, name, email);
            (fields["Form.BookerName"], fields["Form.BookerEmail"], fields["Form.By"]) = ("Bea Booker", "bea@p4.example", "Card");
        });

    private static void Fill(BookingWorld world, TestForm fields, string name, string email)
    {
        (fields["Form.People[0].Name"], fields["Form.People[0].Email"]) = (name, email);
        (fields["Form.SectorId"], fields["Form.AreaId"]) = ($"{world.Sector}", $"{world.Area}");
    }

    private static string Reference(TestPage booking) => booking.Heading["Booking ".Length..];

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);

    private async Task<string> BookedAsync(BookingWorld world, Guid run, string name, string email) =>
        (await app.Given.BookAsync(world.Request(run) with { Dates = [new(run, 5500, [new(name, email, null)])] })).Reference;
}
