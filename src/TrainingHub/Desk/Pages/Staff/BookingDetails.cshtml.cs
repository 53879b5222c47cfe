using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Payments;
using TrainingHub.Platform;

namespace TrainingHub.Desk.Pages.Staff;

internal sealed record PlaceRow(
    Guid RunId, string Course, DateOnly RunsOn, string? Name, string? Email, string? AccessNeeds, int PricePence, string PriceRule, PlaceState State, Mark? Mark);

/// <summary>An order to which people were added, or of people who were added to this one.</summary>
internal sealed record LinkedOrder(string Reference, bool IsFirst);

internal sealed record PaymentLine(
    Guid Id, DateTimeOffset CreatedAt, PaymentProvider Provider, PaymentState State, int AmountPence, int? ReceivedAmount, string? ReceivedCurrency, PaymentProblem? Problem);

/// <summary>One booking with its money and attendance, which is why it is in this room.</summary>
internal sealed class BookingDetailsModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    public Booking Booking { get; private set; } = null!;
    public string Sector { get; private set; } = "";
    public string Area { get; private set; } = "";
    public IReadOnlyList<PlaceRow> Places { get; private set; } = [];
    public IReadOnlyList<PaymentLine> Payments { get; private set; } = [];
    public Invoice? Invoice { get; private set; }
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];
    public OwedAndPaid Money { get; private set; }
    public IReadOnlyList<LinkedOrder> Linked { get; private set; } = [];

    /// <summary>Whether people can be added: it has a place on a date that is still to come.</summary>
    public bool CanAdd { get; private set; }

    public IEnumerable<string> PriceRules => Places.Select(place => place.PriceRule).Distinct();

    public static string PlaceWords(PlaceRow place) => place.State switch
    {
        PlaceState.Held => "Not confirmed yet",
        PlaceState.Confirmed => place.Mark is { } mark ? mark.ToString() : "Confirmed",
        PlaceState.Cancelled => "Cancelled",
        PlaceState.Expired => "Released",
    };

    public static string StateWords(PaymentLine payment) =>
        payment.Problem is { } problem ? PaymentWords.Short(problem) : PaymentWords.State(payment.State);

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        var wanted = Reference.Normalise(reference);
        if (await db.Bookings.AsNoTracking().FirstOrDefaultAsync(booking => booking.Reference == wanted, ct) is not { } found)
        {
            return NotFound();
        }

        Booking = found;
        Sector = await db.Sectors.Where(sector => sector.Id == found.SectorId).Select(sector => sector.Name).SingleAsync(ct);
        Area = await db.Areas.Where(area => area.Id == found.AreaId).Select(area => area.Name).SingleAsync(ct);
        Places = await PlacesAsync(found.Id, ct);
        Payments = await db.Payments.Where(payment => payment.BookingId == found.Id)
            .OrderBy(payment => payment.Attempt)
            .Select(payment => new PaymentLine(
                payment.Id, payment.CreatedAt, payment.Provider, payment.State, payment.AmountPence, payment.ReceivedAmount, payment.ReceivedCurrency, payment.Problem))
            .ToListAsync(ct);
        Invoice = await db.Invoices.AsNoTracking().FirstOrDefaultAsync(invoice => invoice.BookingId == found.Id, ct);
        History = await HistoryEntry.AboutAsync(db, [found.Id, .. Payments.Select(payment => payment.Id)], ct);
        Linked = await db.Bookings.Where(other => other.Id == found.AddedToId || other.AddedToId == found.Id)
            .OrderBy(other => other.CreatedAt).Select(other => new LinkedOrder(other.Reference, other.Id == found.AddedToId)).ToListAsync(ct);
        CanAdd = await DateLines.Coming(db, clock.GetUtcNow()).AnyAsync(run => db.LivePlaces.Any(place => place.BookingId == found.Id && place.RunId == run.Id), ct);
        Money = await PaidSoFar.OfBookingAsync(db, found.Id, ct);
        return Page();
    }

    private Task<List<PlaceRow>> PlacesAsync(Guid booking, CancellationToken ct) => (
        from place in db.Places
        join run in db.CourseRuns on place.RunId equals run.Id
        join course in db.Courses on run.CourseId equals course.Id
        where place.BookingId == booking
        orderby run.StartsAt, place.State, place.DelegateName, place.Id
        select new PlaceRow(
            run.Id,
            course.Title,
            run.RunsOn,
            place.DelegateName,
            db.People.Where(person => person.Id == place.PersonId).Select(person => person.Email).FirstOrDefault(),
            place.AccessNeeds,
            place.PricePence,
            place.PriceRule,
            place.State,
            db.AttendanceMarks.Where(mark => mark.PlaceId == place.Id).Select(mark => (Mark?)mark.Mark).FirstOrDefault())).ToListAsync(ct);
}
