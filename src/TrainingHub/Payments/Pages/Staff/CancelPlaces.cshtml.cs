using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>Before one place or the whole booking is cancelled: who loses what, who is told, and what becomes of the money.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class CancelPlacesModel(TrainingHubDb db, CancelPlaces cancel, TimeProvider clock) : PageModel
{
    private const int ReasonLength = 300;

    [BindProperty(SupportsGet = true)]
    public Guid? Place { get; set; }

    [BindProperty]
    [Display(Name = "What happens to the money?")]
    public CancelMoney? Money { get; set; }

    /// <summary>One of the policy's reasons.</summary>
    [BindProperty]
    [Display(Name = "If you charge nothing: why?"), StringLength(CancellationPolicy.WaiverLength, ErrorMessage = "Why nothing is charged must be {1} characters or fewer")]
    public string? WaivedFor { get; set; }

    [BindProperty]
    [Display(Name = "Why, for the history", Description = "Staff alone see it. No names. Needed when you decide about money.")]
    [StringLength(ReasonLength)]
    public string? Reason { get; set; }

    public static IEnumerable<SelectListItem> NoItems => [];

    public Booking Booking { get; private set; } = null!;
    public CancelPreview Preview { get; private set; } = null!;

    /// <summary>With the places that would be cancelled.</summary>
    public BookingSummary Summary { get; private set; } = null!;
    public Invoice? Invoice { get; private set; }

    /// <summary>People on the waiting lists of these dates.</summary>
    public int Waiting { get; private set; }

    /// <summary>There is money to decide about: paid, or due by the policy.</summary>
    public bool AsksForMoney => Preview.Pence > 0 || Preview.DuePence > 0;

    public string PolicySays => Preview.Sums switch
    {
        { Policy: null } => "The booking was made before there was a policy: it costs nothing to cancel.",
        { IsMovedByUs: true } => "We moved the date after it was booked: it costs nothing to cancel.",
        { DuePence: 0 } => "Nothing stays due.",
        { DuePence: var due, NextChangeAt: { } next } => $"{new Money(due)} stays due until the end of {CancellationWords.LastDay(next)}, then more.",
        { DuePence: var due } => $"{new Money(due)} stays due.",
    };

    private bool IsWhole => Preview.Ending.Count == Preview.Locked.LivePlaces.Count;

    public string Question => Place is not null ? $"Cancel the place of {Summary.Names[0]}?" : IsWhole ? "Cancel the whole booking?" : "Cancel all places to come?";

    public string Act => Summary.PlaceCount == 1 ? "Cancel the place" : $"Cancel {Summary.PlaceCount} places";

    public string Told
    {
        get
        {
            var others = Booking.State == BookingState.Confirmed ? Summary.DelegatesBesideBooker.Count() : 0;
            var booker = Booking.BookerEmail is null ? null : $"{Booking.BookerName}, who booked";
            var people = others switch { 0 => null, 1 => "the delegate", _ => $"{others} delegates" };
            return (booker, people) switch
            {
                (null, null) => "Nobody: no address is known.",
                ({ } one, null) => $"{one}, by email in two minutes.",
                (null, { } some) => $"{char.ToUpperInvariant(some[0])}{some[1..]}, by email in two minutes.",
                ({ } one, { } some) => $"{one}, and {some}, by email in two minutes.",
            };
        }
    }

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        var page = await ShowAsync(reference, ct);
        if (page is PageResult && Preview.DuePence > 0 && !Preview.IsDisputed)
        {
            Money = CancelMoney.Policy;
        }

        return page;
    }

    [StepUp]
    public async Task<IActionResult> OnPostAsync(string reference, int pence, int due, CancellationToken ct)
    {
        var page = await ShowAsync(reference, ct);
        if (page is not PageResult)
        {
            return page;
        }

        if (AsksForMoney && Money is null)
        {
            ModelState.AddModelError(nameof(Money), "Select what happens to the money");
        }

        if (Preview.Pence > 0 && Money is CancelMoney.Refund or CancelMoney.Keep && Reason is null)
        {
            ModelState.AddModelError(nameof(Reason), "Enter why, for the history");
        }

        var reasons = Preview.Sums.Policy?.WaiverReasons ?? [];
        if (Preview.DuePence > 0 && Money is CancelMoney.Refund && !reasons.Contains(WaivedFor))
        {
            ModelState.AddModelError(nameof(WaivedFor), "Select why nothing is charged");
        }

        if (!ModelState.IsValid)
        {
            return page;
        }

        var order = new CancelOrder(Booking.Id, Place, Money ?? CancelMoney.Policy, pence, Reason, due, Money is CancelMoney.Refund ? WaivedFor : null);
        return await AnswerAsync(reference, await cancel.RunAsync(order, User.Actor(), ct), ct);
    }

    private async Task<IActionResult> AnswerAsync(string reference, CancelPlacesResult result, CancellationToken ct)
    {
        switch (result)
        {
            case CancelPlacesResult.Cancelled:
                TempData["Success"] = Done();
                break;
            case CancelPlacesResult.NothingToCancel:
                TempData["Notice"] = "It was cancelled before. Nothing was sent again.";
                break;
            case CancelPlacesResult.RunStarted:
                TempData["Notice"] = "Nothing was changed: the course has begun.";
                break;
            case CancelPlacesResult.Changed:
                ModelState.AddModelError("", "The booking or its money has changed since you opened this page. Look at it again before you decide");
                return await ShowAsync(reference, ct);
            default:
                throw new InvalidOperationException("Unknown result.");
        }

        return Redirect(BookingUrls.StaffBooking(Booking.Reference));
    }

    private string Done()
    {
        var sum = new Money(Preview.Pence);
        var places = Summary.PlaceCount == 1 ? "The place is cancelled." : $"{Summary.PlaceCount} places are cancelled.";
        var due = Preview.DuePence == 0 ? "" : $" {new Money(Preview.DuePence)} {(Money == CancelMoney.Refund ? "is waived" : "stays due")}.";
        return Preview.Pence == 0 ? places + due : Money switch
        {
            CancelMoney.Policy when Preview.BackPence == 0 => places + due,
            CancelMoney.Policy when Preview.IsByHand => $"{places}{due} {new Money(Preview.BackPence)} is recorded as paid back: pay it back the way it came.",
            CancelMoney.Policy => $"{places}{due} The refund of {new Money(Preview.BackPence)} goes to Stripe in a few minutes.",
            CancelMoney.Refund when Preview.IsByHand => $"{places}{due} {sum} is recorded as paid back: pay it back the way it came.",
            CancelMoney.Refund => $"{places}{due} The refund of {sum} goes to Stripe in a few minutes.",
            CancelMoney.Keep => $"{places} {sum} is kept.",
            CancelMoney.Later or null => $"{places} What becomes of {sum} is still to be decided.",
        };
    }

    private async Task<IActionResult> ShowAsync(string reference, CancellationToken ct)
    {
        var wanted = Reference.Normalise(reference);
        if (await db.Bookings.AsNoTracking().FirstOrDefaultAsync(booking => booking.Reference == wanted, ct) is not { } found)
        {
            return NotFound();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var payments = await db.Payments.AsNoTracking().Where(payment => payment.BookingId == found.Id).ToListAsync(ct);
        if (await cancel.PreviewAsync(found.Id, Place, payments, clock.GetUtcNow(), ct) is not { Ending.Count: > 0 } preview)
        {
            TempData["Notice"] = "Nothing is left here that could be cancelled.";
            return Redirect(BookingUrls.StaffBooking(found.Reference));
        }

        (Booking, Preview) = (found, preview);
        Summary = await BookingSummaries.ReadAsync(db, found, preview.Ending, ct);
        Invoice = await db.Invoices.AsNoTracking().Where(invoice => invoice.BookingId == found.Id).OrderByDescending(invoice => invoice.Number).FirstOrDefaultAsync(ct);
        var runs = preview.Ending.Select(place => place.RunId).ToList();
        Waiting = await db.WaitingListEntries.Where(WaitingListEntry.IsLive).CountAsync(entry => runs.Contains(entry.RunId), ct);
        return Page();
    }
}
