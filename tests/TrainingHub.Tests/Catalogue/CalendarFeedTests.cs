using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Files;
using TrainingHub.Tests.Platform.Calendar;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>The public calendars as a calendar program reads them.</summary>
public sealed class CalendarFeedTests(CatalogueApp app) : IClassFixture<CatalogueApp>
{
    private const string Title = "Siân’s “bruises”; burns, scalds \\ 100% & 👩‍👧: a course for Łódź";
    private const string Venue = "Room 2, Siân’s Hall; behind the church \\ by the harbour, on the first floor, where the lift is";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Course_AroundBothClockChanges_IsReadAtTheRightInstants()
    {
        await ImportAsync(DatesOf("Clocks"));

        var calendar = await ReadAsync("/courses/clocks.ics");

        Assert.Equal("Clocks", calendar.Name);
        Assert.Equal(
            [
                ("2027-03-27T09:30Z", "2027-03-27T12:30Z"), ("2027-03-28T08:30Z", "2027-03-28T11:30Z"),
                ("2027-10-30T18:00Z", "2027-10-30T20:15Z"), ("2027-10-31T19:00Z", "2027-10-31T21:15Z"),
            ],
            calendar.Events.Select(one => ($"{one.StartsAt:yyyy-MM-ddTHH:mmZ}", $"{one.EndsAt:yyyy-MM-ddTHH:mmZ}")));
    }

    [Fact]
    public async Task Course_WithOddLettersInLongLines_IsReadAsItIsCalled()
    {
        await ImportAsync(DatesOf(Title));

        var file = await FileAsync($"/courses/{CourseFinder.SlugOf(Title)}.ics");
        var calendar = await CalendarReader.ReadAsync(file);

        Assert.Contains("\r\n ", file, StringComparison.Ordinal);
        Assert.Equal(4, calendar.Events.Count);
        Assert.All(calendar.Events, one => Assert.Equal((Title, Venue, "CONFIRMED"), (one.Summary, one.Location, one.Status)));
        Assert.All(calendar.Events, one => Assert.EndsWith($"Book or join the waiting list: {one.Url}", one.Description, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Course_WithAMovedAndACancelledDate_KeepsTheirUidsAndRaisesTheirSequence()
    {
        await ImportAsync(DatesOf("Changes"));
        var before = (await ReadAsync("/courses/changes.ics")).Events;

        await ImportAsync(DatesOf("Changes").Replace("2027-03-28;09:30", "2027-03-28;10:00", StringComparison.Ordinal));
        await CancelAsync("Chan-4");
        var after = (await ReadAsync("/courses/changes.ics")).Events;

        Assert.Equal(before.Select(one => one.Uid), after.Select(one => one.Uid));
        Assert.Equal([0, 0, 0, 0], before.Select(one => one.Sequence));
        Assert.Equal([0, 1, 0, 1], after.Select(one => one.Sequence));
        Assert.Equal(["CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED"], after.Select(one => one.Status));
        Assert.Equal(before[1].StartsAt.AddMinutes(30), after[1].StartsAt);
    }

    [Fact]
    public async Task AllCourses_WinterAndSummer_AreTheTimesOfTheProgramme()
    {
        var calendar = await ReadAsync(CatalogueUrls.Calendar);

        var known = await app.WithAsync<TrainingHubDb, List<CourseRun>>(db => db.CourseRuns.AsNoTracking().ToListAsync(Ct));
        var coming = known
            .SelectMany(run => run.EachMeeting.Select((meeting, index) => (Uid: index == 0 ? $"{run.Id}@localhost" : $"{run.Id}-{index + 1}@localhost", Meeting: meeting)))
            .ToDictionary(one => one.Uid, one => one.Meeting);
        Assert.True(calendar.Events.Count >= 135);
        Assert.Equal(calendar.Events.Count, calendar.Events.DistinctBy(one => one.Uid).Count());
        Assert.All(calendar.Events, one => Assert.Equal((coming[one.Uid].StartsAt, coming[one.Uid].EndsAt), (one.StartsAt, one.EndsAt)));
        Assert.Contains(calendar.Events, one => one.StartsAt.Month is 1);
        Assert.Contains(calendar.Events, one => one.StartsAt.Month is 6);
    }

    /// <summary>The last day of winter and the first of summer, the last of summer and the first of winter.</summary>
    private static string DatesOf(string course) =>
        $"""
        course;run_reference;date;start;end;capacity;delivery;venue;area;fee
        "{course}";{course[..4]}-1;2027-03-27;09:30;12:30;20;In person;"{Venue}";BCP;FREE
        "{course}";{course[..4]}-2;2027-03-28;09:30;12:30;20;In person;"{Venue}";BCP;FREE
        "{course}";{course[..4]}-3;2027-10-30;19:00;21:15;20;In person;"{Venue}";BCP;FREE
        "{course}";{course[..4]}-4;2027-10-31;19:00;21:15;20;In person;"{Venue}";BCP;FREE

        """;

    private async Task<ReadCalendar> ReadAsync(string address) => await CalendarReader.ReadAsync(await FileAsync(address));

    // An answer to a search is never the stored one.
    private async Task<string> FileAsync(string address) => (await app.Browse().GetAsync(address + "?q=now")).Text;

    private async Task ImportAsync(string text)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var outcome = await app.WithAsync<ImportProgramme, ImportOutcome>(import => import.RunAsync(file, dryRun: false, Ct));
        Assert.Empty(outcome.Errors);
    }

    private async Task CancelAsync(string reference)
    {
        await using var command = app.Database.CreateCommand("update course_runs set state = 'Cancelled', cancelled_at = $1 where reference = $2");
        command.Parameters.AddWithValue(app.Clock.GetUtcNow());
        command.Parameters.AddWithValue(reference);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Ct));
    }
}
