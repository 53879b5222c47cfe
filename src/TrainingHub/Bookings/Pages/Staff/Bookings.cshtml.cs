using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

internal sealed record BookingLine(
    Guid Id, string Reference, DateTimeOffset CreatedAt, BookingState State, BookingOrigin Origin, string? BookerName, string? Organisation, string Sector,
    int Places, string? Course, DateOnly? RunsOn, Guid? RunId, int Dates);

[ForStaff(StaffRight.ReadBookings)]
internal sealed class BookingsModel(TrainingHubDb db) : PageModel
{
    private const int PageSize = 25;

    /// <summary>A reference, or part of a name, an email address or an organisation.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public BookingState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public PaymentMethod? Method { get; set; }

    /// <summary>"booked" or "booker", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public IReadOnlyList<BookingLine> Lines { get; private set; } = [];
    public int Total { get; private set; }

    /// <summary>So many match that some are left out.</summary>
    public bool AreTooMany => !string.IsNullOrWhiteSpace(Q) && Total >= FindBookings.Most;
    public int Pages => (Total + PageSize - 1) / PageSize;

    public bool IsFiltered => !string.IsNullOrWhiteSpace(Q) || State is not null || Method is not null;

    public static IReadOnlyList<SelectListItem> States { get; } = [new("Any", ""), .. Enum.GetValues<BookingState>().Select(state => new SelectListItem(BookingWords.State(state), state.ToString()))];

    public static IReadOnlyList<SelectListItem> Methods { get; } = [new("Any", ""), .. Enum.GetValues<PaymentMethod>().Select(method => new SelectListItem(BookingWords.Method(method), method.ToString()))];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await using var transaction = await PlannedAnew.BeginAsync(db, ct);
        var found = Found().Where(booking => (State == null || booking.State == State) && (Method == null || booking.PaymentMethod == Method));
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "bookings", FileOf(await ReadAsync(Ordered(found).Take(ListFile.MostRows), ct)), ct);
        }

        Total = await found.CountAsync(ct);
        Number = Math.Clamp(Number, 1, Math.Max(Pages, 1));
        Lines = await ReadAsync(Ordered(found).Skip((Number - 1) * PageSize).Take(PageSize), ct);
        return Page();
    }

    private IQueryable<Booking> Ordered(IQueryable<Booking> bookings) => Sort switch
    {
        "booked" => bookings.OrderBy(booking => booking.CreatedAt).ThenBy(booking => booking.Id),
        "booker" => bookings.OrderBy(booking => booking.BookerName).ThenBy(booking => booking.Id),
        "-booker" => bookings.OrderByDescending(booking => booking.BookerName).ThenBy(booking => booking.Id),
        _ => bookings.OrderByDescending(booking => booking.CreatedAt).ThenByDescending(booking => booking.Id),
    };

    private Task<List<BookingLine>> ReadAsync(IQueryable<Booking> bookings, CancellationToken ct) =>
        (
            from booking in bookings
            join sector in db.Sectors on booking.SectorId equals sector.Id
            let run = (
                from place in db.Places
                join run in db.CourseRuns on place.RunId equals run.Id
                where place.BookingId == booking.Id
                orderby run.StartsAt, run.Id
                select run).FirstOrDefault()
            let dates = db.Places.Where(place => place.BookingId == booking.Id).Select(place => place.RunId).Distinct().Count()
            select new BookingLine(
                booking.Id,
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
                dates)).ToListAsync(ct);

    private static TextTable FileOf(IReadOnlyList<BookingLine> lines) => new(
        ["reference", "booked_on", "state", "origin", "booked_by", "organisation", "sector", "places", "course", "date", "dates"],
        [.. lines.Select(line => new[]
        {
            line.Reference, London.DateOf(line.CreatedAt).ToString("O", CultureInfo.InvariantCulture), BookingWords.State(line.State), BookingWords.Origin(line.Origin), line.BookerName ?? "", line.Organisation ?? "",
            line.Sector, line.Places.ToString(CultureInfo.InvariantCulture), line.Course ?? "", line.RunsOn?.ToString("O", CultureInfo.InvariantCulture) ?? "", line.Dates.ToString(CultureInfo.InvariantCulture),
        })]);

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
