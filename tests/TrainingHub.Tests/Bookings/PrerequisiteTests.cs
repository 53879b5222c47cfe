using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using Xunit;
using Delegate = TrainingHub.Bookings.Delegate;

namespace TrainingHub.Tests.Bookings;

/// <summary>Who has not done the course that is required before gets no place by any way, unless staff say why.</summary>
public sealed class PrerequisiteTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly Actor Cora = new(Guid.CreateVersion7(), "Cora Coordinator");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(PrerequisiteSaid.NotYet))]
    [InlineData(null)]
    public async Task BookPlace_RequiredAndNotDoneByOne_BooksNobody(string? said)
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Required);
        var run = await asked.RunAsync();
        Delegate[] people = [Person("ann@q1.example", asked.Said(PrerequisiteSaid.WithUs)), Person("ben@q1.example", said is null ? null : asked.Said(Enum.Parse<PrerequisiteSaid>(said)))];

        var outcome = await asked.World.BookPlace.RunAsync(asked.Request(run, people), Ct);

        Assert.Equal((BookPlaceResult.PrerequisiteMissing, run), (outcome.Result, outcome.RunId));
        Assert.Equal((0, 0), (await asked.World.PlacesTakenAsync(run), await asked.World.LivePlacesAsync(run)));
    }

    [Theory]
    [InlineData(nameof(PrerequisiteSaid.WithUs), "May 2024")]
    [InlineData(nameof(PrerequisiteSaid.Elsewhere), "Leeds, 2024")]
    [InlineData(nameof(PrerequisiteSaid.BookedBefore), null)]
    public async Task BookPlace_RequiredAndDone_KeepsWhatWasSaid(string answer, string? detail)
    {
        var said = Enum.Parse<PrerequisiteSaid>(answer);
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Required);
        var run = await asked.RunAsync();

        await app.Given.BookAsync(asked.Request(run, Person("ann@q2.example", asked.Said(said, detail))));

        Assert.Equal(asked.Said(said, detail), await asked.AnswerAsync(run));
    }

    [Fact]
    public async Task BookPlace_AskedOnly_BooksAlsoWhoHasNotDoneIt()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Asked);
        var run = await asked.RunAsync();

        await app.Given.BookAsync(asked.Request(run, Person("ann@q3.example", asked.Said(PrerequisiteSaid.NotYet))));

        Assert.Equal(asked.Said(PrerequisiteSaid.NotYet), await asked.AnswerAsync(run));
    }

    [Fact]
    public async Task BookPlace_AnswerAboutAnotherCourse_IsNone()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Required);
        var run = await asked.RunAsync();

        var outcome = await asked.World.BookPlace.RunAsync(
            asked.Request(run, Person("ann@q4.example", new(asked.Course.Id, PrerequisiteSaid.WithUs, null))), Ct);

        Assert.Equal(BookPlaceResult.PrerequisiteMissing, outcome.Result);
    }

    [Fact]
    public async Task BookPlace_SameFormAfterTheRuleChanged_GivesItsBooking()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Asked);
        var run = await asked.RunAsync();
        var request = asked.Request(run, Person("ann@q5.example", asked.Said(PrerequisiteSaid.NotYet)));
        await app.Given.BookAsync(request);
        await app.WithAsync((TrainingHubDb db) => db.Courses.Where(course => course.Id == asked.Course.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(course => course.PrerequisiteRule, PrerequisiteRule.Required), Ct));

        Assert.Equal(BookPlaceResult.AlreadyBooked, (await asked.World.BookPlace.RunAsync(request, Ct)).Result);
    }

    [Fact]
    public async Task BookForSomebody_WithoutTheCourse_NeedsAReasonThatStaysInHistory()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Required);
        var run = await asked.RunAsync();
        var request = asked.Request(run, Person("ann@q6.example", null)) with { Staff = new(app.Clock.Now) };

        var refused = await BookAsync(request);
        var booked = await BookAsync(request with { Staff = new(app.Clock.Now, WithoutBecause: "Did it at university") });

        Assert.Equal((BookPlaceResult.PrerequisiteMissing, BookPlaceResult.Booked), (refused.Result, booked.Result));
        Assert.Equal("Did it at university", await asked.World.TextAsync(
            "select note from history_entries where record_id = $1 and act = 'Taken without the course to do first'", request.BookingId));
    }

    [Fact]
    public async Task BookForSomebody_ReasonThatNobodyNeeds_IsNotKept()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Required);
        var run = await asked.RunAsync();
        var request = asked.Request(run, Person("ann@q7.example", asked.Said(PrerequisiteSaid.WithUs))) with { Staff = new(app.Clock.Now, WithoutBecause: "Did it at university") };

        await BookAsync(request);

        Assert.Equal(0, await asked.World.CountAsync("select count(*) from history_entries where record_id = $1 and note like 'Did it%'", request.BookingId));
    }

    [Fact]
    public async Task SwapDelegate_NewPersonHasNotDoneIt_IsRefusedUntilStaffSayWhy()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Required);
        var run = await asked.RunAsync();
        var booking = await app.Given.BookAsync(asked.Request(run, Person("ann@q8.example", asked.Said(PrerequisiteSaid.WithUs, "2024"))));
        var place = await asked.PlaceAsync(run);
        var newcomer = Person("ben@q8.example", asked.Said(PrerequisiteSaid.NotYet));

        var refused = await app.WithAsync((SwapDelegate swap) => swap.RunAsync(booking.Id, place, newcomer, Ct));
        var kept = await asked.AnswerAsync(run);
        var byStaff = await app.WithAsync((SwapDelegate swap) => swap.RunAsync(booking.Id, place, newcomer, Ct, Cora, "The only social worker of the team"));

        Assert.Equal((DelegateChangeResult.PrerequisiteMissing, DelegateChangeResult.Changed), (refused.Result, byStaff.Result));
        Assert.Equal(PrerequisiteSaid.WithUs, kept?.Said);
        Assert.Equal(asked.Said(PrerequisiteSaid.NotYet), await asked.AnswerAsync(run));
        Assert.Equal("The only social worker of the team", await asked.World.TextAsync(
            "select note from history_entries where record_id = $1 and act = 'Taken without the course to do first'", booking.Id));
    }

    [Fact]
    public async Task NamePlaces_OneHasNotDoneIt_NamesNobody()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Required);
        var run = await asked.RunAsync();
        var request = asked.Request(run);
        var booking = await app.Given.BookAsync(request with { Dates = [request.Dates[0] with { Unnamed = 2 }] });
        var places = await app.WithAsync((TrainingHubDb db) => db.Places.Where(place => place.RunId == run).Select(place => place.Id).ToListAsync(Ct));
        var people = new Dictionary<Guid, Delegate>
        {
            [places[0]] = Person("ann@q9.example", asked.Said(PrerequisiteSaid.Elsewhere, "Leeds")),
            [places[1]] = Person("ben@q9.example", asked.Said(PrerequisiteSaid.NotYet)),
        };

        var refused = await app.WithAsync((NamePlaces name) => name.RunAsync(booking.Id, people, Ct));
        people[places[1]] = people[places[1]] with { Prerequisite = asked.Said(PrerequisiteSaid.BookedBefore) };
        var left = await asked.World.CountAsync("select count(*) from places where run_id = $1 and awaits_name", run);
        var named = await app.WithAsync((NamePlaces name) => name.RunAsync(booking.Id, people, Ct));

        Assert.Equal((NamePlacesResult.PrerequisiteMissing, (Guid?)places[1]), (refused.Result, refused.PlaceId));
        Assert.Equal((2, NamePlacesResult.Named), (left, named.Result));
        Assert.Equal(2, await asked.World.CountAsync("select count(*) from places where run_id = $1 and prerequisite_said in ('Elsewhere', 'BookedBefore')", run));
    }

    [Fact]
    public async Task MovePlace_ToAnotherDateOfTheCourse_KeepsTheAnswer()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Required);
        var (run, other) = (await asked.RunAsync(), await asked.RunAsync());
        var booking = await app.Given.BookAsync(asked.Request(run, Person("ann@q10.example", asked.Said(PrerequisiteSaid.WithUs, "2024"))));
        var place = await asked.PlaceAsync(run);

        await app.WithAsync((MovePlace move) => move.RunAsync(new(booking.Id, place, other, NewPence: null, Reason: null), Cora, Ct));

        Assert.Equal(asked.Said(PrerequisiteSaid.WithUs, "2024"), await asked.AnswerAsync(other));
    }

    [Fact]
    public async Task ForgetPerson_TakesWhatTheySaidAlong()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Asked);
        var run = await asked.RunAsync();
        await app.Given.BookAsync(asked.Request(run, Person("ann@q11.example", asked.Said(PrerequisiteSaid.Elsewhere, "Leeds"))));
        var person = await app.WithAsync((TrainingHubDb db) => db.People.Where(one => one.Email == "ann@q11.example").Select(one => one.Id).SingleAsync(Ct));
        app.Clock.MoveTo(app.Clock.Now.AddDays(60));

        var result = await app.WithAsync((ForgetPerson forget) => forget.RunAsync(person, Cora, Ct));

        Assert.Equal(ForgetResult.Forgotten, result);
        Assert.Null(await asked.AnswerAsync(run));
    }

    [Fact]
    public void Order_CourseOnAnEarlierDateOfIt_IsNotAskedAbout()
    {
        var (first, update) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var initial = Line(first, day: 1, null);
        var later = Line(update, day: 8, new(first, "Initial", null, IsRequired: true));
        var sooner = Line(update, day: 0, later.Prerequisite);
        var answers = new BookingAnswers { People = [new() { Name = "Ann", Email = "ann@x.example" }, new() { Name = "Ben", Email = "ben@x.example", NotOn = [initial.Id] }] };

        Assert.Equal(["Ben"], PrerequisitesOfOrder.Questions(answers, [initial, later]).Select(question => question.Person.Name));
        Assert.Equal(PrerequisiteSaid.BookedBefore, PrerequisitesOfOrder.AnswerOf(answers.People[0], later, [initial, later])?.Said);
        Assert.Equal(2, PrerequisitesOfOrder.Questions(answers, [sooner, initial]).Count);
    }

    private static DateLine Line(Guid course, int day, Prerequisite? prerequisite)
    {
        var starts = new DateTimeOffset(2027, 3, 1, 9, 0, 0, TimeSpan.Zero).AddDays(day);
        return new()
        {
            Id = Guid.CreateVersion7(),
            CourseId = course,
            Course = "Course",
            Slug = "course",
            Reference = "R",
            StartsAt = starts,
            EndsAt = starts.AddHours(3),
            Meetings = null,
            RunsOn = DateOnly.FromDateTime(starts.Date),
            Slot = RunSlot.Weekday,
            Delivery = DeliveryMode.Online,
            Capacity = 5,
            PlacesTaken = 0,
            PlacesLeft = 5,
            State = RunState.Scheduled,
            ChangeNumber = 0,
            Venue = null,
            Address = null,
            AreaId = null,
            Area = null,
            IsForEveryArea = false,
            Provider = null,
            IsPublic = true,
            Pence = 5500,
            PricedBy = PriceSource.Run,
            Length = null,
            PricedFrom = null,
            Prerequisite = prerequisite,
        };
    }

    private static Delegate Person(string email, PrerequisiteAnswer? answer) => new($"Person {email}", email, null, answer);

    private Task<BookPlaceOutcome> BookAsync(BookPlaceRequest request) => app.WithAsync((BookForSomebody book) => book.RunAsync(request, Cora, Ct));
}
