using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Books for somebody who calls or writes, and for who comes to a date without a booking, who is marked as attended at once.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class BookForModel(TrainingHubDb db, BookForSomebody book, BookWalkIn walkIn, TimeProvider clock, IOptions<CardPaymentOptions> cards)
    : BookForPage(db, clock, cards)
{
    private readonly TrainingHubDb db = db;

    /// <summary>At the register, with the name that was typed there.</summary>
    [BindProperty(SupportsGet = true)]
    public bool WalkIn { get; set; }

    public DateLine Date => Offered[0];

    /// <summary>Who is entered after it began has come, whatever led here.</summary>
    public override bool IsWalkIn => (WalkIn || Date.StartsAt <= Now) && Register.WhyNotMark(Date.State, Date.RunsOn, Now) is null;

    public async Task<IActionResult> OnGetAsync(Guid run, string? name, CancellationToken ct)
    {
        if (!await ReadAsync(run, ct))
        {
            return NotFound();
        }

        if (WhyNot is not null)
        {
            return Page();
        }

        Form.People = [new() { Name = name?.Length <= Person.NameLength ? name.Trim() : null }];
        return await BeginAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(Guid run, string? action, CancellationToken ct)
    {
        if (!await ReadAsync(run, ct))
        {
            return NotFound();
        }

        if (WhyNot is not null)
        {
            return Page();
        }

        if (await ActAsync(action, ct) || await RequestAsync(IsWalkIn ? Now - BookForSomebody.WalkIns : Now, addedTo: null, ct) is not { } request)
        {
            return await ShowAsync(ct);
        }

        var sitting = Sitting.At(Date, Now);
        var outcome = IsWalkIn ? await walkIn.RunAsync(request, sitting, User.Actor(), ct) : await book.RunAsync(request, User.Actor(), ct);
        if (outcome is not { Result: BookPlaceResult.Booked or BookPlaceResult.AlreadyBooked, Booking: { } booked })
        {
            await RefuseAsync(outcome, ct);
            return await ShowAsync(ct);
        }

        TempData["Success"] = (IsWalkIn ? "Marked as attended. " : "") + await DoneAsync(request, booked, ct);
        return LocalRedirect("~" + (IsWalkIn ? AttendanceUrls.Register(sitting) : AttendanceUrls.Booking(booked.Reference)));
    }

    /// <returns>False when there is no such date that is published.</returns>
    private async Task<bool> ReadAsync(Guid run, CancellationToken ct)
    {
        if (await DateLines.Of(db, db.CourseRuns.Where(one => one.Id == run && one.State != RunState.Draft)).SingleOrDefaultAsync(ct) is not { } date)
        {
            return false;
        }

        (Offered, WhyNot) = ([date], WhyNotOn(date));
        await ReadListsAsync(ct);
        return true;
    }

    private string? WhyNotOn(DateLine date) => date.State == RunState.Cancelled ? "Nobody can be booked on a date that is cancelled."
        : date.Price is null ? "Nothing says what this date costs, so nobody can be booked on it."
        : date.StartsAt <= Now - BookForSomebody.WalkIns ? $"Nobody is booked on a date more than {BookForSomebody.WalkIns.Days} days after it. Import it as a bookings file."
        : null;
}
