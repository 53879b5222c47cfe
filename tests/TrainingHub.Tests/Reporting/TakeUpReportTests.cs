using TrainingHub.Attendance;
using TrainingHub.Reporting;
using Xunit;

namespace TrainingHub.Tests.Reporting;

/// <summary>Take-up worked out by hand from ten places. It is 2 November 2026.</summary>
public sealed class TakeUpReportTests(TestApp app) : IClassFixture<TestApp>, IAsyncLifetime
{
    // Course and day, name, sector, area, mark. A date of 8 December is to come; a mark that is null is not made yet.
    private static readonly (string Course, DateOnly On, string Name, string Sector, string Area, Mark? Mark)[] Places =
    [
        ("Neglect", new(2026, 10, 6), "Ann One", "Education", "BCP", Mark.Attended),
        ("Neglect", new(2026, 10, 6), "Bob Two", "Education", "BCP", Mark.Part),
        ("Neglect", new(2026, 10, 6), "Cat Three", "Education", "Dorset", Mark.Absent),
        ("Neglect", new(2026, 10, 6), "Dan Four", "Health", "BCP", null),
        ("Online Safety", new(2026, 10, 20), "Eve Five", "Education", "BCP", Mark.Attended),
        ("Online Safety", new(2026, 10, 20), "Fay Six", "Local Authority", "Dorset", Mark.Absent),
        ("Neglect", new(2026, 12, 8), "Gil Seven", "Education", "BCP", null),
        ("Neglect", new(2026, 12, 8), "Hal Eight", "Local Authority", "Dorset", null),
        // The year before: not in the period.
        ("Neglect", new(2026, 3, 31), "Ida Nine", "Education", "BCP", Mark.Absent),
        // On the day itself, before the end: not over yet, though somebody has ticked the door.
        ("Online Safety", new(2026, 11, 2), "Jon Ten", "Police/Probationary Service", "Both", Mark.Attended),
    ];

    // Booked = marked places of dates that are over. Attended = all or part of them. Coming and unmarked are beside it.
    public static TheoryData<string, string, int, int, int, int, string> ByHand => new()
    {
        { "sector", "Education", 4, 3, 1, 0, "75.0" },
        { "sector", "Local Authority", 1, 0, 1, 0, "0.0" },
        { "sector", "Health", 0, 0, 0, 1, "" },
        { "sector", "Police/Probationary Service", 0, 0, 1, 0, "" },
        { "course", "Neglect", 3, 2, 2, 1, "66.7" },
        { "course", "Online Safety", 2, 1, 1, 0, "50.0" },
        { "area", "BCP", 3, 3, 1, 1, "100.0" },
        { "area", "Dorset", 2, 0, 1, 0, "0.0" },
        { "area", "Both", 0, 0, 1, 0, "" },
        { "organisation", "Not known", 5, 3, 3, 1, "60.0" },
    };

    public async ValueTask InitializeAsync()
    {
        if (await app.WithAsync<TrainingHubDb, bool>(db => Task.FromResult(db.Courses.Any())))
        {
            return;
        }

        var given = app.Given;
        foreach (var course in Places.GroupBy(place => place.Course))
        {
            var id = (await given.CourseAsync(course.Key)).Id;
            foreach (var date in course.GroupBy(place => place.On))
            {
                var run = await given.RunAsync(id, date.Key);
                var made = await given.PlacesAsync(run, [.. date.Select(place => new GivenDelegate(place.Name) { Sector = place.Sector, Area = place.Area })]);
                foreach (var (place, marked) in made.Zip(date).Where(pair => pair.Second.Mark is not null))
                {
                    await given.MarkAsync(place.Place.Id, run.EndsAt, marked.Mark!.Value);
                }
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(ByHand))]
    public async Task Row_OfEachGroup_IsAsWorkedOutByHand(string group, string name, int booked, int attended, int coming, int unmarked, string percent)
    {
        var report = await ReadAsync(new("2026/27", null, null, null, null, null));

        Assert.Equal(new TakeUpRow(group, name, booked, attended, coming, unmarked), report.Rows.Single(row => row.Group == group && row.Name == name));
        Assert.Contains(report.Table.Rows, row => row.SequenceEqual([group, name, $"{booked}", $"{attended}", percent]));
        Assert.Equal(ByHand.Count, report.Rows.Count);
    }

    [Fact]
    public async Task Filter_OfSectorAndPeriod_Narrows()
    {
        var report = await ReadAsync(new(null, "2026-10-01", "2026-10-31", "BCP", null, "Education"));

        Assert.Equal(new TakeUpRow("sector", "Education", 3, 3, 0, 0), report.Rows.Single(row => row.Group == "sector"));
    }

    private Task<TakeUpReport> ReadAsync(ReportQuery query) => app.WithAsync<TrainingHubDb, TakeUpReport>(async db =>
    {
        var (filter, _) = await ReportFilter.ReadAsync(db, "take-up", query, TestContext.Current.CancellationToken);
        return await TakeUpReport.ReadAsync(app.Database, filter!, app.Clock.GetUtcNow(), TestContext.Current.CancellationToken);
    });
}
