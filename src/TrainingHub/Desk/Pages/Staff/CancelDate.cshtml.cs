using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Before a date is cancelled: who is told, what goes back, which invoices are concerned, and what it says to them.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class CancelDateModel(TrainingHubDb db, CancelDate cancel, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "Why it is cancelled", Description = "Everybody who is told reads it. For example “The trainer is ill.”")]
    [Required(ErrorMessage = "Enter why it is cancelled"), StringLength(CourseRun.ReasonLength)]
    public string? Reason { get; set; }

    [BindProperty]
    [Display(Name = "What happens to the places?"), Required(ErrorMessage = "Select what happens to the places")]
    public bool? OfferOtherDates { get; set; }

    public DateLine Date { get; private set; } = null!;
    public PeopleTold Told { get; private set; } = null!;
    public Money ByCard { get; private set; }
    public IReadOnlyList<string> Invoiced { get; private set; } = [];

    /// <summary>Other dates of the course with free places.</summary>
    public int OtherDates { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct) =>
        !await ReadAsync(run, ct) ? NotFound() : Date.State == RunState.Scheduled && clock.GetUtcNow() < Date.StartsAt ? Page() : Redirect(BookingUrls.StaffDate(run));

    [StepUp]
    public async Task<IActionResult> OnPostAsync(Guid run, CancellationToken ct)
    {
        if (!await ReadAsync(run, ct))
        {
            return NotFound();
        }

        if (!ModelState.IsValid || Reason is null)
        {
            return Page();
        }

        TempData["Success"] = await cancel.RunAsync(run, Reason, OfferOtherDates == true, User.Actor(), ct) switch
        {
            CancelDateResult.Cancelled => Told.IsAnybody ? $"The date is cancelled. {Told.Words} told by email." : "The date is cancelled.",
            CancelDateResult.AlreadyCancelled => "The date was cancelled before. Nothing was sent again.",
            CancelDateResult.Begun or CancelDateResult.NotFound => "Nothing was changed: the course has begun.",
        };
        return Redirect(BookingUrls.StaffDate(run));
    }

    private async Task<bool> ReadAsync(Guid run, CancellationToken ct)
    {
        if (await DateLines.FindAsync(db, run, ct) is not { } date)
        {
            return false;
        }

        (Date, Told) = (date, await PeopleTold.ReadAsync(db, run, ct));
        ByCard = new(await (
            from money in db.PlaceMoney
            join place in db.LivePlaces on money.PlaceId equals place.Id
            where place.RunId == run
            select money.PaidPence - money.RefundedPence - money.LeavingPence - money.KeptPence - money.DisputedPence).SumAsync(ct));
        Invoiced = await (
            from invoice in db.Invoices
            join booking in db.Bookings on invoice.BookingId equals booking.Id
            where db.LivePlaces.Any(place => place.BookingId == booking.Id && place.RunId == run)
            orderby invoice.Number
            select invoice).Select(invoice => invoice.NumberWords).ToListAsync(ct);
        OtherDates = await DateLines.Bookable(db, clock.GetUtcNow(), places: 1).CountAsync(one => one.CourseId == date.CourseId && one.Id != run, ct);
        return true;
    }
}
