using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Bookings.Pages.Staff;

internal sealed record BookingLine(
    string Reference, DateTimeOffset CreatedAt, BookingState State, BookingOrigin Origin, string? BookerName, string? Organisation, string Sector,
    int Places, string? Course, DateOnly? RunsOn, Guid? RunId, int Dates);

internal sealed class BookingsModel(TrainingHubDb db) : PageModel
{
    private const int PageSize = 25;
    public const int LongestQuery = 100;

    /// <summary>A reference, or part of a name, an email address or an organisation.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public IReadOnlyList<BookingLine> Lines { get; private set; } = [];
    public int Total { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;

    public static string StateWords(BookingState state) => state switch
    {
        BookingState.Held => "Waiting",
        BookingState.Confirmed => "Confirmed",
        BookingState.Cancelled => "Cancelled",
        BookingState.Expired => "Released",
    };

    public async Task OnGetAsync(CancellationToken ct)
    {
        var found = Found(Q?.Trim());
        Total = await found.CountAsync(ct);
        Number = Math.Clamp(Number, 1, Math.Max(Pages, 1));
        Lines = await (
            from booking in found.OrderByDescending(booking => booking.CreatedAt).ThenByDescending(booking => booking.Id)
            join sector in db.Sectors on booking.SectorId equals sector.Id
            let run = (
                from place in db.Places
                join run in db.CourseRuns on place.RunId equals run.Id
                where place.BookingId == booking.Id
                orderby run.StartsAt, run.Id
                select run).FirstOrDefault()
            let dates = db.Places.Where(place => place.BookingId == booking.Id).Select(place => place.RunId).Distinct().Count()
            select new BookingLine(
                booking.Reference,
                booking.CreatedAt,
                booking.State,
                booking.Origin,
                booking.BookerName,
                booking.OrganisationName,
                sector.Name,
                db.Places.Count(place => place.BookingId == booking.Id),
                run == null ? null : db.Courses.Where(course => course.Id == run.CourseId).Select(course => course.Title).FirstOrDefault(),
                run == null ? null : run.RunsOn,
                run == null ? null : run.Id,
                dates))
            .Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync(ct);
    }

    private IQueryable<Booking> Found(string? query)
    {
        if (query is not { Length: > 0 and <= LongestQuery })
        {
            return query is null or "" ? db.Bookings : db.Bookings.Where(_ => false);
        }

        var reference = Reference.Normalise(query);
        var part = $"%{Escaped(query)}%";
        // Zoe finds Zoë, and OBrien finds O’Brien.
        var name = PersonKey.NameOf(query);
        return db.Bookings.Where(booking => booking.Reference == reference
            || PersonKey.OfColumn(booking.BookerName).Contains(name) || EF.Functions.ILike(booking.BookerEmail!, part)
            || PersonKey.OfColumn(booking.OrganisationName).Contains(name)
            || db.Places.Any(place => place.BookingId == booking.Id && (PersonKey.OfColumn(place.DelegateName).Contains(name)
                || db.People.Any(person => person.Id == place.PersonId && EF.Functions.ILike(person.Email, part)))));
    }

    private static string Escaped(string query) => query
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
