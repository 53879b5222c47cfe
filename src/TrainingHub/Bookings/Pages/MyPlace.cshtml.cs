using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Calendar;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>One delegate's own page of a place: when and where, how to join, the calendar file, a wrong name put right, and "I cannot come".</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class MyPlaceModel(
    TrainingHubDb db, PrivateAccess access, SignedInAddress signedIn, CancelBooking cancel, CorrectDelegate correct, TellBookedAlready tell, ChooseSessions choose, DoorCodes codes, TimeProvider clock, IOptions<SiteOptions> site) : PageModel
{
    // No sum that could be due: whoever sends none has seen none.
    private const int Unseen = -1;

    private Person? person;

    [BindProperty]
    [Display(Name = "Full name"), StringLength(Person.NameLength), PlainName]
    public string? Name { get; set; }

    [BindProperty]
    [Display(Name = "Work email address"), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Email { get; set; }

    /// <summary>Null when this browser may not see it, or the place is somebody else's by now.</summary>
    public Place? Place { get; private set; }
    public DateLine Date { get; private set; } = null!;
    public string BookedBy { get; private set; } = "";
    public string? JoiningLink { get; private set; }
    public VenueDetails? Venue { get; private set; }

    /// <summary>What to bring and to do before, as Markdown; null is not said.</summary>
    public string? Preparation { get; private set; }

    /// <summary>To show at the door; null online, and when there is no need to come.</summary>
    public QrCode? DoorCode { get; private set; }

    /// <summary>Null when the date has no programme of sessions, and when there is no need to come.</summary>
    public OwnSessions? Sessions { get; private set; }
    public SiteOptions Site => site.Value;

    public bool IsComing => Place is { State: PlaceState.Confirmed } && Date.State == RunState.Scheduled;

    /// <summary>What stays due of the price if the place is given up now; null when there is no place to give up.</summary>
    public CancelSums? GivingUp { get; private set; }

    public bool HasBegun => Date.StartsAt <= clock.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(Guid place, CancellationToken ct)
    {
        var page = await ShowAsync(place, ct);
        (Name, Email) = (person?.Name, person?.Email);
        return page;
    }

    public async Task<IActionResult> OnGetCalendarAsync(Guid place, CancellationToken ct)
    {
        var page = await ShowAsync(place, ct);
        if (Place is null)
        {
            return page;
        }

        var entry = new CalendarEvent(
            $"{Place.Id}@{site.Value.PublicUrl.Host}", Date.ChangeNumber + Place.CalendarNumber + (IsComing ? 0 : 1), Date.Course, Date.StartsAt, Date.EndsAt,
            JoiningLink ?? Date.WhereForBooker(), JoiningLink is null ? null : $"Join: {JoiningLink}", site.Value.Absolute(CatalogueUrls.Date(Date.Id)), !IsComing);
        var file = CalendarFile.Write(name: null, MeetingEvents.Of(entry, Date), clock.GetUtcNow());
        return File(Encoding.UTF8.GetBytes(file), CalendarFile.ContentType, $"{Date.Slug}.ics");
    }

    /// <summary>Gives the place up, as the booker can, and tells the booker.</summary>
    /// <param name="place"></param>
    /// <param name="due">In pence, what was shown as staying due.</param>
    /// <param name="ct"></param>
    public async Task<IActionResult> OnPostCannotComeAsync(Guid place, int? due, CancellationToken ct)
    {
        var page = await ShowAsync(place, ct);
        if (Place is null)
        {
            return page;
        }

        var result = await cancel.GiveUpAsync(Place, ct, due ?? Unseen);
        if (result == CancelResult.SumChanged)
        {
            TempData["Success"] = "You still have the place: another sum stays due by now. Look at it again.";
            return Redirect(BookingUrls.DelegatePage(place));
        }

        TempData["Success"] = result switch
        {
            CancelResult.Cancelled => $"Thank you for telling us. The place is free for somebody else, and {(BookedBy.Length > 0 ? BookedBy : "the person who booked")} has an email about it.",
            CancelResult.NothingToCancel => "The place was given up before.",
            CancelResult.RunStarted => "The course has begun, so nothing can be changed here.",
            CancelResult.SumChanged => throw new InvalidOperationException("Shown again before."),
        };
        return Redirect(BookingUrls.DelegatePage(place));
    }

    /// <summary>Chooses sessions of the event. A slot that the form does not carry stays as it is.</summary>
    public async Task<IActionResult> OnPostSessionsAsync(Guid place, CancellationToken ct)
    {
        var page = await ShowAsync(place, ct);
        if (Place is null || Sessions is null)
        {
            return page;
        }

        var wanted = new Dictionary<Guid, Guid>();
        foreach (var slot in Sessions.Programme.Slots.Where(slot => slot.IsChoice))
        {
            if (Guid.TryParse(Request.Form[OwnSessions.FieldOf(slot.Id)], out var session))
            {
                wanted[slot.Id] = session;
            }
        }

        var outcome = await choose.RunAsync(place, wanted, ct);
        switch (outcome.Result)
        {
            case ChooseSessionsResult.Chosen:
                TempData["Success"] = $"Your sessions are saved. You can change them {Sessions.ClosesWords}.";
                return Redirect(BookingUrls.DelegatePage(place));
            case ChooseSessionsResult.Full:
                // Read again: who was quicker is counted now.
                Sessions = Sessions.Asking(wanted, await OwnSessions.ReadAsync(db, place, Date, clock.GetUtcNow(), ct));
                foreach (var slot in outcome.FullSlots)
                {
                    ModelState.AddModelError(OwnSessions.FieldOf(slot), $"“{Sessions.TitleOf(slot)}” is full. Choose another session for {Sessions.WhenOf(slot)}. Nothing is saved yet");
                }

                return Page();
            case ChooseSessionsResult.NotComing or ChooseSessionsResult.Closed or ChooseSessionsResult.ProgrammeChanged:
                TempData["Success"] = outcome.Result == ChooseSessionsResult.ProgrammeChanged
                    ? "Nothing was saved: the programme has changed. Look at the sessions again."
                    : "Nothing was saved: sessions cannot be chosen any more.";
                return Redirect(BookingUrls.DelegatePage(place));
            default:
                throw new InvalidOperationException($"{outcome.Result}");
        }
    }

    /// <summary>Puts a misspelt name or address right, on every date of the order that is still to come.</summary>
    public async Task<IActionResult> OnPostCorrectAsync(Guid place, CancellationToken ct)
    {
        var page = await ShowAsync(place, ct);
        if (Place is null)
        {
            return page;
        }

        if (Name is null)
        {
            ModelState.AddModelError(nameof(Name), "Enter your full name");
        }

        this.CheckAddress(nameof(Email), Email, "Enter your work email address");
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var outcome = await correct.RunAsync(Place.BookingId, place, Name!, Email!, ct);
        switch (outcome.Result)
        {
            case DelegateChangeResult.Changed:
                access.Grant(HttpContext, DelegateLink.Purpose, DelegateLink.SubjectOf(place, PersonKey.Of(Email!, Name!)), BookingEmails.LinkExpiry(Date.EndsAt));
                TempData["Success"] = "Thank you. Your name and email address are as you entered them.";
                return Redirect(BookingUrls.DelegatePage(place));
            case DelegateChangeResult.AlreadyOnDate:
                // The person concerned may want to know that somebody asks.
                await tell.RunAsync(Place.RunId, PersonKey.Of(Email!, Name!), ct);
                ModelState.AddModelError("", PlaceTaken.Unsaid(site.Value));
                return Page();
            case DelegateChangeResult.TooManyChanges:
                ModelState.AddModelError("", "Names have been changed many times today. Try again tomorrow, or contact the training team");
                return Page();
            case DelegateChangeResult.RunStarted or DelegateChangeResult.NotALivePlace or DelegateChangeResult.NotPaidYet or DelegateChangeResult.SamePerson
                or DelegateChangeResult.PrerequisiteMissing:
                ModelState.AddModelError("", "Nothing can be changed here any more. Contact the training team");
                return Page();
            default:
                throw new InvalidOperationException($"{outcome.Result}");
        }
    }

    private async Task<IActionResult> ShowAsync(Guid id, CancellationToken ct)
    {
        var place = await db.Places.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, ct);
        person = place is null ? null : await db.People.AsNoTracking().SingleOrDefaultAsync(one => one.Id == place.PersonId, ct);
        if (place is null || person is null
            || (!access.IsGranted(HttpContext, DelegateLink.Purpose, DelegateLink.SubjectOf(id, new(person.EmailKey, person.NameKey)))
                && !await signedIn.IsAsync(HttpContext, person.EmailKey, ct))
            || await BookingSummaries.RunAsync(db, place.RunId, ct) is not { } date)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        (Place, Date) = (place, date);
        var booking = await db.Bookings.AsNoTracking().SingleAsync(one => one.Id == place.BookingId, ct);
        BookedBy = booking.BookerName ?? "";
        GivingUp = IsComing && !HasBegun ? await CancelSums.ReadAsync(db, booking, [place], clock.GetUtcNow(), ct) : null;
        JoiningLink = IsComing ? await db.CourseRuns.Where(run => run.Id == place.RunId).Select(run => run.JoiningLink).FirstOrDefaultAsync(ct) : null;
        DoorCode = IsComing && date.Delivery == DeliveryMode.InPerson && clock.GetUtcNow() < date.EndsAt
            ? QrCode.Of(site.Value.Absolute(BookingUrls.AtDoor(await codes.OfAsync(id, new(person.EmailKey, person.NameKey), ct))))
            : null;
        Sessions = IsComing ? await OwnSessions.ReadAsync(db, id, date, clock.GetUtcNow(), ct) : null;
        Venue = (await VenueDetails.OfRunsAsync(db, [place.RunId], ct)).GetValueOrDefault(place.RunId);
        Preparation = await db.Courses.Where(course => course.Id == date.CourseId).Select(course => course.Bring).SingleAsync(ct);
        return Page();
    }
}
