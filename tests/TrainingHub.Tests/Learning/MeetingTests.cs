using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Learning;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Learning;

/// <summary>The monthly meeting: minuted in place, closed for good, and what is open carried over by itself.</summary>
public sealed class MeetingTests(TestDatabase databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Meeting_MinutedAndClosed_FixesItsRecordAndCarriesOnWhatIsOpen()
    {
        await using var app = await AppAsync();
        var (late, other) = (await app.Given.ActionAsync(new DateOnly(2026, 10, 1), "The late one"), await app.Given.ActionAsync(new DateOnly(2027, 2, 1), "The other one"));
        var staff = await app.BrowseAsStaffAsync();
        var sheet = await (await staff.GetAsync("/staff/learning")).FollowAsync("Monthly meeting");
        Assert.Contains("This is the first meeting here.", sheet.Main, StringComparison.Ordinal);
        Assert.Equal([$"{late.Number}. The late one", $"{other.Number}. The other one"], sheet.All("tbody th a"));

        var saved = await sheet.SubmitAsync(
            form =>
            {
                form[$"Words[{late.Id}]"] = "Two of four are done.";
                (form["Minutes"], form["Decisions"]) = ("All were there.", "We go on.");
            },
            button: "Save the minutes");
        Assert.Contains("Meeting of 2 November 2026, not closed yet.", saved.Main, StringComparison.Ordinal);
        Assert.Contains("Two of four are done.", saved.Find($"[name='Words[{late.Id}]']").TextContent, StringComparison.Ordinal);
        var record = await saved.SubmitAsync(button: "Close the meeting");

        Assert.Equal("Learning meeting of 2 November 2026", record.Heading);
        Assert.Contains("Two of four are done.", record.Main, StringComparison.Ordinal);
        Assert.Contains("We go on.", record.Main, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromDays(28));
        staff = await app.BrowseAsStaffAsync();
        await (await staff.GetAsync(LearningUrls.ActionAct(late.Id, "done"))).SubmitAsync();
        var next = await staff.GetAsync("/staff/learning/meeting");
        Assert.Contains($"Action {late.Number}: Done by Ann Coordinator", next.Main, StringComparison.Ordinal);
        // The one that was done since stands on the sheet once more, with the other.
        Assert.Equal(2, next.All("tbody tr").Count);
        Assert.DoesNotContain("Two of four are done.", next.Find($"[name='Words[{late.Id}]']").TextContent, StringComparison.Ordinal);
        Assert.Contains("Late", (await staff.GetAsync(record.Address)).Main, StringComparison.Ordinal);
        Assert.Contains("Meeting of 2 November 2026", (await staff.GetAsync("/staff/learning/meetings")).Main, StringComparison.Ordinal);
        Assert.Contains("2 November 2026: Two of four are done.", (await staff.GetAsync(LearningUrls.Action(late.Id))).Main, StringComparison.Ordinal);

        var last = await next.SubmitAsync(button: "Close the meeting");
        Assert.Equal("Learning meeting of 30 November 2026", last.Heading);
        Assert.Equal([$"{other.Number}. The other one"], (await staff.GetAsync("/staff/learning/meeting")).All("tbody th a"));
    }

    [Theory]
    [InlineData("update learning_meetings set minutes = 'Other'")]
    [InlineData("delete from learning_meetings")]
    [InlineData("update meeting_minutes set words = 'Other'")]
    [InlineData("delete from meeting_minutes")]
    public async Task ClosedMinutes_WhoeverChangesThem_AreRefused(string change)
    {
        await using var app = await AppAsync();
        var action = await app.Given.ActionAsync(new DateOnly(2026, 12, 1));
        await app.WithAsync((KeepMinutes keep) => keep.CloseAsync(Typed(app, action.Id, "Said"), Actor.CommandLine, Ct));

        await using var command = app.Database.Owner().CreateCommand(change);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, refused.SqlState);
    }

    [Fact]
    public async Task Minutes_SavedByTwo_TellTheSecondAndKeepWhatTheyTyped()
    {
        await using var app = await AppAsync();
        var staff = await app.BrowseAsStaffAsync();
        var (slow, fast) = (await staff.GetAsync("/staff/learning/meeting"), await staff.GetAsync("/staff/learning/meeting"));
        await fast.SubmitAsync(form => form["Minutes"] = "The first.", button: "Save the minutes");

        var page = await slow.SubmitAsync(form => form["Minutes"] = "The second.", button: "Save the minutes");

        Assert.Contains("Somebody saved or closed this meeting while you had it open", page.Errors[0], StringComparison.Ordinal);
        Assert.Contains("The second.", page.Find("[name=Minutes]").TextContent, StringComparison.Ordinal);
        Assert.Equal("The first.", await app.WithAsync((TrainingHubDb db) => db.LearningMeetings.Select(meeting => meeting.Minutes).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Meeting_OpenedByTwoAtOnce_IsOne()
    {
        await using var app = await AppAsync();
        var outcomes = new List<EditOutcome>();

        await Gate.MeetAsync(app.Database, "learning_meetings", 2, async () =>
        {
            var outcome = await app.WithAsync((KeepMinutes keep) => keep.SaveAsync(Typed(app, Guid.NewGuid(), null), Actor.CommandLine, Ct));
            lock (outcomes)
            {
                outcomes.Add(outcome);
            }
        });

        Assert.Equal([EditOutcome.Saved, EditOutcome.ChangedSince], outcomes.Order());
    }

    [Fact]
    public async Task Minutes_TooLongOrWithoutADay_SaySoAtTheirPlace()
    {
        await using var app = await AppAsync();
        var action = await app.Given.ActionAsync(new DateOnly(2026, 12, 1));
        var sheet = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/learning/meeting");

        var page = await sheet.SubmitAsync(
            form =>
            {
                form[$"Words[{action.Id}]"] = new string('x', MeetingMinute.WordsLength + 1);
                (form["HeldOn.Day"], form["HeldOn.Month"], form["HeldOn.Year"]) = ("", "", "");
            },
            button: "Save the minutes");

        Assert.Equal(["Enter the day of the meeting", $"The minute of action {action.Number} must be {MeetingMinute.WordsLength} characters or fewer"], page.Errors.Order(StringComparer.Ordinal));
    }

    private static TypedMinutes Typed(TestApp app, Guid action, string? words) =>
        new(Guid.CreateVersion7(), 0, London.DateOf(app.Clock.Now), null, null, new Dictionary<Guid, string?> { [action] = words });

    private async Task<TestApp> AppAsync()
    {
        var app = new TestApp(await databases.CreateAsync());
        _ = app.Services;
        return app;
    }
}
