using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>Payments and what went back of each; what needs attention comes first, so that it cannot be overlooked.</summary>
[ForStaff(StaffRight.ReadMoney, Act = [StaffRight.HandleMoney])]
internal sealed class PaymentsModel(TrainingHubDb db) : PageModel
{
    internal const int PageSize = 50;

    internal static readonly (string Value, string Words)[] Filters =
        [("all", "All payments"), ("attention", "Needs attention"), ("paid", "Paid"), ("waiting", "Not paid yet"), ("refunds", "With a refund")];

    internal sealed record Line(Payment Payment, string Reference, string Course, DateOnly RunsOn, int MoreDates, string Refunded, bool IsLeaving);

    [BindProperty(SupportsGet = true)]
    public string Show { get; set; } = "all";

    // From the query alone: "page" is also the route value that names the Razor page.
    [FromQuery(Name = "page")]
    public int PageNumber { get; set; } = 1;

    /// <summary>"made" or "received", with a hyphen before it for the opposite order; usually those with a problem first, then the newest.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public PaymentCounts Counts { get; private set; } = new(0, 0);
    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public int Total { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var chosen = Ordered(Chosen());
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "payments", FileOf(await ReadAsync(chosen.Take(ListFile.MostRows), ct)), ct);
        }

        Counts = await PaymentCounts.ReadAsync(db, ct);
        Total = await chosen.CountAsync(ct);
        PageNumber = Math.Clamp(PageNumber, 1, Math.Max(Pages, 1));
        Lines = await ReadAsync(chosen.Skip((PageNumber - 1) * PageSize).Take(PageSize), ct);
        return Page();
    }

    private async Task<IReadOnlyList<Line>> ReadAsync(IQueryable<Payment> payments, CancellationToken ct)
    {
        var rows = await (
            from payment in payments
            join booking in db.Bookings on payment.BookingId equals booking.Id
            let run = (
                from place in db.Places
                join run in db.CourseRuns on place.RunId equals run.Id
                where place.BookingId == booking.Id
                orderby run.StartsAt, run.Id
                select run).First()
            let dates = db.Places.Where(place => place.BookingId == booking.Id).Select(place => place.RunId).Distinct().Count()
            let back = db.Refunds.Where(refund => refund.PaymentId == payment.Id && refund.State == RefundState.Succeeded).Sum(refund => refund.AmountPence)
            select new
            {
                payment,
                booking.Reference,
                Course = db.Courses.Where(course => course.Id == run.CourseId).Select(course => course.Title).First(),
                run.RunsOn,
                dates,
                back,
                leaving = UnconfirmedRefunds.UnderWay(db).Any(refund => refund.PaymentId == payment.Id),
            }).AsNoTracking().ToListAsync(ct);
        return rows.ConvertAll(row => new Line(
            row.payment, row.Reference, row.Course, row.RunsOn, row.dates - 1, row.back == 0 ? "" : PaymentWords.Amount(row.back, row.payment.ReceivedCurrency), row.leaving));
    }

    private IQueryable<Payment> Ordered(IQueryable<Payment> payments) => Sort switch
    {
        "made" => payments.OrderBy(payment => payment.CreatedAt).ThenBy(payment => payment.Id),
        "-made" => payments.OrderByDescending(payment => payment.CreatedAt).ThenBy(payment => payment.Id),
        "received" => payments.OrderBy(payment => payment.ReceivedAmount).ThenBy(payment => payment.Id),
        "-received" => payments.OrderByDescending(payment => payment.ReceivedAmount ?? 0).ThenBy(payment => payment.Id),
        _ => payments.OrderByDescending(payment => payment.Problem != null && payment.ProblemClosedAt == null).ThenByDescending(payment => payment.CreatedAt).ThenBy(payment => payment.Id),
    };

    private static TextTable FileOf(IReadOnlyList<Line> lines) => new(
        ["booking", "attempt", "course", "date", "state", "made", "received", "refunded", "problem", "dealt_with"],
        [.. lines.Select(line => new[]
        {
            line.Reference, $"{line.Payment.Attempt}", line.Course, line.RunsOn.ToString("O", CultureInfo.InvariantCulture), PaymentWords.State(line.Payment.State), London.Moment(line.Payment.PaidAt ?? line.Payment.CreatedAt),
            line.Payment.ReceivedAmount is null ? "" : PaymentWords.Received(line.Payment), line.Refunded, line.Payment.Problem is { } problem ? PaymentWords.Short(problem) : "",
            line.Payment.Problem is null ? "" : line.Payment.NeedsAttention || line.IsLeaving ? "no" : "yes",
        })]);

    private IQueryable<Payment> Chosen()
    {
        var payments = db.Payments.Where(payment => payment.Provider == PaymentProvider.Stripe);
        return Show switch
        {
            "attention" => payments.Where(payment => OpenProblems.Of(db).Any(open => open.Id == payment.Id)),
            "paid" => payments.Where(payment => payment.State == PaymentState.Paid),
            "waiting" => payments.Where(payment => payment.State == PaymentState.Pending || payment.State == PaymentState.AwaitingBank),
            "refunds" => payments.Where(payment => db.Refunds.Any(refund => refund.PaymentId == payment.Id)),
            _ => payments,
        };
    }
}
