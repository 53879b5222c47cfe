using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

internal enum MovePrice
{
    Kept,
    New,
}

/// <summary>Moves one person to another date of the course: choose, see what changes and who is told, then do it.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class MovePersonModel(TrainingHubDb db, MovePaidPlace move, TimeProvider clock) : PageModel
{
    private const int MostDates = 60;

    private IReadOnlyList<DateLine> coming = [];
    private BookingSummary summary = null!;

    [BindProperty]
    [Display(Name = "To which date?"), Required(ErrorMessage = "Select the date")]
    public Guid? To { get; set; }

    [BindProperty]
    [Display(Name = "At which price?")]
    public MovePrice Price { get; set; }

    /// <summary>The new price as it was shown; null keeps the place's own.</summary>
    [BindProperty]
    public int? NewPence { get; set; }

    [BindProperty]
    [Display(Name = "Why (optional)", Description = "Those who are told read it. For example “As we agreed on the phone.” No names."), StringLength(CourseRun.ReasonLength)]
    public string? Reason { get; set; }

    public Booking Booking { get; private set; } = null!;
    public Guid PlaceId { get; private set; }
    public string Name { get; private set; } = "";
    public Place Place { get; private set; } = null!;
    public int Pence { get; private set; }
    public DateLine Was { get; private set; } = null!;

    /// <summary>Other coming dates with a place for this booking's sector, also when their booking has closed.</summary>
    public IReadOnlyList<DateLine> Others { get; private set; } = [];
    public int Full => coming.Count - Others.Count;

    /// <summary>People on the waiting list of the date that gets a place free.</summary>
    public int Waiting { get; private set; }

    /// <summary>Set when the move is shown before it is made.</summary>
    public DateLine? Chosen { get; private set; }

    public bool CanChoosePrice => Others.Any(other => other.Price is { } price && MovePaidPlace.CanReprice(Booking, Place, price.Each.Pence));

    public string Told => (Booking.State == BookingState.Confirmed ? summary.DelegatesBesideBooker.Any() : false, Booking.BookerEmail) switch
    {
        (true, not null) => $"{Booking.BookerName}, who booked, and {Name} are told by email at once, with fresh links and the new calendar file.",
        (false, not null) => $"{Booking.BookerName}, who booked, is told by email at once, with a fresh link and the new calendar file.",
        (true, null) => $"{Name} is told by email at once, with a fresh link and the new calendar file.",
        (false, null) => "Nobody is told: no address is known.",
    };

    public string? MoneyWords => NewPence is not { } pence || pence == Pence ? null
        : Booking.PaymentMethod == PaymentMethod.Card ? $"{new Money(Pence - pence)} goes back to the card or account that paid."
        : Booking.PaymentMethod == PaymentMethod.Desk ? $"{new Money(Pence - pence)} is to be paid back by hand. Today asks for it until you record it on the booking."
        : "If an invoice has gone out, a credit note or another invoice follows by itself.";

    /// <summary>It is paid, and dates cost more than was paid: nobody is asked for the rest, so there are two other ways.</summary>
    public bool HasDearer => Booking.PaymentMethod is PaymentMethod.Card or PaymentMethod.Desk && Others.Any(IsDearer);

    private bool IsDearer(DateLine date) => date.Price is { } price && price.Each.Pence > (Place.AlonePence ?? Pence);

    public async Task<IActionResult> OnGetAsync(string reference, Guid place, CancellationToken ct) => await LeadAwayAsync(reference, place, ct) ?? Page();

    /// <summary>Shows the move before it is made.</summary>
    public async Task<IActionResult> OnPostAsync(string reference, Guid place, CancellationToken ct)
    {
        if (await LeadAwayAsync(reference, place, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (To is not null && Others.FirstOrDefault(other => other.Id == To) is null)
        {
            ModelState.AddModelError(nameof(To), "That date has no place any more. Select another");
        }

        if (Price == MovePrice.New && Booking.PaymentMethod is PaymentMethod.Card or PaymentMethod.Desk
            && Others.FirstOrDefault(other => other.Id == To) is { Price: { } price } dearer && IsDearer(dearer))
        {
            ModelState.AddModelError(nameof(Price), $"That date costs {price.Each}, and {new Money(Pence)} was paid. Nobody who has paid is asked for more. Keep the price, or cancel the place and book it anew");
        }

        if (ModelState.IsValid)
        {
            Choose();
        }

        return Page();
    }

    /// <summary>Back from the preview to the dates, as chosen.</summary>
    public async Task<IActionResult> OnPostBackAsync(string reference, Guid place, CancellationToken ct)
    {
        ModelState.Clear();
        return await LeadAwayAsync(reference, place, ct) ?? Page();
    }

    public async Task<IActionResult> OnPostSureAsync(string reference, Guid place, CancellationToken ct)
    {
        var seen = NewPence;
        if (await LeadAwayAsync(reference, place, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!ModelState.IsValid)
        {
            Choose();
            return Page();
        }

        return await move.RunAsync(new(Booking.Id, place, To!.Value, seen, Reason), User.Actor(), ct) switch
        {
            MovePlaceResult.Moved => Done($"{Name} is moved to {Others.FirstOrDefault(other => other.Id == To)?.DayWords ?? "the date that you chose"}."),
            MovePlaceResult.NotALivePlace => Nothing("this place was cancelled before"),
            MovePlaceResult.Begun => Begun(),
            MovePlaceResult.NotPaidYet => Nothing("a card payment is awaited"),
            MovePlaceResult.NotOffered => Refuse("That date cannot be chosen any more. Select another"),
            MovePlaceResult.Full => Refuse("That date has filled up meanwhile. Select another"),
            MovePlaceResult.AlreadyThere => Refuse($"{Name} has a place on that date already. Select another"),
            MovePlaceResult.PriceChanged => Refuse("The price of that date has changed meanwhile. Look at it again"),
        };
    }

    /// <summary>"Poole Civic Centre, 4 places left, £60, booking has closed"</summary>
    public string Hint(DateLine other)
    {
        var left = other.LeftFor(Booking.SectorId, clock.GetUtcNow());
        var price = other.Price is { } set ? $", {set.Each}" : "";
        return $"{other.Where}, {(left == 1 ? "1 place" : $"{left} places")} left{price}{(other.IsClosedAt(clock.GetUtcNow()) ? ", booking has closed" : "")}";
    }

    private void Choose()
    {
        Chosen = Others.FirstOrDefault(other => other.Id == To);
        NewPence = Price == MovePrice.New && Chosen?.Price is { } price && MovePaidPlace.CanReprice(Booking, Place, price.Each.Pence) ? price.Each.Pence : null;
        ModelState.Remove(nameof(NewPence));
    }

    private RedirectResult Done(string notice)
    {
        TempData["Success"] = notice;
        return Redirect(BookingUrls.StaffBooking(Booking.Reference));
    }

    private RedirectResult Begun() => Nothing(
        $"the course has begun, and who came is on its register. If {Name} did not come, mark them as absent there. Then book them on another date; where it is to cost nothing, choose “Free, for a reason”");

    private RedirectResult Nothing(string why)
    {
        TempData["Notice"] = $"Nothing was changed: {why}.";
        return Redirect(BookingUrls.StaffBooking(Booking.Reference));
    }

    private PageResult Refuse(string why)
    {
        ModelState.AddModelError(nameof(To), why);
        return Page();
    }

    private async Task<IActionResult?> LeadAwayAsync(string reference, Guid placeId, CancellationToken ct)
    {
        var (now, wanted) = (clock.GetUtcNow(), Reference.Normalise(reference));
        if (await db.Bookings.AsNoTracking().FirstOrDefaultAsync(booking => booking.Reference == wanted, ct) is not { } found)
        {
            return NotFound();
        }

        (Booking, PlaceId) = (found, placeId);
        var place = await db.Places.AsNoTracking()
            .FirstOrDefaultAsync(one => one.Id == placeId && one.BookingId == found.Id && db.LivePlaces.Any(live => live.Id == one.Id), ct);
        if (place is null || found.AwaitsCardPayment)
        {
            return Nothing(place is null ? "this place is not booked any more" : "a card payment is awaited. Take it over first, or wait for it");
        }

        Place = place;
        summary = await BookingSummaries.ReadAsync(db, found, [place], ct);
        (Was, Name, Pence) = (summary.Run, place.DelegateName ?? (place.AwaitsName ? "Not named yet" : "Name not held"), place.PricePence);
        if (Was.StartsAt <= now)
        {
            return Begun();
        }

        var ids = await DateLines.Coming(db, now).Where(run => run.CourseId == Was.CourseId && run.Id != Was.Id)
            .OrderBy(run => run.StartsAt).Select(run => run.Id).Take(MostDates).ToListAsync(ct);
        coming = await BookingSummaries.RunsForAsync(db, found, ids, ct);
        Others = [.. coming.Where(run => run.LeftFor(found.SectorId, now) > 0)];
        Waiting = await db.WaitingListEntries.Where(WaitingListEntry.IsLive).CountAsync(entry => entry.RunId == Was.Id, ct);
        return null;
    }
}
