using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Sessions of an event: staff make them, who has a place chooses, and what becomes of a choice when the place or the session goes.</summary>
public sealed class SessionTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly Actor Ann = new(Guid.CreateVersion7(), "Ann Coordinator");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Staff_MakeAProgramme_VisitorsAndDelegatesSeeIt()
    {
        var run = await EventAsync();
        var staff = await app.BrowseAsStaffAsync();
        foreach (var (title, begins, ends, places) in new[] { ("Welcome", "9:30", "10:00", ""), ("Neglect now", "10:00", "11:00", "20"), ("Listening to children", "10.00", "11:00", "30") })
        {
            var form = await staff.GetAsync($"/staff/dates/{run.Id}/programme/new");
            var saved = await form.SubmitAsync(fields =>
            {
                (fields["Form.Title"], fields["Form.Begins"], fields["Form.Ends"], fields["Form.Capacity"]) = (title, begins, ends, places);
                fields["Form.Speakers"] = "Dr Sam Speaker, Dorset HealthCare";
            });
            Assert.Contains($"“{title}” is saved", saved.Text);
        }

        var list = await staff.GetAsync($"/staff/dates/{run.Id}/programme");
        var visitor = await app.Browse().GetAsync($"/dates/{run.Id}");

        Assert.Equal(["9:30am to 10am", "10am to 11am"], list.All("h2.govuk-heading-m").Take(2));
        Assert.Contains("0 of 20", list.Main);
        Assert.Contains("Listening to children", visitor.Main);
        Assert.Contains("Dr Sam Speaker, Dorset HealthCare", visitor.Main);
        Assert.Contains("Whoever has a place chooses one for each time", visitor.Main);
        Assert.Contains("Session added", (await staff.GetAsync($"/staff/dates/{run.Id}")).Main);
    }

    [Theory]
    [InlineData("", "10:00", "11:00", "", "Enter the title of the session")]
    [InlineData("A", "late", "11:00", "", "Starts at must be a time, like 9:30 or 13:00")]
    [InlineData("A", "11:00", "10:00", "", "It must end after it starts, on the same day")]
    [InlineData("A", "8:00", "10:00", "", "It must be within the hours of the date")]
    [InlineData("A", "10:30", "11:30", "", "It overlaps other sessions")]
    [InlineData("A", "10:00", "11:00", "900", "Places must be a number from 1 to 500")]
    public async Task Staff_TypeWhatCannotBe_AreToldAndNothingIsSaved(string title, string begins, string ends, string places, string error)
    {
        var run = await EventAsync();
        await app.Given.SlotAsync(run.Id, new(10, 0), 5, 5);
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run.Id}/programme/new");

        var refused = await form.SubmitAsync(fields =>
            (fields["Form.Title"], fields["Form.Begins"], fields["Form.Ends"], fields["Form.Capacity"]) = (title, begins, ends, places));

        Assert.StartsWith(error, Assert.Single(refused.Errors));
        Assert.Equal(begins, refused.Find("#Form_Begins").GetAttribute("value"));
        Assert.Equal(2, await app.WithAsync((TrainingHubDb db) => db.EventSessions.CountAsync(session => db.EventSlots.Any(slot => slot.Id == session.SlotId && slot.RunId == run.Id), Ct)));
    }

    [Fact]
    public async Task Change_AnEarlierVersionOrFewerPlacesThanTaken_IsRefused()
    {
        var run = await EventAsync();
        var slot = await app.Given.SlotAsync(run.Id, new(10, 0), 5, 5);
        await ChooseAsync(await PlaceAsync(run, "Una Chooser"), slot, 0);
        await ChooseAsync(await PlaceAsync(run, "Duo Chooser"), slot, 0);
        SessionFacts facts = new(new(10, 0), new(11, 0), "Renamed", null, null, null, 2);

        var (fewer, moved, saved, late) = (
            await ChangeAsync(run.Id, slot.Sessions[0], 0, facts with { Capacity = 1 }),
            await ChangeAsync(run.Id, slot.Sessions[0], 0, facts with { Begins = new(9, 30), Ends = new(10, 0) }),
            await ChangeAsync(run.Id, slot.Sessions[0], 0, facts),
            await ChangeAsync(run.Id, slot.Sessions[0], 0, facts with { Title = "Too late" }));

        Assert.Equal(
            (SaveSessionResult.TooFewPlaces, SaveSessionResult.TimesChosen, SaveSessionResult.Saved, SaveSessionResult.ChangedSince), (fewer, moved, saved, late));
    }

    [Fact]
    public async Task Change_TimesOfASessionNobodyChose_MovesItToTheOtherSlot()
    {
        var run = await EventAsync();
        var slot = await app.Given.SlotAsync(run.Id, new(10, 0), 5);

        Assert.Equal(SaveSessionResult.Saved, await ChangeAsync(run.Id, slot.Sessions[0], 0, new(new(10, 0), new(12, 0), "Longer", null, null, null, 5)));
        Assert.Equal(SaveSessionResult.Saved, await ChangeAsync(run.Id, slot.Sessions[0], 1, new(new(11, 0), new(12, 0), "Later", null, null, null, 5)));

        var programme = await app.WithAsync((TrainingHubDb db) => EventProgramme.ReadAsync(db, run.Id, Ct));
        Assert.Equal("11am to midday", Assert.Single(programme.Slots).Times);
    }

    [Fact]
    public async Task Delegate_ChoosesOnTheirOwnPage_AndChangesTheirMind()
    {
        var (page, _, slot, _) = await OwnPageAsync("Mia Chooser");

        var chosen = await page.SubmitAsync(fields => fields[FieldOf(slot)] = $"{slot.Sessions[0]}", "form[action*=essions]");
        Assert.Contains("Your sessions are saved.", chosen.Main);
        Assert.Contains("You have chosen all your sessions.", chosen.Main);
        var changed = await chosen.SubmitAsync(fields => fields[FieldOf(slot)] = $"{slot.Sessions[1]}", "form[action*=essions]");

        Assert.Equal($"{slot.Sessions[1]}", changed.Find("input[type=radio][checked]").GetAttribute("value"));
        Assert.Equal([0, 1], await TakenAsync(slot));
    }

    [Fact]
    public async Task Delegate_ChoosesAFullSession_IsToldAndKeepsWhatTheyHad()
    {
        var (page, run, slot, place) = await OwnPageAsync("Noah Chooser", 1, 5);
        await ChooseAsync(place, slot, 1);
        await ChooseAsync(await PlaceAsync(run, "Quick Chooser"), slot, 0);

        var refused = await (await page.Browser.GetAsync(page.Address)).SubmitAsync(fields => fields[FieldOf(slot)] = $"{slot.Sessions[0]}", "form[action*=essions]");

        Assert.StartsWith("“Session 10:00 A” is full. Choose another session for 10am to 11am", Assert.Single(refused.Errors));
        Assert.Equal($"{slot.Sessions[0]}", refused.Find("input[type=radio][checked]").GetAttribute("value"));
        Assert.Equal([1, 1], await TakenAsync(slot));
    }

    [Fact]
    public async Task Delegate_AfterTheLastDay_ReadsWhatTheyChoseAndChoosesNothing()
    {
        var (page, run, slot, place) = await OwnPageAsync("Olga Chooser");
        var open = await page.Browser.GetAsync(page.Address);
        await app.WithAsync((SaveEventPlan save) => save.RunAsync(run.Id, 0, London.DateOf(app.Clock.Now).AddDays(-1), Ann, Ct));

        var late = await open.SubmitAsync(fields => fields[FieldOf(slot)] = $"{slot.Sessions[0]}", "form[action*=essions]");

        Assert.Contains("sessions cannot be chosen any more", late.Main);
        Assert.Contains("You chose no session. Ask the team at the door.", late.Main);
        Assert.Equal(ChooseSessionsResult.Closed, (await ChooseAsync(place, slot, 0)).Result);
    }

    [Fact]
    public async Task Place_CancelledMovedOrSwapped_FreesItsSessions()
    {
        var run = await EventAsync();
        var slot = await app.Given.SlotAsync(run.Id, new(10, 0), 5, 5);
        var made = await app.Given.PlacesAsync(run, new GivenDelegate("Ada Cancels"), new GivenDelegate("Bob Swaps"), new GivenDelegate("Cy Stays"));
        foreach (var one in made)
        {
            await ChooseAsync(one.Place.Id, slot, 0);
        }

        await app.WithAsync((CancelBooking cancel) => cancel.GiveUpAsync(made[0].Place, Ct, 0));
        await app.WithAsync((SwapDelegate swap) => swap.RunAsync(made[1].Booking.Id, made[1].Place.Id, new("Nia New", "nia@new.example", null), Ct, Ann));

        Assert.Equal([1, 0], await TakenAsync(slot));
        Assert.Equal(made[2].Place.Id, await app.WithAsync((TrainingHubDb db) => db.SessionChoices.Where(choice => choice.SlotId == slot.Id).Select(choice => choice.PlaceId).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Remove_ASessionThatSomebodyChose_TellsThemAndLeavesTheirPlace()
    {
        var (page, run, slot, place) = await OwnPageAsync("Pia Chooser", 5, 5, 5);
        await ChooseAsync(place, slot, 0);
        var staff = await app.BrowseAsStaffAsync();
        var preview = await staff.GetAsync($"/staff/dates/{run.Id}/programme/{slot.Sessions[0]}");
        Assert.Contains("1 person has chosen it. They keep their place at the event and are told by email", preview.Main);

        var removed = await preview.SubmitAsync(selector: "form[action*=emove]");

        Assert.Contains("“Session 10:00 A” is removed, and 1 person is told", removed.Text);
        var email = await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.SingleAsync(one => one.Kind == "session-gone", Ct));
        Assert.Equal("pia.chooser@example.org", email.ToAddress);
        Assert.Contains("choose one for each time", (await page.Browser.GetAsync(page.Address)).Main, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(RemoveSessionResult.Unknown, await app.WithAsync((RemoveSession remove) => remove.RunAsync(run.Id, slot.Sessions[0], 0, 1, Ann, Ct)));
    }

    [Fact]
    public async Task Printed_BadgesAndSheets_SayWhoChoseWhat()
    {
        var run = await EventAsync();
        var slot = await app.Given.SlotAsync(run.Id, new(10, 0), 5, 5);
        await ChooseAsync(await PlaceAsync(run, "Sue Chooser"), slot, 0);
        await PlaceAsync(run, "Tim Undecided");
        var staff = await app.BrowseAsStaffAsync();

        var badges = await staff.GetAsync($"/staff/dates/{run.Id}/badges");
        var session = await staff.GetAsync($"/staff/dates/{run.Id}/register/print?session={slot.Sessions[0]}");
        var everybody = await staff.GetAsync($"/staff/dates/{run.Id}/register/print");

        Assert.Equal(["Sue Chooser", "Tim Undecided"], badges.All(".app-badges__name"));
        Assert.Equal(["10am to 11am: Session 10:00 A (Room 1)"], badges.All(".app-badges__sessions li"));
        Assert.Contains("Bluebell Nursery", badges.Main);
        Assert.Equal("Sign-in sheet: Session 10:00 A", session.Heading);
        Assert.Equal(["Sue Chooser"], session.All("tbody th"));
        Assert.Equal(["Sue Chooser", "Tim Undecided"], everybody.All("tbody th"));
    }

    [Fact]
    public async Task Remove_OtherPeopleChoseItSinceThePreview_IsRefused()
    {
        var run = await EventAsync();
        var slot = await app.Given.SlotAsync(run.Id, new(10, 0), 5, 5);
        await ChooseAsync(await PlaceAsync(run, "Rae Chooser"), slot, 0);

        Assert.Equal(RemoveSessionResult.ChangedSince, await app.WithAsync((RemoveSession remove) => remove.RunAsync(run.Id, slot.Sessions[0], 0, 0, Ann, Ct)));
        Assert.Equal([1, 0], await TakenAsync(slot));
    }

    private static string FieldOf(GivenSlot slot) => OwnSessions.FieldOf(slot.Id);

    private async Task<CourseRun> EventAsync() => await app.Given.RunAsync(
        (await app.Given.CourseAsync(kind: CourseKind.Conference, pricePence: 0)).Id, London.DateOf(app.Clock.Now).AddDays(30));

    private async Task<Guid> PlaceAsync(CourseRun run, string name) => (await app.Given.PlacesAsync(run, new GivenDelegate(name)))[0].Place.Id;

    private Task<ChooseSessionsOutcome> ChooseAsync(Guid place, GivenSlot slot, int session) =>
        app.WithAsync((ChooseSessions choose) => choose.RunAsync(place, new Dictionary<Guid, Guid> { [slot.Id] = slot.Sessions[session] }, Ct));

    private Task<SaveSessionResult> ChangeAsync(Guid run, Guid session, int version, SessionFacts facts) =>
        app.WithAsync((SaveSession save) => save.ChangeAsync(run, session, version, facts, Ann, Ct));

    private Task<List<int>> TakenAsync(GivenSlot slot) => app.WithAsync((TrainingHubDb db) =>
        db.EventSessions.Where(session => slot.Sessions.Contains(session.Id)).OrderBy(session => session.Id).Select(session => session.PlacesTaken).ToListAsync(Ct));

    /// <summary>A delegate in a browser that has opened their own page.</summary>
    private async Task<(TestPage Page, CourseRun Run, GivenSlot Slot, Guid Place)> OwnPageAsync(string name, params int?[] capacities)
    {
        var run = await EventAsync();
        var slot = await app.Given.SlotAsync(run.Id, new(10, 0), capacities.Length == 0 ? [5, 5] : capacities);
        var made = (await app.Given.PlacesAsync(run, new GivenDelegate(name)))[0];
        var links = new DelegateLinks(Given.Site, app.Clock.Now);
        var url = new Uri(links.UrlOf(made.Place.Id, PersonKey.Of(made.Person.Email, made.Person.Name), run.EndsAt)).PathAndQuery;
        await app.Given.AddAsync([.. links.Made]);
        return (await app.Browse().GetAsync(url), run, slot, made.Place.Id);
    }
}
