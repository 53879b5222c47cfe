using System.Net;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using TrainingHub.Tests.Attendance;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>How a course was, answered by the code in the room: for a place that is named, or for nobody.</summary>
public sealed class RoomAnswerTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases);
    private SurveyWorld world = null!;

    private DateOnly Today => London.DateOf(app.Clock.Now);

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new SurveyWorld(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Room_AddressOfAPlaceTwice_IsOneLinkedAnswerAndNoEmailComes()
    {
        var place = await world.AttendedAsync(Today);
        await app.RunJobAsync(nameof(ScheduleEvaluations));
        var first = await SendAsync(place, $" {place.Email.ToUpperInvariant()} ", "8");
        await SendAsync(place, place.Email, "9");
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunJobAsync(nameof(ScheduleEvaluations));
        await app.RunJobAsync(nameof(SendDueSurveys));

        Assert.Equal("Thank you", first.Heading);
        Assert.Equal(1, await world.CountAsync("survey_responses"));
        Assert.Equal(1, await world.CountAsync("survey_links"));
        Assert.Equal("9", await world.ScalarAsync<string>("select label from survey_answers where question_key = 'confidence'"));
        Assert.Equal(InvitationState.Answered, (await world.InvitationAsync(place)).State);
        Assert.Equal(0, await world.EmailsAsync(place, "evaluation"));
    }

    [Theory]
    [InlineData(Mark.Attended)]
    [InlineData(null)]
    internal async Task Room_ReferenceOfABooking_IsLinkedAlsoBeforeTheRegisterIsMarked(Mark? mark)
    {
        var place = await world.AttendedAsync(Today, mark);
        var reference = await world.ScalarAsync<string>($"select reference from bookings join places on places.booking_id = bookings.id where places.id = '{place.PlaceId}'");

        await SendAsync(place, reference.ToLowerInvariant(), "8");
        await app.RunJobAsync(nameof(ScheduleSurveys));

        Assert.Equal(1, await world.CountAsync("survey_links"));
        Assert.Equal((SurveyMoment.End, InvitationState.Answered), await StateAsync(place));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nobody@example.org")]
    [InlineData("ZZZZ9999")]
    public async Task Room_NobodyThatIsBooked_IsStoredWithoutALinkAndAnsweredAlike(string? who)
    {
        var place = await world.AttendedAsync(Today);
        var known = await SendAsync(place, place.Email, "8");
        await world.DoAsync("delete from survey_comments; delete from survey_links; delete from survey_responses; delete from survey_invitations");

        var page = await SendAsync(place, who, "8");

        Assert.Equal(known.Main, page.Main);
        Assert.Equal(0, await world.CountAsync("survey_links"));
        Assert.Equal(0, await world.CountAsync("survey_invitations"));
        Assert.Equal(1, await world.CountAsync($"survey_responses where origin = 'Room' and run_id = '{place.RunId}' and area_id is null and sector_id is null"));
    }

    [Fact]
    public async Task Room_AddressOfTwoPeople_NamesNeither()
    {
        var place = await world.AttendedAsync(Today);
        var run = await app.WithAsync((TrainingHubDb db) => db.CourseRuns.FindAsync(place.RunId).AsTask());
        await app.Given.PlacesAsync(run!, new GivenDelegate("Somebody Else") { Email = place.Email, IsNamed = true });

        await SendAsync(place, place.Email, "8");

        Assert.Equal(0, await world.CountAsync("survey_links"));
        Assert.Equal(1, await world.CountAsync("survey_responses where origin = 'Room'"));
    }

    [Fact]
    public async Task Room_UnnamedAnswer_SaysTheWeekAlone()
    {
        app.Clock.Advance(TimeSpan.FromDays(2));
        var place = await world.AttendedAsync(Today);

        await SendAsync(place, null, "8");

        Assert.Equal(DayOfWeek.Wednesday, Today.DayOfWeek);
        Assert.Equal(1, await world.CountAsync("survey_responses where origin = 'Room' and extract(isodow from submitted_on) = 1"));
    }

    [Fact]
    public async Task Room_ProcessDiesBeforeTheAnswer_AnEmailAsksAfterAll()
    {
        var place = await world.AttendedAsync(Today);
        await InviteAloneAsync(place);
        await app.RunJobAsync(nameof(ScheduleEvaluations));
        Assert.Equal(InvitationState.Sent, (await world.InvitationAsync(place)).State);

        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunJobAsync(nameof(ScheduleEvaluations));
        await app.RunJobAsync(nameof(SendDueSurveys));

        Assert.Equal(1, await world.EmailsAsync(place, "evaluation"));
    }

    [Fact]
    public async Task Room_SameFormTwice_IsStoredOnce()
    {
        var place = await world.AttendedAsync(Today);
        var page = await app.Browse().GetAsync(await AddressAsync(place));
        var fill = await FilledAsync(null, "8");

        await page.SubmitAsync(fill);
        await page.SubmitAsync(fill);

        Assert.Equal(1, await world.CountAsync("survey_responses"));
        Assert.Equal(1, await world.CountAsync("survey_comments"));
    }

    [Theory]
    [InlineData(-4, HttpStatusCode.NotFound)]
    [InlineData(-3, HttpStatusCode.OK)]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(1, HttpStatusCode.NotFound)]
    public async Task Room_CodeOfADateSoManyDaysAway_WorksFromTheDayOnForThreeDays(int days, HttpStatusCode status)
    {
        var place = await world.AttendedAsync(Today.AddDays(days), mark: null);

        var page = await app.Browse().GetAsync(await AddressAsync(place));

        Assert.Equal(status, page.Status);
        Assert.Equal(status == HttpStatusCode.OK ? "How was your course?" : "This code does not work", page.Heading);
        Assert.Empty(page.Response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : []);
    }

    [Fact]
    public async Task Room_QuestionLeftOut_KeepsWhatWasTyped()
    {
        var place = await world.AttendedAsync(Today);

        var page = await (await app.Browse().GetAsync(await AddressAsync(place))).SubmitAsync(form =>
        {
            form["Who"] = "mia@example.org";
            form["Form.MostUseful"] = "The talk";
        });

        Assert.Contains("Select how the pace was", page.Main, StringComparison.Ordinal);
        Assert.Contains("The talk", page.Main, StringComparison.Ordinal);
        Assert.Equal("mia@example.org", page.Find("input[name=Who]").GetAttribute("value"));
        Assert.Equal(0, await world.CountAsync("survey_responses"));
    }

    [Fact]
    public async Task Room_FiveUnnamed_MakeFiguresOnceItIsOverAndLoseTheDate()
    {
        var place = await world.AttendedAsync(Today, mark: null);
        for (var number = 0; number < 5; number++)
        {
            await SendAsync(place, null, "8");
        }

        await app.RunJobAsync(nameof(UnlinkAnswers));
        Assert.Equal(0, await world.CountAsync("date_evaluations"));
        app.Clock.Advance(TimeSpan.FromDays(SurveyTimes.EvaluationOpenDays + 1));
        await app.RunJobAsync(nameof(UnlinkAnswers));
        Assert.Equal(1, await world.CountAsync($"date_evaluations where run_id = '{place.RunId}' and moment = 'End' and responses = 5"));
        Assert.Equal(5, await world.CountAsync("survey_responses where run_id is not null"));
        app.Clock.Advance(TimeSpan.FromDays(SurveyTimes.UnlinkDays));
        await app.RunJobAsync(nameof(UnlinkAnswers));

        Assert.Equal(5, await world.CountAsync("survey_responses where run_id is null and area_id is null and sector_id is null and submitted_within <> 'Day' and origin = 'Room'"));
        Assert.Equal(0, await world.CountAsync("survey_comments where response_id is not null"));
    }

    [Fact]
    public async Task CodePage_OfOwnDate_ShowsTheAddressToItsTrainerAndStaffAlone()
    {
        var doors = new DoorWorld(app);
        var (date, other) = (await doors.DateAsync(), await doors.DateAsync());
        var path = $"/staff/dates/{date.Id}/how";
        var code = await app.WithAsync((DoorCodes codes) => codes.OfDateAsync(date.Id, SurveyWorld.Ct));

        var trainers = await (await doors.TrainerAsync(date)).GetAsync(path);

        Assert.Contains($"/how/{code}", trainers.Main, StringComparison.Ordinal);
        Assert.Contains($"/how/{code}", (await (await app.BrowseAsStaffAsync()).GetAsync(path)).Main, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await doors.TrainerAsync(other)).GetAsync(path)).Status);
        Assert.NotEqual(code, await app.WithAsync((DoorCodes codes) => codes.OfDateAsync(other.Id, SurveyWorld.Ct)));
        Assert.NotNull((await (await doors.TrainerAsync(date)).GetAsync(date.Url)).Document.QuerySelector($"main a[href='{path}']"));
    }

    private async Task<string> AddressAsync(AttendedPlace place) =>
        SurveyUrls.Room(await app.WithAsync((DoorCodes codes) => codes.OfDateAsync(place.RunId, SurveyWorld.Ct)));

    /// <summary>From a phone of its own.</summary>
    // As far as the command comes before it answers.
    private async Task InviteAloneAsync(AttendedPlace place)
    {
        await using var invite = app.Database.CreateCommand(AnswerInRoom.Invite);
        invite.Parameters.AddWithValue("moment", nameof(SurveyMoment.End));
        invite.Parameters.AddWithValue("place", place.PlaceId);
        invite.Parameters.AddWithValue("run", place.RunId);
        invite.Parameters.AddWithValue("version", (await app.Given.AskedAsync(SurveyMoment.End)).Id);
        invite.Parameters.AddWithValue("now", app.Clock.Now);
        invite.Parameters.AddWithValue("closes_at", SurveyTimes.ClosesAt(app.Clock.Now, SurveyMoment.End));
        await invite.ExecuteNonQueryAsync(SurveyWorld.Ct);
    }

    private async Task<TestPage> SendAsync(AttendedPlace place, string? who, string confidence) =>
        await (await app.Browse().GetAsync(await AddressAsync(place))).SubmitAsync(await FilledAsync(who, confidence));

    private async Task<Action<TestForm>> FilledAsync(string? who, string confidence)
    {
        var asked = await app.Given.AskedAsync(SurveyMoment.End);
        return form =>
        {
            form["Form.Confidence"] = $"{asked.Option("confidence", confidence)}";
            form["Form.Knowledge"] = $"{asked.Option("knowledge", "7")}";
            form["Form.Pace"] = form.ValueOf("About right");
            form["Form.MostUseful"] = "The case study";
            form["Who"] = who ?? "";
        };
    }

    private async Task<(SurveyMoment, InvitationState)> StateAsync(AttendedPlace place) =>
        (Enum.Parse<SurveyMoment>(await world.ScalarAsync<string>($"select moment from survey_invitations where place_id = '{place.PlaceId}' and state = 'Answered'")), InvitationState.Answered);
}
