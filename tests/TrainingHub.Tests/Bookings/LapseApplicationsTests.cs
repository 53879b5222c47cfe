using TrainingHub.Bookings;
using TrainingHub.FreePlaces;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>The course begins and nobody has decided on an application for free places.</summary>
public sealed class LapseApplicationsTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lapse_CourseBegins_ReleasesThePlacesAndTellsTheApplicantOnce()
    {
        var (world, run, booking, _) = await AppliedAsync();

        app.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await app.RunJobAsync(nameof(LapseApplications)));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await app.RunJobAsync(nameof(LapseApplications)));
        Assert.Equal(0, await app.RunJobAsync(nameof(LapseApplications)));

        Assert.Equal((0, 0), (await world.PlacesTakenAsync(run), await world.LivePlacesAsync(run)));
        Assert.Equal("Lapsed", await StateAsync(world, booking.Id));
        Assert.Equal(1, await world.SentAsync(booking.Reference, "free-place-lapsed"));
        Assert.Equal(0, await world.SentAsync(booking.Reference, "booking-expired"));
        Assert.Equal(["bea@school.example", "bea@school.example"], await world.MailedAsync(booking.Reference));
    }

    [Fact]
    public async Task Lapse_TenRunsMeetBeforeItIsWritten_LapsesOnce()
    {
        var (world, run, booking, _) = await AppliedAsync();
        await world.BookAsync(run, "other@lapse.example");
        app.Clock.Advance(TimeSpan.FromHours(1));

        await Gate.MeetAsync(app.Database, "places", 10, LapseAsync);

        Assert.Equal(1, await world.PlacesTakenAsync(run));
        Assert.Equal(1, await world.SentAsync(booking.Reference, "free-place-lapsed"));
    }

    /// <summary>The twin: who does not hold the date while they look tells the applicant once more what another is telling them.</summary>
    [Fact]
    public async Task Lapse_WithoutTheLock_TellsTheApplicantTwiceWhenTheyMeet()
    {
        var (world, _, booking, _) = await AppliedAsync();
        app.Clock.Advance(TimeSpan.FromHours(1));

        await Gate.MeetAsync(app.Database, "places", 2, LapseUnlockedAsync);

        Assert.Equal(2, await world.SentAsync(booking.Reference, "free-place-lapsed"));
    }

    [Fact]
    public async Task Lapse_WithoutTheLockInSequence_LapsesOnce()
    {
        var (world, _, booking, _) = await AppliedAsync();
        app.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, await LapseUnlockedAsync());
        Assert.Equal(0, await LapseAsync());
        Assert.Equal(1, await world.SentAsync(booking.Reference, "free-place-lapsed"));
    }

    [Fact]
    public async Task Lapse_DecidedBefore_ChangesNothing()
    {
        var (world, run, booking, application) = await AppliedAsync();
        var staff = await world.StaffAsync();
        await DecideAsync(decide => decide.ApproveAsync(application, new(staff, "Ann Coordinator"), Token));
        app.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, await app.RunJobAsync(nameof(LapseApplications)));

        Assert.Equal(("Approved", 1), (await StateAsync(world, booking.Id), await world.LivePlacesAsync(run)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decide_CourseHasBegun_IsRefused(bool hasJobRun)
    {
        var (world, run, booking, application) = await AppliedAsync();
        var staff = await world.StaffAsync();
        app.Clock.Advance(TimeSpan.FromHours(1));
        if (hasJobRun)
        {
            await app.RunJobAsync(nameof(LapseApplications));
        }

        Assert.Equal(DecideResult.Lapsed, await DecideAsync(decide => decide.ApproveAsync(application, new(staff, "Ann Coordinator"), Token)));
        Assert.Equal(DecideResult.Lapsed, await DecideAsync(decide => decide.DeclineAsync(application, "Too late", new(staff, "Ann Coordinator"), Token)));

        await app.RunJobAsync(nameof(LapseApplications));
        Assert.Equal(("Lapsed", 0), (await StateAsync(world, booking.Id), await world.LivePlacesAsync(run)));
    }

    [Fact]
    public async Task Pages_AfterTheLapse_SaySoToBothSides()
    {
        var (world, _, booking, _) = await AppliedAsync();
        var (staff, applicant) = (app.Browse(), app.Browse());
        await (await staff.GetAsync("/dev")).SubmitAsync(selector: "form[action$='/dev/sign-in']");
        var waiting = await staff.GetAsync("/staff/free-places");
        await applicant.GetAsync(await world.PrivateLinkAsync(booking.Reference));
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.RunJobAsync(nameof(LapseApplications));
        await (await staff.GetAsync("/dev")).SubmitAsync(selector: "form[action$='/dev/sign-in']");

        var refused = await waiting.SubmitAsync(button: "Approve Toddlers");
        var manage = await applicant.GetAsync(BookingUrls.Manage(booking.Reference));

        Assert.Contains("Nothing changed: the course has begun, so this application has lapsed.", refused.Main, StringComparison.Ordinal);
        Assert.Contains("No application waits for a decision.", refused.Main, StringComparison.Ordinal);
        Assert.Contains(
            refused.All("tbody tr"),
            row => row.Contains("Lapsed", StringComparison.Ordinal) && row.Contains("Nobody before the course began", StringComparison.Ordinal)
                && row.Contains($"{booking.Reference}, released", StringComparison.Ordinal));
        Assert.Equal("These places were released", manage.Heading);
        Assert.Contains("The course began before we decided on your application for a free place.", manage.Main, StringComparison.Ordinal);
    }

    /// <summary>One application that waits, for a course in an hour.</summary>
    private async Task<(BookingWorld World, Guid Run, BookedBooking Booking, Guid Application)> AppliedAsync()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 10, TimeSpan.FromHours(1));
        var request = world.Request(run, $"{Guid.NewGuid():N}@lapse.example") with
        {
            OrganisationName = "Toddlers",
            Method = PaymentMethod.FreePlace,
            FreePlace = new(FreePlaceApplicant.UnregisteredCharity, null, "A toddler group"),
        };
        var booking = (await world.BookPlace.RunAsync(request, Token)).Booking!;
        return (world, run, booking, Guid.Parse(await world.TextAsync("select free_place_application_id::text from bookings where id = $1", booking.Id)));
    }

    private static Task<string> StateAsync(BookingWorld world, Guid booking) => world.TextAsync(
        "select a.state from free_place_applications a join bookings b on b.free_place_application_id = a.id where b.id = $1", booking);

    private Task<int> LapseAsync() => app.WithAsync<LapseApplications, int>(job => job.RunAsync(Token));

    private Task<int> LapseUnlockedAsync() => Unguarded.WithoutRowLocksAsync(LapseAsync);

    private Task<DecideResult> DecideAsync(Func<DecideFreePlace, Task<DecideResult>> act) => app.WithAsync(act);
}
