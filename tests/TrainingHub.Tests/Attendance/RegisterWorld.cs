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
    private static int _number;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="on">The day of the date; it is from 9:30 to 12:30.</param>
    /// <param name="names">A confirmed place for each, with the address name@example.org.</param>
    public async Task<BookedRun> RunAsync(
        DateOnly on, string[]? names = null, int capacity = 20, BookingOrigin origin = BookingOrigin.Online, string? needs = null)
    {
        var number = Interlocked.Increment(ref _number);
        await using var scope = app.Scope();
        var db = scope.ServiceProvider.GetRequiredService<TrainingHubDb>();
        var startsAt = London.Instant(on, new TimeOnly(9, 30));
        var course = new Course { Id = Guid.CreateVersion7(), Slug = $"neglect-{number}", Title = $"Neglect {number}" };
        var run = new CourseRun
        {
            Id = Guid.CreateVersion7(),
            Reference = $"NEG-{number}",
            CourseId = course.Id,
            StartsAt = startsAt,
            EndsAt = startsAt.AddHours(3),
            RunsOn = on,
            Slot = CourseRun.SlotOf(on, new TimeOnly(9, 30)),
            Capacity = capacity,
            Delivery = DeliveryMode.Online,
        };
        db.AddRange(course, run);
        List<Guid> places = [];
        foreach (var name in names ?? [])
        {
            places.Add(await PlaceAsync(db, run, name, origin, needs));
        }

        await db.SaveChangesAsync(Ct);
        await db.CourseRuns.Where(known => known.Id == run.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(known => known.PlacesTaken, places.Count), Ct);
        return new(run.Id, run.Reference, places);
    }

    public Task<List<AttendanceMark>> MarksAsync(BookedRun run) => app.WithAsync((TrainingHubDb db) =>
        db.AttendanceMarks.AsNoTracking().Where(mark => run.Places.Contains(mark.PlaceId)).ToListAsync(Ct));

    /// <summary>The day that the test clock shows.</summary>
    public DateOnly Today => London.DateOf(app.Clock.Now);

    private static async Task<Guid> PlaceAsync(TrainingHubDb db, CourseRun run, string name, BookingOrigin origin, string? needs)
    {
        var email = $"{name.Replace(' ', '.').ToLowerInvariant()}@example.org";
        var person = db.People.Local.FirstOrDefault(known => known.EmailKey == email)
            ?? await db.People.FirstOrDefaultAsync(known => known.EmailKey == email, Ct)
            ?? db.Add(new Person { Id = Guid.CreateVersion7(), Email = email, EmailKey = email, Name = name, CreatedAt = run.StartsAt }).Entity;
        var booking = new Booking
        {
            Id = Guid.CreateVersion7(),
            Reference = Reference.New(),
            Origin = origin,
            BookerName = name,
            BookerEmail = email,
            OrganisationName = "Bluebell Nursery",
            CreatedAt = run.StartsAt.AddDays(-30),
            ConfirmedAt = run.StartsAt.AddDays(-30),
            SectorId = await db.Sectors.Where(sector => sector.Name == "Education").Select(sector => sector.Id).SingleAsync(Ct),
            AreaId = await db.Areas.Where(area => area.Name == "BCP").Select(area => area.Id).SingleAsync(Ct),
            PaymentMethod = PaymentMethod.Free,
            State = BookingState.Confirmed,
        };
        var place = new Place
        {
            Id = Guid.CreateVersion7(),
            BookingId = booking.Id,
            RunId = run.Id,
            PersonId = person.Id,
            DelegateName = name,
            AccessNeeds = needs,
            PricePence = 0,
            PriceRule = "Free",
            State = PlaceState.Confirmed,
            CreatedAt = booking.CreatedAt,
        };
        db.AddRange(booking, place);
        return place.Id;
    }
}
