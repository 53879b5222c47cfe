using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>Payments and what went back of each; what needs attention comes first, so that it cannot be overlooked.</summary>
internal sealed class PaymentsModel(TrainingHubDb db) : PageModel
{
    internal const int PageSize = 50;

    internal static readonly (string Value, string Words)[] Filters =
        [("all", "All payments"), ("attention", "Needs attention"), ("paid", "Paid"), ("waiting", "Not paid yet"), ("refunds", "With a refund")];

    internal sealed record Line(Payment Payment, string Reference, string Course, DateOnly RunsOn, int MoreDates, string Refunded);

    [BindProperty(SupportsGet = true)]
    public string Show { get; set; } = "all";

    // From the query alone: "page" is also the route value that names the Razor page.
    [FromQuery(Name = "page")]
    public int PageNumber { get; set; } = 1;

    public PaymentCounts Counts { get; private set; } = new(0, 0);
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        Counts = await PaymentCounts.ReadAsync(db, ct);
        PageNumber = Math.Clamp(PageNumber, 1, 10_000);
        var rows = await (
            from payment in Chosen()
            join booking in db.Bookings on payment.BookingId equals booking.Id
            let run = (
                from place in db.Places
                join run in db.CourseRuns on place.RunId equals run.Id
                where place.BookingId == booking.Id
                orderby run.StartsAt, run.Id
                select run).First()
            let dates = db.Places.Where(place => place.BookingId == booking.Id).Select(place => place.RunId).Distinct().Count()
            let back = db.Refunds.Where(refund => refund.PaymentId == payment.Id && refund.State == RefundState.Succeeded).Sum(refund => refund.AmountPence)
            orderby payment.Problem != null && payment.ProblemClosedAt == null descending, payment.CreatedAt descending, payment.Id
            select new
            {
                payment,
                booking.Reference,
                Course = db.Courses.Where(course => course.Id == run.CourseId).Select(course => course.Title).First(),
                run.RunsOn,
                dates,
                back,
            }).AsNoTracking().Skip((PageNumber - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        Lines = rows.ConvertAll(row => new Line(
            row.payment, row.Reference, row.Course, row.RunsOn, row.dates - 1, row.back == 0 ? "" : PaymentWords.Amount(row.back, row.payment.ReceivedCurrency)));
    }

    private IQueryable<Payment> Chosen()
    {
        var payments = db.Payments.Where(payment => payment.Provider == PaymentProvider.Stripe);
        return Show switch
        {
            "attention" => payments.Where(payment => payment.Problem != null && payment.ProblemClosedAt == null),
            "paid" => payments.Where(payment => payment.State == PaymentState.Paid),
            "waiting" => payments.Where(payment => payment.State == PaymentState.Pending || payment.State == PaymentState.AwaitingBank),
            "refunds" => payments.Where(payment => db.Refunds.Any(refund => refund.PaymentId == payment.Id)),
            _ => payments,
        };
    }
}
