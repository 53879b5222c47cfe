using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Tests;

/// <summary>Somebody for whom a past date has a confirmed place, in a booking of its own.</summary>
internal sealed record GivenDelegate(string Name)
{
    public string Email { get; init; } = $"{Name.Replace(' ', '.').ToLowerInvariant()}@example.org";
    public string? AccessNeeds { get; init; }
    public string Sector { get; init; } = "Education";
    public string Area { get; init; } = "BCP";
    public BookingOrigin Origin { get; init; } = BookingOrigin.Online;
    public PaymentMethod Method { get; init; } = PaymentMethod.Free;
    public int PricePence { get; init; }

    /// <summary>The address of whoever booked, if that was somebody else.</summary>
    public string? BookedBy { get; init; }

    /// <summary>For which it was booked; null is one that is known by name alone.</summary>
    public Organisation? For { get; init; }

    /// <summary>Whether the place still says whose it is.</summary>
    public bool IsNamed { get; init; } = true;
}

internal sealed record GivenPlace(Person Person, Booking Booking, Place Place);

internal sealed partial class Given
{
    /// <summary>Confirmed places on a date that may be over, which no command books. People who are known stay themselves.</summary>
    public async Task<IReadOnlyList<GivenPlace>> PlacesAsync(CourseRun run, params GivenDelegate[] delegates)
    {
        await using var db = Db();
        List<GivenPlace> places = [];
        foreach (var given in delegates)
        {
            var key = PersonKey.Of(given.Email, given.Name);
            var person = db.People.Local.FirstOrDefault(known => known.EmailKey == key.Email && known.NameKey == key.Name)
                ?? await db.People.FirstOrDefaultAsync(known => known.EmailKey == key.Email && known.NameKey == key.Name, ct)
                ?? db.Add(NewPerson(given.Name, given.Email, run.StartsAt)).Entity;
            var sector = await db.Sectors.Where(one => one.Name == given.Sector).Select(one => one.Id).SingleAsync(ct);
            var area = await db.Areas.Where(one => one.Name == given.Area).Select(one => one.Id).SingleAsync(ct);
            places.Add(NewPlace(run.Id, person, given, sector, area, run.StartsAt.AddDays(-30), given.For));
        }

        db.AddRange(places.SelectMany(made => new object[] { made.Booking, made.Place }));
        await db.SaveChangesAsync(ct);
        await CountPlacesAsync([run.Id]);
        return places;
    }

    /// <summary>Somebody else at the address of a delegate, with a place on the same date.</summary>
    public async Task<GivenPlace> ColleagueAsync(Guid run, string name, string email)
    {
        await using var db = Db();
        return (await PlacesAsync(await db.CourseRuns.SingleAsync(one => one.Id == run, ct), new GivenDelegate(name) { Email = email }))[0];
    }

    /// <summary>
    /// A booking of one confirmed place, or another place of that booking. The person is saved before, and the date's places are counted
    /// after.
    /// </summary>
    public static GivenPlace NewPlace(
        Guid run, Person person, GivenDelegate given, Guid sector, Guid area, DateTimeOffset bookedAt, Organisation? organisation = null, Booking? booking = null)
    {
        var isNew = booking is null;
        booking ??= new Booking
        {
            Id = Guid.CreateVersion7(),
            Reference = Reference.New(),
            Origin = given.Origin,
            BookerName = given.BookedBy is null ? given.Name : "Bea Booker",
            BookerEmail = given.BookedBy ?? given.Email,
            OrganisationName = organisation?.Name ?? "Bluebell Nursery",
            OrganisationId = organisation?.Id,
            SectorId = sector,
            AreaId = area,
            PaymentMethod = given.Method,
            CreatedAt = bookedAt,
        };
        if (isNew)
        {
            booking.Confirm(bookedAt);
        }

        var place = new Place { Id = Guid.CreateVersion7(), BookingId = booking.Id, RunId = run, CreatedAt = bookedAt };
        place.GiveTo(given.IsNamed ? person.Id : null, given.IsNamed ? given.Name : null, given.AccessNeeds, answer: null);
        place.Charge(new(new Money(given.PricePence), given.Method == PaymentMethod.Free ? "Free" : "Half-day fee"));
        place.Confirm();
        return new(person, booking, place);
    }
}
