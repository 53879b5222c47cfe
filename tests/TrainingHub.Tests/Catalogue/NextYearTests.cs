using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>A year copied into drafts of the next, as the plan says it. Each test copies a year of its own, far from the others.</summary>
public sealed class NextYearTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly Actor Ann = new(Guid.NewGuid(), "Ann Coordinator");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-10-14", "2027-10-13")]
    [InlineData("2026-04-01", "2027-04-07")]
    [InlineData("2026-04-02", "2027-04-01")]
    [InlineData("2027-03-31", "2028-03-29")]
    [InlineData("2027-04-01", "2028-04-06")]
    [InlineData("2028-02-29", "2029-02-27")]
    public void Day_OfAnyDate_KeepsItsWeekdayAndFallsIntoTheNextYear(string day, string expected)
    {
        var from = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

        var moved = SameWeekday.In(FinancialYear.Of(from).Next, from);

        Assert.Equal((expected, from.DayOfWeek), (moved.ToString("O"), moved.DayOfWeek));
    }

    [Fact]
    public void Day_EveryOneOfFourYears_FallsIntoTheNextYear()
    {
        for (var day = new DateOnly(2025, 4, 1); day < new DateOnly(2029, 4, 1); day = day.AddDays(1))
        {
            var next = FinancialYear.Of(day).Next;
            var moved = SameWeekday.In(next, day);
            Assert.True(moved >= next.From && moved <= next.To && moved.DayOfWeek == day.DayOfWeek, $"{day:O} → {moved:O}");
        }
    }

    [Fact]
    public async Task Plan_HolidaysAndClashes_ProposesTheNextFreeWeekAndSaysWhy()
    {
        var year = new FinancialYear(2026);
        var course = await app.Given.CourseAsync(pricePence: 5500);
        var venue = await app.Given.VenueAsync("Wareham Hall");
        await app.Given.SchoolHolidayAsync("February half-term", new(2028, 2, 14), new(2028, 2, 18));
        // A Monday whose 52 weeks later is a bank holiday, one in half-term, and one whose venue is taken then.
        var bank = await app.Given.RunAsync(course.Id, new DateOnly(2026, 5, 4));
        var half = await app.Given.RunAsync(course.Id, new DateOnly(2027, 2, 16));
        var clash = await app.Given.RunAtAsync(course.Id, venue.Id, new DateOnly(2026, 9, 9));
        await app.Given.RunAtAsync((await app.Given.CourseAsync()).Id, venue.Id, new DateOnly(2027, 9, 8));

        var plan = await PlanAsync(year);

        Assert.Equal(
            (new DateOnly(2027, 5, 10), "Not Mon 3 May: it is a bank holiday. Moved a week later."),
            Of(plan, bank));
        Assert.Equal(
            (new DateOnly(2028, 2, 22), "Not Tue 15 Feb: it is in the school holidays: February half-term. Moved a week later."),
            Of(plan, half));
        Assert.Equal(
            (new DateOnly(2027, 9, 15), "Not Wed 8 Sept: the venue is taken by another date. Moved a week later."),
            Of(plan, clash));
    }

    [Fact]
    public async Task Plan_DateThatEvades_DoesNotPushItsNeighboursOn()
    {
        var (course, other) = (await app.Given.CourseAsync(pricePence: 5500), await app.Given.CourseAsync(pricePence: 5500));
        var venue = (await app.Given.VenueAsync()).Id;
        await app.Given.SchoolHolidayAsync("Autumn", new(2061, 10, 3), new(2061, 10, 7));
        var evades = await app.Given.RunAtAsync(course.Id, venue, new DateOnly(2060, 10, 5));
        var (stays, beside) = (await app.Given.RunAtAsync(other.Id, venue, new DateOnly(2060, 10, 12)), await app.Given.RunAtAsync(other.Id, venue, new DateOnly(2060, 10, 12)));

        var plan = await PlanAsync(new(2060));

        Assert.Equal((new DateOnly(2061, 10, 11), new DateOnly(2061, 10, 11)), (Of(plan, stays).Day, Of(plan, beside).Day));
        Assert.Equal((new DateOnly(2061, 10, 18), "Not Tue 4 Oct: it is in the school holidays: Autumn. Moved 2 weeks later."), Of(plan, evades));
        Assert.Equal(2, plan.Dates.Count(copy => copy.Trouble == "The venue is taken by another date."));
    }

    [Fact]
    public async Task Plan_SeveralMeetings_MoveTogetherAndEachIsLookedAt()
    {
        var course = await app.Given.CourseAsync(pricePence: 5500);
        await app.Given.SchoolHolidayAsync("Autumn", new(2067, 10, 10), new(2067, 10, 14));
        var (first, second) = (new DateOnly(2066, 10, 5), new DateOnly(2066, 10, 12));
        var facts = new RunFacts(first, Given.Morning, new(12, 30), 20, DeliveryMode.Online, null, null, null, null, null)
        {
            Meetings = Meetings.Of([MeetingOn(first), MeetingOn(second)]),
        };
        await app.WithAsync((AddRuns add) => add.RunAsync(course.Id, [facts], RunState.Scheduled, Ann, Ct));

        var copy = Assert.Single((await PlanAsync(new(2066))).Dates);

        Assert.Equal([new(2067, 10, 18), new(2067, 10, 25)], copy.Facts.EachMeeting.Select(meeting => meeting.On));
        Assert.Equal(["Not Tue 4 Oct: Tuesday 11 October 2067 is in the school holidays: Autumn. Moved 2 weeks later."], copy.Notes);

        static Meeting MeetingOn(DateOnly day) => new(London.Instant(day, Given.Morning), London.Instant(day, new(12, 30)));
    }

    [Fact]
    public async Task Plan_HolidayAtTheYearsEnd_GoesBackAndNotIntoTheYearAfter()
    {
        var course = await app.Given.CourseAsync(pricePence: 5500);
        await app.Given.SchoolHolidayAsync("Long Easter", new(2039, 3, 14), new(2039, 4, 20));
        var run = await app.Given.RunAsync(course.Id, new DateOnly(2038, 3, 24));

        var plan = await PlanAsync(new(2037));

        Assert.Equal((new DateOnly(2039, 3, 9), "Not Wed 23 Mar: it is in the school holidays: Long Easter. Moved 2 weeks earlier."), Of(plan, run));
    }

    [Fact]
    public async Task Plan_CancelledAndArchived_AreLeftOutWithTheReasonAndTheNewFeeIsShown()
    {
        var year = new FinancialYear(2040);
        await app.Given.FeesAsync(new DateOnly(2041, 4, 1), 5250, 7900);
        var course = await app.Given.CourseAsync("Priced by schedule", CourseLength.HalfDay);
        var bare = await app.Given.CourseAsync("Priced by nothing");
        var archived = await app.Given.CourseAsync("Archived", pricePence: 5500);
        var (run, unpriced, old, off) = (
            await app.Given.RunAsync(course.Id, new DateOnly(2040, 6, 5)), await app.Given.RunAsync(bare.Id, new DateOnly(2040, 6, 6)),
            await app.Given.RunAsync(archived.Id, new DateOnly(2040, 6, 7)), await app.Given.RunAsync(course.Id, new DateOnly(2040, 6, 12)));
        await app.WithAsync((TrainingHubDb db) => db.Courses.Where(one => one.Id == archived.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.ArchivedAt, app.Clock.GetUtcNow()), Ct));
        await app.WithAsync((TrainingHub.Bookings.CancelDate cancel) => cancel.RunAsync(off.Id, "Ill", offerOtherDates: false, Ann, Ct));

        var plan = await PlanAsync(year);

        Assert.Equal(
            [(old.Id, "The course is archived."), (off.Id, "The date was cancelled.")],
            plan.LeftOut.Select(one => (one.Date.Id, one.Why)));
        Assert.Equal(5250, plan.Dates.Single(copy => copy.From.Id == run.Id).Price?.Each.Pence);
        Assert.Null(plan.Dates.Single(copy => copy.From.Id == unpriced.Id).Price);
        Assert.False(await app.WithAsync((TrainingHubDb db) => DraftDate.All(db).AnyAsync(draft => draft.CourseId == course.Id, Ct)));
    }

    [Fact]
    public async Task Run_Twice_MakesNothingTwiceAndTakesNoLinkAlong()
    {
        var course = await app.Given.CourseAsync(pricePence: 5500);
        var run = await app.Given.RunAsync(course.Id, new DateOnly(2044, 9, 6));
        await app.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(one => one.Id == run.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.JoiningLink, "https://meet.example/old"), Ct));

        var made = new[] { await CopyAsync(new(2044)), await CopyAsync(new(2044)) };

        Assert.Equal([1, 0], made);
        var copy = await app.WithAsync((TrainingHubDb db) => db.CourseRuns.SingleAsync(one => one.CopiedFromId == run.Id, Ct));
        Assert.Equal((RunState.Draft, new DateOnly(2045, 9, 5), null), (copy.State, copy.RunsOn, copy.JoiningLink));
        Assert.Equal(1, (await PlanAsync(new(2044))).Copied);
    }

    [Fact]
    public async Task Run_TwoAtOnce_TheSecondWaitsAndMakesNothing()
    {
        await app.Given.RunAsync((await app.Given.CourseAsync(pricePence: 5500)).Id, new DateOnly(2050, 9, 6));
        var made = new List<int>();

        await Gate.OvertakeAsync(app.Database, "course_runs", Copy, Copy);

        Assert.Equal([0, 1], made.Order());

        async Task Copy()
        {
            var count = await CopyAsync(new(2050));
            lock (made)
            {
                made.Add(count);
            }
        }
    }

    [Fact]
    public async Task Run_TwoAtOnceWithoutTheLock_MeetAtTheIndex()
    {
        await app.Given.RunAsync((await app.Given.CourseAsync(pricePence: 5500)).Id, new DateOnly(2056, 9, 6));

        var error = await Assert.ThrowsAsync<DbUpdateException>(() => Gate.OvertakeAsync(app.Database, "course_runs", Copy, Copy));

        Assert.Contains("ux_course_runs_", error.InnerException?.Message, StringComparison.Ordinal);

        Task Copy() => Unguarded.WithoutOneAtATimeAsync(() => CopyAsync(new(2056)));
    }

    private static (DateOnly Day, string Notes) Of(NextYearPlan plan, CourseRun run)
    {
        var copy = plan.Dates.Single(one => one.From.Id == run.Id);
        return (copy.Facts.RunsOn, string.Join(' ', copy.Notes));
    }

    private Task<NextYearPlan> PlanAsync(FinancialYear year) => app.WithAsync((CopyProgramme copy) => copy.PlanAsync(year, Ct));

    private Task<int> CopyAsync(FinancialYear year) => app.WithAsync((CopyProgramme copy) => copy.RunAsync(year, Ann, Ct));
}
