using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>Name and address of who booked, and the organisation as it stands on the order.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class BookerModel(TrainingHubDb db, CorrectBooker correct) : PageModel
{
    [BindProperty]
    [Display(Name = "Name of who booked"), Required(ErrorMessage = "Enter the name of who booked"), StringLength(Person.NameLength), PlainName]
    public string? Name { get; set; }

    [BindProperty]
    [Display(Name = "Email address"), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Email { get; set; }

    [BindProperty]
    [Display(Name = "Correct their own place in the same way", Description = "Untick it if somebody else looks after the booking from now on.")]
    public bool AlsoPlace { get; set; }

    [BindProperty]
    [Display(Name = "Organisation, as it stands on the order", Description = "Other bookings of the organisation are not changed."), StringLength(People.Organisation.NameLength)]
    public string? Organisation { get; set; }

    public Booking Booking { get; private set; } = null!;

    /// <summary>The booker has a place too.</summary>
    public bool ComesToo { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (!await ReadAsync(reference, ct))
        {
            return NotFound();
        }

        (Name, Email, Organisation, AlsoPlace) = (Booking.BookerName, Booking.BookerEmail, Booking.OrganisationName, true);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference, CancellationToken ct)
    {
        if (!await ReadAsync(reference, ct))
        {
            return NotFound();
        }

        this.CheckAddress(nameof(Email), Email, "Enter the email address");
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var own = AlsoPlace ? OwnPlace.IsCorrected : OwnPlace.Stays;
        switch (await correct.RunAsync(Booking.Id, new(Name!, Email!, Organisation), own, User.Actor(), ct))
        {
            case CorrectBookerResult.Corrected:
                TempData["Success"] = "Who booked is as you entered it.";
                return Redirect(BookingUrls.StaffBooking(Booking.Reference));
            case CorrectBookerResult.AlreadyOnDate:
                ModelState.AddModelError(nameof(Name), "This person has another place on a date of the booking. Untick the box to leave the place as it is");
                return Page();
            case CorrectBookerResult.NotFound:
                return NotFound();
            default:
                throw new InvalidOperationException("Unknown result.");
        }
    }

    private async Task<bool> ReadAsync(string reference, CancellationToken ct)
    {
        var wanted = Reference.Normalise(reference);
        if (await db.Bookings.AsNoTracking().FirstOrDefaultAsync(booking => booking.Reference == wanted, ct) is not { } found)
        {
            return false;
        }

        Booking = found;
        var key = PersonKey.Of(found.BookerEmail ?? "", found.BookerName ?? "");
        ComesToo = await (
            from place in db.LivePlaces
            join person in db.People on place.PersonId equals person.Id
            where place.BookingId == found.Id && person.EmailKey == key.Email && person.NameKey == key.Name
            select place).AnyAsync(ct);
        return true;
    }
}
