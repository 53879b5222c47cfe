using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Data;

namespace TrainingHub.Desk;

/// <summary>
/// Everything that staff may mean by what they type, a few of each kind. Each part reads a bounded number of rows, whatever the size of
/// the tables: a name that very many have gives some of them, and the page asks for more of it.
/// </summary>
internal sealed partial class SearchEverything(TrainingHubDb db, TimeProvider clock)
{
    /// <summary>Of each kind.</summary>
    public const int Shown = 10;

    // Of which the best are shown.
    private const int Candidates = 100;
    private const int PlacesShown = 3;

    public async Task<FoundEverything> RunAsync(SearchText text, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await PlannedAnew.BeginAsync(db, ct);
        var people = await PeopleAsync(text, now, ct);
        var known = people.Shown.SelectMany(person => person.Places).Select(place => place.Reference).ToList();
        return new(
            people,
            await BookingsAsync(text, known, ct),
            await OrganisationsAsync(text, ct),
            await DatesAsync(text, now, ct),
            await CoursesAsync(text, now, ct),
            await InvoicesAsync(text, ct),
            await LearningAsync(text, ct));
    }

    private async Task<FoundGroup<FoundPerson>> PeopleAsync(SearchText text, DateTimeOffset now, CancellationToken ct)
    {
        var ids = FindPeople.Ids(db, text, Candidates);
        var (whole, turned) = (string.Concat(text.Words), string.Concat(text.Words.Reverse()));
        var rows = await (
            from person in db.People
            where ids.Contains(person.Id) && db.Places.Any(place => place.PersonId == person.Id)
            orderby person.NameKey == whole || person.NameKey == turned || person.EmailKey == text.EmailPart descending,
                db.LivePlaces.Any(place => place.PersonId == person.Id && db.CourseRuns.Any(run => run.Id == place.RunId && run.EndsAt > now)) descending,
                person.NameKey.StartsWith(whole) || person.NameKey.EndsWith(whole) descending,
                person.Name, person.Id
            select new { person.Id, person.Name, person.Email }).Take(Shown + 1).ToListAsync(ct);
        var places = (await PlacesAsync([.. rows.Select(row => row.Id)], now, ct)).ToLookup(place => place.PersonId);
        return FoundGroup<FoundPerson>.Of(rows.ConvertAll(row =>
        {
            var coming = places[row.Id].Where(place => place.IsComing).ToList();
            return new FoundPerson(
                row.Id, row.Name, row.Email, text.IsIn(row.Name) ? "name" : "email address",
                coming.Count > 0 ? [.. coming.Take(PlacesShown)] : [places[row.Id].Last()], Math.Max(0, coming.Count - PlacesShown));
        }));
    }

    private Task<List<FoundPlace>> PlacesAsync(Guid[] people, DateTimeOffset now, CancellationToken ct) => (
        from place in db.Places
        where place.PersonId != null && people.Contains(place.PersonId.Value)
        join run in db.CourseRuns on place.RunId equals run.Id
        join course in db.Courses on run.CourseId equals course.Id
        join booking in db.Bookings on place.BookingId equals booking.Id
        orderby run.StartsAt, place.CreatedAt, place.Id
        select new FoundPlace(
            place.PersonId!.Value, run.Id, course.Title, run.RunsOn,
            run.EndsAt > now && run.State == RunState.Scheduled && db.LivePlaces.Any(live => live.Id == place.Id),
            place.State, booking.Reference, booking.OrganisationName)).ToListAsync(ct);

    private async Task<FoundGroup<FoundBooking>> BookingsAsync(SearchText text, List<string> known, CancellationToken ct)
    {
        var ids = FindBookings.ByBooker(db, text, Candidates);
        var (whole, turned, reference) = (string.Concat(text.Words), string.Concat(text.Words.Reverse()), text.ReferencePart);
        var rows = await (
            from booking in db.Bookings
            where ids.Contains(booking.Id) && !known.Contains(booking.Reference)
            let run = (
                from place in db.Places
                join run in db.CourseRuns on place.RunId equals run.Id
                where place.BookingId == booking.Id
                orderby run.StartsAt, run.Id
                select run).FirstOrDefault()
            orderby booking.Reference == reference descending, booking.BookerKey == whole || booking.BookerKey == turned || booking.BookerEmail == text.EmailPart descending,
                booking.CreatedAt descending, booking.Id
            select new FoundBooking(
                booking.Id, booking.Reference, booking.BookerName, booking.BookerEmail, booking.OrganisationName, booking.State, "",
                db.Courses.Where(course => run != null && course.Id == run.CourseId).Select(course => course.Title).FirstOrDefault(),
                run == null ? null : run.RunsOn,
                db.Places.Count(place => place.BookingId == booking.Id))).Take(Shown + 1).ToListAsync(ct);
        return FoundGroup<FoundBooking>.Of(rows.ConvertAll(row => row with { By = By(row, text) }));
    }

    private static string By(FoundBooking row, SearchText text) => text switch
    {
        _ when row.Reference == text.ReferencePart => "reference",
        _ when text.IsIn(row.BookerName) => "booker’s name",
        { EmailPart: { } email } when row.BookerEmail?.Contains(email, StringComparison.OrdinalIgnoreCase) == true => "booker’s email address",
        _ => "part of the reference",
    };

    private async Task<FoundGroup<FoundOrganisation>> OrganisationsAsync(SearchText text, CancellationToken ct)
    {
        var whole = string.Concat(text.Words);
        var rows = await (
            from organisation in FindNamedOrganisations.Of(db, text, Candidates)
            orderby organisation.SearchKey == whole descending, organisation.SearchKey!.StartsWith(whole) descending, organisation.Name, organisation.Id
            select new FoundOrganisation(
                organisation.Id, organisation.Name,
                db.Sectors.Where(sector => sector.Id == organisation.SectorId).Select(sector => sector.Name).FirstOrDefault(),
                db.Bookings.Count(booking => booking.OrganisationId == organisation.Id), organisation.IsApproved)).Take(Shown + 1).ToListAsync(ct);
        return FoundGroup<FoundOrganisation>.Of(rows);
    }
}
