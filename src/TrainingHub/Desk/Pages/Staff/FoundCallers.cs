using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform.Data;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>What the last order of somebody, or of an organisation, said. Empty when there is none.</summary>
internal sealed record LastOrder(string? Organisation, Guid? OrganisationId, Guid? SectorId, Guid? AreaId, string? BookerName, string? BookerEmail);

internal sealed record Caller(Guid Id, string Name, string Email, LastOrder? Last);

internal sealed record CallersOrganisation(Guid Id, string Name, Guid? SectorId, LastOrder? Last);

/// <summary>Whom staff may mean by part of a name or an address.</summary>
internal sealed record FoundCallers(IReadOnlyList<Caller> People, IReadOnlyList<CallersOrganisation> Organisations)
{
    private const int Most = 6;
    private const int Candidates = 200;

    public bool IsMore => People.Count == Most || Organisations.Count == Most;

    /// <summary>As the search of everything finds them.</summary>
    public static async Task<FoundCallers> FindAsync(TrainingHubDb db, string typed, CancellationToken ct)
    {
        if (SearchText.Of(typed) is not { } text)
        {
            return new([], []);
        }

        await using var transaction = await PlannedAnew.BeginAsync(db, ct);
        var ids = FindPeople.Ids(db, text, Candidates);
        return new(
            await PeopleAsync(db, db.People.Where(person => ids.Contains(person.Id)).OrderBy(person => person.Name).ThenBy(person => person.Id).Take(Most), ct),
            await OrganisationsAsync(
                db, FindNamedOrganisations.Of(db, text, Candidates).OrderByDescending(one => one.IsApproved).ThenBy(one => one.Name).ThenBy(one => one.Id).Take(Most), ct));
    }

    public static async Task<Caller?> PersonAsync(TrainingHubDb db, Guid id, CancellationToken ct) =>
        (await PeopleAsync(db, db.People.Where(person => person.Id == id), ct)).SingleOrDefault();

    public static async Task<CallersOrganisation?> OrganisationAsync(TrainingHubDb db, Guid id, CancellationToken ct) =>
        (await OrganisationsAsync(db, db.Organisations.Where(one => one.Id == id), ct)).SingleOrDefault();

    private static Task<List<Caller>> PeopleAsync(TrainingHubDb db, IQueryable<Person> people, CancellationToken ct) => people
        .Select(person => new Caller(person.Id, person.Name, person.Email, (
            from place in db.Places
            join booking in db.Bookings on place.BookingId equals booking.Id
            where place.PersonId == person.Id
            orderby booking.CreatedAt descending
            select new LastOrder(booking.OrganisationName, booking.OrganisationId, booking.SectorId, booking.AreaId, booking.BookerName, booking.BookerEmail)).FirstOrDefault()))
        .ToListAsync(ct);

    private static Task<List<CallersOrganisation>> OrganisationsAsync(TrainingHubDb db, IQueryable<Organisation> organisations, CancellationToken ct) => organisations
        .Select(one => new CallersOrganisation(one.Id, one.Name, one.SectorId, (
            from booking in db.Bookings
            where booking.OrganisationId == one.Id
            orderby booking.CreatedAt descending
            select new LastOrder(booking.OrganisationName, booking.OrganisationId, booking.SectorId, booking.AreaId, booking.BookerName, booking.BookerEmail)).FirstOrDefault()))
        .ToListAsync(ct);
}
