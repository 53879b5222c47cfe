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

/// <summary>Moves everybody on a date to another date of its course and cancels it: first the dates, then what it would change, for whom, and whom it tells.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class MergeDatesModel(TrainingHubDb db, MergeDates merge, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "Why they are moved", Description = "Everybody who is told reads it. For example “Too few people had booked this date.” No names.")]
    [Required(ErrorMessage = "Enter why they are moved"), StringLength(CourseRun.ReasonLength)]
    public string? Reason { get; set; }

    /// <summary>The numbers that the preview showed.</summary>
    [BindProperty]
    public string? Seen { get; set; }

    public DateLine Date { get; private set; } = null!;
    public IReadOnlyList<MergeTarget> Targets { get; private set; } = [];

    /// <summary>Set when the merge is shown before it is done.</summary>
    public MergeTarget? Chosen { get; private set; }
    public MergePlan Plan { get; private set; } = null!;
    public PeopleTold Told { get; private set; } = null!;

    /// <summary>Who has something else at the time of the new date.</summary>
    public IReadOnlyList<Clash> Clashes { get; private set; } = [];
    public IReadOnlyList<string> Invoices { get; private set; } = [];
    public DateTimeOffset Now { get; private set; }

    public int Unnamed => Plan.Moving.Count(place => place.AwaitsName);
    public int Undecided => Plan.Bookings.Where(one => one.Booking.State == BookingState.Held).Sum(one => one.Moving.Count);
    public Money EndingPaid { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid run, Guid? to, CancellationToken ct)
    {
        if (!await ReadAsync(run, to, ct))
        {
            return NotFound();
        }

        return !IsOpen ? Away("it is cancelled or has begun") : to is not null && Chosen is null ? Redirect(BookingUrls.MergeRun(run)) : Page();
    }

    [StepUp]
    public async Task<IActionResult> OnPostAsync(Guid run, Guid? to, CancellationToken ct)
    {
        var seen = Seen;
        if (!await ReadAsync(run, to, ct))
        {
            return NotFound();
        }

        if (to is not { } into || (Chosen is null && IsOpen))
        {
            return Redirect(BookingUrls.MergeRun(run));
        }

        if (!ModelState.IsValid || Reason is null)
        {
            return Page();
        }

        return await merge.RunAsync(new(run, into, Reason, seen ?? ""), User.Actor(), ct) switch
        {
            MergeDatesResult.Merged => Done(into),
            MergeDatesResult.AlreadyCancelled => Away("it was cancelled before. Nothing was sent again"),
            MergeDatesResult.Begun or MergeDatesResult.NotFound => Away("the course has begun"),
            MergeDatesResult.NotOffered => Refuse("That date cannot be chosen any more. Choose another"),
            MergeDatesResult.Full => Refuse("Not everybody fits on that date. Nobody was moved. Choose another, or give that date more places"),
            MergeDatesResult.BeingPaid => Refuse("Somebody is paying for this date by card just now. Nobody was moved. See below"),
            MergeDatesResult.ChangedMeanwhile => Refuse("Somebody has booked, cancelled or joined the list meanwhile. Nobody was moved. Look at the numbers again"),
        };
    }

    private bool IsOpen => Date.State == RunState.Scheduled && Now < Date.StartsAt;

    private RedirectResult Done(Guid into)
    {
        var there = Targets.FirstOrDefault(one => one.Date.Id == into)?.Date.DayWords ?? "the other date";
        TempData["Success"] = $"Everybody is on {there} now, and this date is cancelled.{(Told.IsAnybody ? $" {Told.Words} told by email." : "")}";
        return Redirect(BookingUrls.StaffDate(Date.Id));
    }

    private RedirectResult Away(string why)
    {
        TempData["Notice"] = $"Nothing was changed: {why}.";
        return Redirect(BookingUrls.StaffDate(Date.Id));
    }

    private PageResult Refuse(string why)
    {
        ModelState.AddModelError("", why);
        return Page();
    }

    private async Task<bool> ReadAsync(Guid run, Guid? to, CancellationToken ct)
    {
        if (await DateLines.FindAsync(db, run, ct) is not { } date)
        {
            return false;
        }

        (Date, Now) = (date, clock.GetUtcNow());
        Told = await PeopleTold.ReadAsync(db, run, ct);
        Targets = await MergeTarget.ReadAsync(db, date, Now, ct);
        Chosen = Targets.FirstOrDefault(one => one.Date.Id == to);
        if (Chosen is { Date: var into })
        {
            Plan = await MergePlan.ReadAsync(db, run, into.Id, ct);
            // The command reads them afresh, under its locks.
            db.ChangeTracker.Clear();
            Seen = Plan.Mark;
            ModelState.Remove(nameof(Seen));
            await ReadPeopleAsync(into, ct);
        }

        return true;
    }

    private async Task ReadPeopleAsync(DateLine into, CancellationToken ct)
    {
        var persons = Plan.Moving.Select(place => place.PersonId).OfType<Guid>().ToList();
        var keys = await db.People.AsNoTracking().Where(person => persons.Contains(person.Id)).Select(person => new PersonKey(person.EmailKey, person.NameKey)).ToListAsync(ct);
        Clashes = [.. (await Bookings.Clashes.FindAsync(db, into, keys, ct)).Where(clash => clash.Other.Id != Date.Id)];
        var bookings = Plan.Bookings.Select(one => one.Booking.Id).ToList();
        Invoices = await db.Invoices.Where(invoice => bookings.Contains(invoice.BookingId)).OrderBy(invoice => invoice.Number).Select(invoice => invoice.NumberWords).ToListAsync(ct);
        var ending = Plan.Ending.Select(place => place.Id).ToList();
        EndingPaid = new(await db.PlaceMoney.Where(money => ending.Contains(money.PlaceId))
            .SumAsync(money => money.PaidPence - money.RefundedPence - money.LeavingPence - money.KeptPence, ct));
    }
}
