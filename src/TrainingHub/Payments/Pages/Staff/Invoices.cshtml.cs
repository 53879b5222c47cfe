using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>Invoices as issued. What has been paid of them is not recorded here yet, so an old one is past its date, not unpaid.</summary>
internal sealed class InvoicesModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    internal const int PageSize = 50;

    internal sealed record Line(Invoice Invoice, string Reference, string? Organisation, bool IsCancelled, bool IsOverdue);

    [BindProperty(SupportsGet = true)]
    public string Show { get; set; } = "all";

    // From the query alone: "page" is also the route value that names the Razor page.
    [FromQuery(Name = "page")]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        PageNumber = Math.Clamp(PageNumber, 1, 10_000);
        var today = London.DateOf(clock.GetUtcNow());
        var onlyOverdue = Show == "overdue";
        var rows = await (
            from invoice in db.Invoices
            where !onlyOverdue || invoice.DueOn < today
            join booking in db.Bookings on invoice.BookingId equals booking.Id
            orderby invoice.Number descending
            select new { invoice, booking.Reference, Organisation = booking.OrganisationName ?? booking.BookerName, booking.State })
            .AsNoTracking().Skip((PageNumber - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        Lines = rows.ConvertAll(row => new Line(
            row.invoice, row.Reference, row.Organisation, row.State == BookingState.Cancelled, row.invoice.DueOn < today));
    }
}
