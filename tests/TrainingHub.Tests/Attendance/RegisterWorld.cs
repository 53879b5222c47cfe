using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>A date with people on it.</summary>
internal sealed record BookedRun(Guid Id, string Reference, IReadOnlyList<Guid> Places);

/// <summary>Makes dates with confirmed places for the tests of the register and of the bookings import.</summary>
internal sealed class RegisterWorld(TestApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="on">The day of the date; it is from 9:30 to 12:30.</param>
    /// <param name="names">A confirmed place for each, with the address name@example.org.</param>
    public async Task<BookedRun> RunAsync(
        DateOnly on, string[]? names = null, int capacity = 20, BookingOrigin origin = BookingOrigin.Online, string? needs = null)
    {
        var course = await app.Given.CourseAsync();
        var run = await app.Given.RunAsync(course.Id, on, capacity);
        var places = await app.Given.PlacesAsync(
            run, [.. (names ?? []).Select(name => new GivenDelegate(name) { Origin = origin, AccessNeeds = needs })]);
        return new(run.Id, run.Reference, [.. places.Select(made => made.Place.Id)]);
    }

    public Task<List<AttendanceMark>> MarksAsync(BookedRun run) => app.WithAsync((TrainingHubDb db) =>
        db.AttendanceMarks.AsNoTracking().Where(mark => run.Places.Contains(mark.PlaceId)).ToListAsync(Ct));

    /// <summary>The day that the test clock shows.</summary>
    public DateOnly Today => London.DateOf(app.Clock.Now);
}
