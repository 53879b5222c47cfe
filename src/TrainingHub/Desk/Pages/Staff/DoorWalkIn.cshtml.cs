using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Books and marks somebody who stands at the door of a trainer's own date without a booking.</summary>
[ForStaff(StaffRight.OwnDates)]
internal sealed class DoorWalkInModel(TrainingHubDb db, RefusedActs refused, TimeProvider clock, TrainersRegister register, BookAtDoor book) : DoorPage(db, refused, clock)
{
    private readonly TrainingHubDb db = db;

    public IReadOnlyList<SelectListItem> Sectors { get; private set; } = [];

    /// <summary>Why nobody can be added, or null.</summary>
    public RegisterRefusal? Closed { get; private set; }

    /// <summary>Becomes the booking's id, so that the same form sent twice books once.</summary>
    [BindProperty]
    public Guid BookingId { get; set; }

    [BindProperty]
    [Display(Name = "Full name"), StringLength(Person.NameLength), PlainName]
    public string? Name { get; set; }

    [BindProperty]
    [Display(Name = "Organisation (optional)"), StringLength(TrainingHub.People.Organisation.NameLength), PlainName]
    public string? Organisation { get; set; }

    [BindProperty]
    [Display(Name = "Sector")]
    public Guid? SectorId { get; set; }

    [BindProperty]
    [Display(Name = "Email address (optional)", Description = "For the confirmation and the survey. Without it, the training team asks for it.")]
    [DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Email { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        BookingId = Guid.CreateVersion7();
        return await ReadAsync(run, ct) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(Guid run, CancellationToken ct)
    {
        if (!await ReadAsync(run, ct))
        {
            return NotFound();
        }

        if (Closed is not null)
        {
            return Page();
        }

        Check();
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var done = await book.RunAsync(new(BookingId, Name!, Organisation, Email, SectorId.GetValueOrDefault()), Sitting, User.Actor(), ct);
        if (done.Booked is not { Result: BookPlaceResult.Booked or BookPlaceResult.AlreadyBooked })
        {
            Closed = done.Refusal;
            Refuse(done.Booked?.Result);
            return Page();
        }

        TempData["Success"] = $"{Name} is booked and marked as here";
        return LocalRedirect("~" + AttendanceUrls.DoorOf(Sitting));
    }

    private void Check()
    {
        if (Name is null)
        {
            ModelState.AddModelError(nameof(Name), "Enter the full name");
        }

        if (!Sectors.Any(sector => sector.Value == $"{SectorId}"))
        {
            ModelState.AddModelError(nameof(SectorId), "Select the sector");
        }

        if (Email is not null)
        {
            this.CheckAddress(nameof(Email), Email);
        }

        if (BookingId == Guid.Empty)
        {
            ModelState.AddModelError("", "Open this form again from the register");
        }
    }

    private void Refuse(BookPlaceResult? result)
    {
        switch (result)
        {
            case null or BookPlaceResult.Booked or BookPlaceResult.AlreadyBooked:
                return;
            case BookPlaceResult.Full:
                ModelState.AddModelError("", "Every place is taken. Ask the training team before you let more people in");
                return;
            case BookPlaceResult.DelegateAlreadyOnDate:
                ModelState.AddModelError(nameof(Name), $"{Name} is on the register already");
                return;
            case BookPlaceResult.RunClosed:
                ModelState.AddModelError("", "Nobody can be booked on this date. Ask the training team");
                return;
            case BookPlaceResult.PriceChanged:
                ModelState.AddModelError("", "Something changed this very moment. Add them again");
                return;
            case BookPlaceResult.TooManyUnpaid or BookPlaceResult.AwardUsedUp or BookPlaceResult.PrerequisiteMissing:
                throw new InvalidOperationException($"A trainer was refused: {result}.");
            default:
                throw new InvalidOperationException($"{result}");
        }
    }

    private async Task<bool> ReadAsync(Guid run, CancellationToken ct)
    {
        if (!await FindAsync(run, ct))
        {
            return false;
        }

        Closed = await register.WhyNotAsync(Sitting, ct);
        Sectors = await db.Sectors.Where(sector => sector.ArchivedAt == null).OrderBy(sector => sector.SortOrder)
            .Select(sector => new SelectListItem(sector.Name, sector.Id.ToString())).ToListAsync(ct);
        return true;
    }
}
