using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Tests.Catalogue;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>An event of several days has a programme for each; and what is left in each session, as visitors see it.</summary>
public sealed class SessionDaysTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly Actor Ann = new(Guid.CreateVersion7(), "Ann Coordinator");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateOnly First => London.DateOf(app.Clock.Now).AddDays(30);

    [Fact]
    public async Task Staff_PlanTheSecondDay_EverybodyReadsBothDays()
    {
        var run = await EventAsync();
        await app.Given.SlotAsync(run.Id, new(10, 0), 5, 5);
        var staff = await app.BrowseAsStaffAsync();

        var form = await staff.GetAsync($"/staff/dates/{run.Id}/programme/new");
        var saved = await form.SubmitAsync(fields =>
        {
            (fields["Form.Title"], fields["Form.Meeting"], fields["Form.Begins"], fields["Form.Ends"]) = ("Round table", "2", "10:00", "11:00");
        });
        var visitor = await app.ReadAsync($"/dates/{run.Id}");

        Assert.Contains("“Round table” is saved", saved.Text);
        Assert.Equal([London.LongWords(First), London.LongWords(First.AddDays(1))], saved.All("h2.govuk-heading-m").Take(2));
        Assert.Equal([London.LongWords(First), London.LongWords(First.AddDays(1))], visitor.All("h3.govuk-heading-s").Take(2));
        Assert.Contains("Round table", visitor.Main);
        Assert.Contains($"{London.ShortWords(First.AddDays(1))}, 10am to 11am", (await staff.GetAsync($"/staff/dates/{run.Id}")).Main);
    }

    [Theory]
    [InlineData("3", "It must be within the hours of the date on that day")]
    [InlineData("9", "Choose one of the days of the event")]
    public async Task Staff_PlanADayThatTheEventHasNot_AreTold(string meeting, string error)
    {
        var run = await EventAsync();
        var form = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/dates/{run.Id}/programme/new");

        var refused = await form.SubmitAsync(fields =>
        {
            (fields["Form.Title"], fields["Form.Begins"], fields["Form.Ends"]) = ("A", "10:00", "11:00");
            fields.Clear("Form.Meeting");
            fields.Forge("Form.Meeting", meeting);
        });

        Assert.StartsWith(error, Assert.Single(refused.Errors));
    }

    [Fact]
    public async Task Change_ToAnotherDay_MovesTheSessionAndSlotsOfOneDayNeverOverlap()
    {
        var run = await EventAsync();
        var slot = await app.Given.SlotAsync(run.Id, new(10, 0), 5);
        await app.Given.SlotAsync(run.Id, meeting: 2, new(11, 0), 5);
        SessionFacts facts = new(new(10, 0), new(11, 0), "Moved", null, null, null, 5, Meeting: 2);

        var overlapping = await ChangeAsync(run.Id, slot.Sessions[0], 0, facts with { Ends = new(11, 30) });
        var moved = await ChangeAsync(run.Id, slot.Sessions[0], 0, facts);

        Assert.Equal((SaveSessionResult.Overlaps, SaveSessionResult.Saved), (overlapping, moved));
        var programme = await ReadAsync(run.Id);
        Assert.Equal(["10am to 11am", "11am to midday"], Assert.Single(programme.Days).Slots.Select(one => one.Times));
        Assert.Equal(First.AddDays(1), programme.Days.Single().On);
    }

    [Fact]
    public async Task Delegate_ChoosesForEachDay_AndBadgesAndSheetsSayWhichDay()
    {
        var run = await EventAsync();
        GivenSlot[] slots = [await app.Given.SlotAsync(run.Id, new(10, 0), 5, 5), await app.Given.SlotAsync(run.Id, meeting: 2, new(10, 0), 5, 5)];
        var made = (await app.Given.PlacesAsync(run, new GivenDelegate("Dee Days")))[0];
        var links = new DelegateLinks(Given.Site, app.Clock.Now);
        var url = new Uri(links.UrlOf(made.Place.Id, PersonKey.Of(made.Person.Email, made.Person.Name), run.EndsAt)).PathAndQuery;
        await app.Given.AddAsync([.. links.Made]);

        var chosen = await (await app.Browse().GetAsync(url)).SubmitAsync(
            fields =>
            {
                foreach (var slot in slots)
                {
                    fields[OwnSessions.FieldOf(slot.Id)] = $"{slot.Sessions[1]}";
                }
            },
            "form[action*=essions]");
        var staff = await app.BrowseAsStaffAsync();
        var badges = await staff.GetAsync($"/staff/dates/{run.Id}/badges");
        var sheet = await staff.GetAsync($"/staff/dates/{run.Id}/register/print?session={slots[1].Sessions[1]}");
        var everybody = await staff.GetAsync($"/staff/dates/{run.Id}/register/print");

        Assert.Contains("You have chosen all your sessions.", chosen.Main);
        Assert.Equal([London.ShortWords(First), London.ShortWords(First.AddDays(1))], badges.All(".app-badges__day"));
        Assert.Equal(2, badges.All(".app-badges__sessions li").Count);
        Assert.Contains(London.Words(First.AddDays(1)), sheet.Main);
        Assert.Equal(4, sheet.All("thead tr:last-child th").Count);
        Assert.Equal(5, everybody.All("thead tr:last-child th").Count);
    }

    [Fact]
    public async Task Date_LosesADayThatHasSessions_IsRefusedUntilTheyAreRemoved()
    {
        var run = await EventAsync();
        var slot = await app.Given.SlotAsync(run.Id, meeting: 2, new(10, 0), 5);
        var staff = await app.BrowseAsStaffAsync();
        var form = await staff.GetAsync($"/staff/dates/{run.Id}/change");
        Task<TestPage> ShortenAsync() => form.SubmitAsync(fields => (fields["Form.Later[0].Day"], fields["Form.Later[0].Start"], fields["Form.Later[0].End"]) = ("", "", ""));

        var refused = await ShortenAsync();
        await app.WithAsync((RemoveSession remove) => remove.RunAsync(run.Id, slot.Sessions[0], 0, 0, Ann, Ct));
        var done = await ShortenAsync();

        Assert.StartsWith("Sessions are planned for a later meeting", Assert.Single(refused.Errors));
        Assert.Contains("The date is changed.", done.Text);
    }

    [Fact]
    public async Task Remove_OnTheSecondDayOnceTheFirstHasBegun_TellsWhoChoseItWithoutAskingForAnother()
    {
        var run = await EventAsync();
        var slot = await app.Given.SlotAsync(run.Id, meeting: 2, new(10, 0), 5, 5, 5);
        var place = (await app.Given.PlacesAsync(run, new GivenDelegate("Sid Second")))[0].Place.Id;
        await app.WithAsync((ChooseSessions choose) => choose.RunAsync(place, new Dictionary<Guid, Guid> { [slot.Id] = slot.Sessions[0] }, Ct));
        app.Clock.MoveTo(run.StartsAt.AddHours(1));

        Assert.Equal(RemoveSessionResult.Removed, await app.WithAsync((RemoveSession remove) => remove.RunAsync(run.Id, slot.Sessions[0], 0, 1, Ann, Ct)));

        var email = await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.SingleAsync(one => one.Kind == "session-gone" && one.ToAddress == "sid.second@example.org", Ct));
        Assert.False(((SessionGoneEmail)email.Message()).CanChoose);
    }

    [Fact]
    public async Task Visitor_SeesWhatIsLeftInEachSession_WhileItCanBeChosen()
    {
        var run = await EventAsync();
        var slot = await app.Given.SlotAsync(run.Id, new(10, 0), 1, 12, null);
        await app.Given.SlotAsync(run.Id, new(12, 0), 40);
        var place = (await app.Given.PlacesAsync(run, new GivenDelegate("Eve Early")))[0].Place.Id;

        var before = await app.ReadAsync($"/dates/{run.Id}");
        await app.WithAsync((ChooseSessions choose) => choose.RunAsync(place, new Dictionary<Guid, Guid> { [slot.Id] = slot.Sessions[0] }, Ct));
        var after = await app.ReadAsync($"/dates/{run.Id}");
        var onCourse = await app.ReadAsync($"/courses/{await app.WithAsync((TrainingHubDb db) => db.Courses.Where(course => course.Id == run.CourseId).Select(course => course.Slug).SingleAsync(Ct))}");
        await app.WithAsync((SaveEventPlan save) => save.RunAsync(run.Id, 0, London.DateOf(app.Clock.Now).AddDays(-1), Ann, Ct));
        var closed = await app.ReadAsync($"/dates/{run.Id}");

        Assert.Equal(["1 place left", "12 places left"], Left(before));
        Assert.Equal(["Full", "12 places left"], Left(onCourse));
        Assert.Equal(["Full", "12 places left"], Left(after));
        Assert.Empty(Left(closed));
    }

    [Fact]
    public async Task Choose_RingsForPublicPages_OnlyWhereThereIsALimit()
    {
        var run = await EventAsync();
        var slot = await app.Given.SlotAsync(run.Id, new(10, 0), 5, null);
        var place = (await app.Given.PlacesAsync(run, new GivenDelegate("Bel Ringer")))[0].Place.Id;
        await using var listener = await app.Database.OpenConnectionAsync(Ct);
        var received = new List<string>();
        listener.Notification += (_, notification) => received.Add(notification.Channel);
        await ListenAsync("listen places_changed; listen catalogue_changed");

        await app.WithAsync((ChooseSessions choose) => choose.RunAsync(place, new Dictionary<Guid, Guid> { [slot.Id] = slot.Sessions[1] }, Ct));
        await ListenAsync("select 1");
        var unlimited = received.Count;
        await app.WithAsync((ChooseSessions choose) => choose.RunAsync(place, new Dictionary<Guid, Guid> { [slot.Id] = slot.Sessions[0] }, Ct));
        await ListenAsync("unlisten *");

        Assert.Equal(0, unlimited);
        Assert.Equal(["places_changed"], received);

        async Task ListenAsync(string sql)
        {
            await using var command = new Npgsql.NpgsqlCommand(sql, listener);
            await command.ExecuteNonQueryAsync(Ct);
        }
    }

    private static IEnumerable<string> Left(TestPage page) =>
        page.All(".govuk-summary-list p .app-line").Where(line => line == "Full" || line.EndsWith(" left", StringComparison.Ordinal));

    private async Task<CourseRun> EventAsync() =>
        await app.Given.RunOnDaysAsync((await app.Given.CourseAsync(kind: CourseKind.Conference, pricePence: 0)).Id, First, First.AddDays(1));

    private Task<EventProgramme> ReadAsync(Guid run) => app.WithAsync((TrainingHubDb db) => EventProgramme.ReadAsync(db, run, Ct));

    private Task<SaveSessionResult> ChangeAsync(Guid run, Guid session, int version, SessionFacts facts) =>
        app.WithAsync((SaveSession save) => save.ChangeAsync(run, session, version, facts, Ann, Ct));
}
