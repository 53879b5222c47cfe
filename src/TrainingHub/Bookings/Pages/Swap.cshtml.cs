using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using TrainingHub.People;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>Gives one place to another person.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class SwapModel(OpenBooking bookings, SwapDelegate swap) : PageModel
{
    [BindProperty]
    public SwapForm Form { get; set; } = new();

    public Booking? Booking { get; private set; }
    public BookedPlace Former { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string reference, Guid place, CancellationToken ct) =>
        await LeadAwayAsync(reference, place, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(string reference, Guid place, CancellationToken ct)
    {
        if (await LeadAwayAsync(reference, place, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (Form.Email is not null && !EmailAddress.IsValid(Form.Email))
        {
            ModelState.AddModelError("Form.Email", "Enter an email address in the correct format, like name@example.com");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var result = await swap.RunAsync(Booking!.Id, place, new(Form.Name!, Form.Email!, Form.AccessNeeds), ct);
        return result switch
        {
            SwapResult.Swapped => Done(reference, $"{Form.Name} now has the place of {Former.Name}."),
            SwapResult.NotALivePlace => Done(reference, "This place was cancelled before."),
            SwapResult.AlreadyOnDate => Refuse("Form.Email", "This person already has a place on this date"),
            SwapResult.RunStarted => Refuse("", "The course has begun, so names cannot be changed here. Contact the training team"),
        };
    }

    private RedirectResult Done(string reference, string notice)
    {
        TempData["Success"] = notice;
        return Redirect(BookingUrls.Manage(reference));
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

        Former = found;
        return null;
    }
}

internal sealed class SwapForm
{
    [Display(Name = "Full name of the new person"), Required(ErrorMessage = "Enter the full name of the new person"), StringLength(Person.NameLength)]
    public string? Name { get; set; }

    [Display(Name = "Their work email address"), Required(ErrorMessage = "Enter their work email address")]
    [DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Email { get; set; }

    [Display(Name = "Access needs (optional)", Description = "For example step-free access, a hearing loop or large print.")]
    [StringLength(Place.AccessNeedsLength)]
    public string? AccessNeeds { get; set; }
}
