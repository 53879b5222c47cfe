using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform.Email;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>What the last order of somebody, or of an organisation, said. Empty when there is none.</summary>
internal sealed record LastOrder(string? Organisation, Guid? SectorId, Guid? AreaId, string? BookerName, string? BookerEmail);

internal sealed record FoundPerson(Guid Id, string Name, string Email, LastOrder? Last);

internal sealed record FoundOrganisation(Guid Id, string Name, Guid? SectorId, LastOrder? Last);

/// <summary>Whom staff may mean by part of a name or an address.</summary>
internal sealed record FoundCallers(IReadOnlyList<FoundPerson> People, IReadOnlyList<FoundOrganisation> Organisations)
{
    private const int Most = 6;

    public bool IsMore => People.Count == Most || Organisations.Count == Most;

    /// <summary>Zoe finds Zoë, and Okafor Amina finds Amina Okafor.</summary>
    public static async Task<FoundCallers> FindAsync(TrainingHubDb db, string typed, CancellationToken ct)
    {
        var address = EmailAddress.KeyOf(typed.Trim());
        string[] words = [.. typed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(PersonKey.NameOf)];
        var people = typed.Contains('@', StringComparison.Ordinal)
            ? db.People.Where(person => person.EmailKey.Contains(address))
            : words.Aggregate(db.People.AsQueryable(), (found, word) => found.Where(person => person.NameKey.Contains(word)));
        var organisations = Organisation.KeyOf(typed).Split(' ').Aggregate(
            db.Organisations.AsQueryable(), (found, word) => found.Where(one => one.NameKey.Contains(word)));
        return new(
            await PeopleAsync(db, people.OrderBy(person => person.Name).ThenBy(person => person.Id).Take(Most), ct),
            await OrganisationsAsync(db, organisations.OrderByDescending(one => one.IsApproved).ThenBy(one => one.Name).Take(Most), ct));
    }

    public static async Task<FoundPerson?> PersonAsync(TrainingHubDb db, Guid id, CancellationToken ct) =>
        (await PeopleAsync(db, db.People.Where(person => person.Id == id), ct)).SingleOrDefault();

    public static async Task<FoundOrganisation?> OrganisationAsync(TrainingHubDb db, Guid id, CancellationToken ct) =>
        (await OrganisationsAsync(db, db.Organisations.Where(one => one.Id == id), ct)).SingleOrDefault();

    private static Task<List<FoundPerson>> PeopleAsync(TrainingHubDb db, IQueryable<Person> people, CancellationToken ct) => people
        .Select(person => new FoundPerson(person.Id, person.Name, person.Email, (
            from place in db.Places
            join booking in db.Bookings on place.BookingId equals booking.Id
            where place.PersonId == person.Id
            orderby booking.CreatedAt descending
            select new LastOrder(booking.OrganisationName, booking.SectorId, booking.AreaId, booking.BookerName, booking.BookerEmail)).FirstOrDefault()))
        .ToListAsync(ct);

    private static Task<List<FoundOrganisation>> OrganisationsAsync(TrainingHubDb db, IQueryable<Organisation> organisations, CancellationToken ct) => organisations
        .Select(one => new FoundOrganisation(one.Id, one.Name, one.SectorId, (
            from booking in db.Bookings
            where booking.OrganisationId == one.Id
            orderby booking.CreatedAt descending
            select new LastOrder(booking.OrganisationName, booking.SectorId, booking.AreaId, booking.BookerName, booking.BookerEmail)).FirstOrDefault()))
        .ToListAsync(ct);
}
