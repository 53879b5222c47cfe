using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>Gives one place to another person, or corrects the name or the address of the one who has it.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class SwapModel(
    OpenBooking bookings, SwapDelegate swap, CorrectDelegate correct, TellBookedAlready tell, TrainingHubDb db, IOptions<SiteOptions> site) : PageModel
{
    [BindProperty]
    public SwapForm Form { get; set; } = new();

    public Booking? Booking { get; private set; }
    public BookedPlace Former { get; private set; } = null!;

    /// <summary>The course about which the new person is asked; null when about none.</summary>
    public Prerequisite? Asked { get; private set; }

    /// <summary>Whoever has the place chose sessions of the event, which the new person chooses anew.</summary>
    public bool HasSessions { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, Guid place, CancellationToken ct)
    {
        if (await LeadAwayAsync(reference, place, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        (Form.CorrectName, Form.CorrectEmail) = (Former.Name, Former.Email);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference, Guid place, CancellationToken ct)
    {
        if (await LeadAwayAsync(reference, place, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        Form.Check(this);
        if (Form.Change == SwapForm.Another && Asked is not null)
        {
            this.Check(Form.Before, "Form.Before", Form.Name ?? "the new person", Asked);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        return Form.Change == SwapForm.Another
            ? await AnswerAsync(
                await swap.RunAsync(Booking!.Id, place, Form.Newcomer(Asked), ct),
                "Form.Name", Form.Name!, Form.Email!, $"{Form.Name} now has the place of {Former.Name}.{await ClashAsync(ct)}")
            : await AnswerAsync(
                await correct.RunAsync(Booking!.Id, place, Form.CorrectName!, Form.CorrectEmail!, ct),
                "Form.CorrectName", Form.CorrectName!, Form.CorrectEmail!, $"We have corrected the name or the email address of {Form.CorrectName}.");
    }

    /// <summary>What else this browser has booked the new person for at the same time.</summary>
    private async Task<string> ClashAsync(CancellationToken ct)
    {
        var runs = await bookings.RunsAsync([Former], ct);
        var clashes = await Clashes.FindAsync(db, runs[0], [PersonKey.Of(Form.Email!, Form.Name!)], ct);
        return string.Concat(clashes.Where(clash => bookings.IsOpen(HttpContext, clash.BookingId)).Select(clash => " " + clash.Words));
    }

    private async Task<IActionResult> AnswerAsync(
        DelegateChangeOutcome outcome, string field, string name, string email, string notice) => outcome.Result switch
        {
            DelegateChangeResult.Changed => Done(notice),
            DelegateChangeResult.NotALivePlace => Done("This place was cancelled before."),
            DelegateChangeResult.SamePerson => Refuse(field, $"{name} has this place. Enter somebody else, or select that it is the same person"),
            DelegateChangeResult.AlreadyOnDate when outcome.OtherBooking is { } other && bookings.IsOpen(HttpContext, other) =>
                Refuse(field, PlaceTaken.By(name)),
            DelegateChangeResult.AlreadyOnDate => await RefuseAndTellAsync(PersonKey.Of(email, name)),
            DelegateChangeResult.PrerequisiteMissing => Refuse("Form.Before.Said", $"{name} must do the course that is required before this one"),
            DelegateChangeResult.RunStarted => Refuse("", "The course has begun, so names cannot be changed here. Contact the training team"),
            DelegateChangeResult.NotPaidYet => Refuse("", "Names can be changed once the booking is paid for"),
            DelegateChangeResult.TooManyChanges => Refuse(
                "", $"The names of this booking have been changed many times today. Try again tomorrow, or contact the training team: {site.Value.ContactEmail}"),
        };

    // The person concerned may want to know that somebody asks.
    private async Task<PageResult> RefuseAndTellAsync(PersonKey person)
    {
        await tell.RunAsync(Former.RunId, person, HttpContext.RequestAborted);
        return Refuse("", PlaceTaken.Unsaid(site.Value));
    }

    private RedirectResult Done(string notice)
    {
        TempData["Success"] = notice;
        return Redirect(BookingUrls.Manage(Booking!.Reference));
    }

    private PageResult Refuse(string field, string why)
    {
        ModelState.AddModelError(field, why);
        return Page();
    }

    private async Task<IActionResult?> LeadAwayAsync(string reference, Guid place, CancellationToken ct)
    {
        Booking = await bookings.FindAsync(HttpContext, reference, ct);
        if (Booking is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        var found = (await bookings.PlacesAsync(Booking, ct)).FirstOrDefault(one => one.Id == place && one.IsLive);
        if (found is null)
        {
            return Redirect(BookingUrls.Manage(Booking.Reference));
        }

        // Nobody is swapped where nobody is named.
        if (found.AwaitsName)
        {
            return Redirect(BookingUrls.Names(Booking.Reference));
        }

        Former = found;
        Asked = await RunPrerequisite.FindAsync(db, found.RunId, ct);
        HasSessions = await db.SessionChoices.AnyAsync(choice => choice.PlaceId == place, ct);
        return null;
    }
}
