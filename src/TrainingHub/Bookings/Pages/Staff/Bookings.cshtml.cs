using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform.Data;

namespace TrainingHub.Bookings.Pages.Staff;

internal sealed record BookingLine(
    string Reference, DateTimeOffset CreatedAt, BookingState State, BookingOrigin Origin, string? BookerName, string? Organisation, string Sector,
    int Places, string? Course, DateOnly? RunsOn, Guid? RunId, int Dates);

internal sealed class BookingsModel(TrainingHubDb db) : PageModel
{
    private const int PageSize = 25;

    /// <summary>A reference, or part of a name, an email address or an organisation.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public IReadOnlyList<BookingLine> Lines { get; private set; } = [];
    public int Total { get; private set; }

    /// <summary>So many match that some are left out.</summary>
    public bool AreTooMany => !string.IsNullOrWhiteSpace(Q) && Total >= FindBookings.Most;
    public int Pages => (Total + PageSize - 1) / PageSize;

    public async Task OnGetAsync(CancellationToken ct)
    {
        await using var transaction = await PlannedAnew.BeginAsync(db, ct);
        var found = Found();
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

    /// <summary>All of them, or those that the search of everything finds for the same words.</summary>
    private IQueryable<Booking> Found()
    {
        if (string.IsNullOrWhiteSpace(Q))
        {
            return db.Bookings;
        }

        if (SearchText.Of(Q) is not { } text)
        {
            return db.Bookings.Where(_ => false);
        }

        var ids = FindBookings.Ids(db, text);
        return db.Bookings.Where(booking => ids.Contains(booking.Id));
    }
}
