using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance.Pages;

/// <summary>
/// Where the code of a delegate leads. The signed-in trainer of the date, or staff who run bookings, may mark the person as here; a GET marks
/// nobody. To everybody else it says no more than that the code is for the door, except to the delegate's own browser, which sees their page.
/// </summary>
[WrongTokens]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class HereModel(
    TrainingHubDb db, DoorCodes codes, PrivateAccess access, IAuthorizationService authorization, MarkAttendance mark, TrainersRegister register, RefusedActs refused,
    TimeProvider clock) : PageModel
{
    private bool isTrainer;

    /// <summary>Null for whoever may not mark.</summary>
    public RegisterLine? Line { get; private set; }
    public DateLine Date { get; private set; } = null!;
    public Sitting Sitting { get; private set; }

    /// <summary>On the register of today's meeting.</summary>
    public LineMark? Mark { get; private set; }

    /// <summary>Of the people on it, those who are here and all.</summary>
    public (int Here, int All) Count { get; private set; }

    /// <summary>Why nobody can be marked now, or null.</summary>
    public RegisterRefusal? Closed { get; private set; }

    public bool IsKnown { get; private set; }

    public string RegisterUrl => isTrainer ? AttendanceUrls.DoorOf(Sitting) : AttendanceUrls.Register(Sitting);

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken ct)
    {
        if (await FindAsync(code, ct) is not { } found)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        if (await MayMarkAsync(found.Run, ct))
        {
            await ShowAsync(found.Run, found.Place, ct);
            return Page();
        }

        return access.IsGranted(HttpContext, DelegateLink.Purpose, DelegateLink.SubjectOf(found.Place, found.Person))
            ? LocalRedirect("~" + BookingUrls.DelegatePage(found.Place))
            : Page();
    }

    public async Task<IActionResult> OnPostAsync(string code, CancellationToken ct)
    {
        if (await FindAsync(code, ct) is not { } found || !await MayMarkAsync(found.Run, ct))
        {
            return NotFound();
        }

        await ShowAsync(found.Run, found.Place, ct);
        var refusal = isTrainer
            ? await register.MarkAsync(Sitting, found.Place, Attendance.Mark.Attended, tap: null, User.Actor(), ct)
            : await mark.RunAsync(Sitting, found.Place, Attendance.Mark.Attended, User.Actor(), ct);
        if (refusal is null)
        {
            // Shows who is here; to send it again marks nobody anew.
            return LocalRedirect("~" + BookingUrls.AtDoor(code));
        }

        Closed = refusal;
        return Page();
    }

    private sealed record Found(Guid Place, Guid Run, PersonKey Person);

    private async Task<Found?> FindAsync(string code, CancellationToken ct)
    {
        if (DoorCodes.PlaceOf(code) is not { } id)
        {
            return null;
        }

        var found = await (
            from place in db.Places
            join person in db.People on place.PersonId equals person.Id
            where place.Id == id
            select new { place.RunId, person.EmailKey, person.NameKey }).SingleOrDefaultAsync(ct);
        if (found is null || !await codes.IsRightAsync(code, id, new(found.EmailKey, found.NameKey), ct))
        {
            return null;
        }

        IsKnown = true;
        return new(id, found.RunId, new(found.EmailKey, found.NameKey));
    }

    private async Task<bool> MayMarkAsync(Guid run, CancellationToken ct)
    {
        if (User.Identity?.IsAuthenticated != true || !(await authorization.AuthorizeAsync(User, StaffArea.Policy)).Succeeded)
        {
            return false;
        }

        isTrainer = !User.May(StaffRight.RunBookings);
        if (!isTrainer || (User.May(StaffRight.OwnDates) && await OwnDates.Of(db, User.Actor().Id).AnyAsync(own => own.Id == run, ct)))
        {
            return true;
        }

        await refused.OfRecordAsync(User.Actor(), Request.Method, PageContext.ActionDescriptor.AttributeRouteInfo?.Template ?? "", run, ct);
        return false;
    }

    private async Task ShowAsync(Guid run, Guid place, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Date = await DateLines.FindAsync(db, run, ct) ?? throw new InvalidOperationException($"Date {run} is gone.");
        Sitting = Sitting.At(Date, now);
        var lines = (await RegisterLine.ListAsync(db, run, ct)).Where(line => line.IsConfirmed).ToList();
        Line = lines.Find(line => line.PlaceId == place);
        Mark = Line?.On(Sitting);
        Count = (lines.Count(line => line.On(Sitting) is { Mark: not Attendance.Mark.Absent }), lines.Count);
        Closed = Line is null ? RegisterRefusal.NotOnRegister
            : isTrainer ? await register.WhyNotAsync(Sitting, ct)
            : (await Sitting.CheckAsync(db, now, ct)).WhyNot;
    }
}
