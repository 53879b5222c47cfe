using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.FreePlaces;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>One award: its places and what they are worth, a new code, and its end.</summary>
[ForStaff(StaffRight.ReadBookings, Act = [StaffRight.RunBookings])]
internal sealed class FreePlaceAwardModel(TrainingHubDb db, KeepAwards keep) : PageModel
{
    [BindProperty]
    [Display(Name = "Why is it stopped?", Description = "For the history. The organisation does not read it."), StringLength(HistoryEntry.NoteLength, ErrorMessage = "Why it is stopped must be {1} characters or fewer")]
    public string? Reason { get; set; }

    public AwardRow Award { get; private set; } = null!;
    public FinancialYear PolicyYear { get; private set; }
    public IReadOnlyList<AwardPlace> Places { get; private set; } = [];

    /// <summary>Who gets a new code; null when nobody is known.</summary>
    public AwardContact? Contact { get; private set; }
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostCodeAsync(Guid id, CancellationToken ct)
    {
        TempData["Success"] = await keep.SendCodeAsync(id, User.Actor(), ct) is { } address
            ? $"A new code goes to {address}. Older codes open nothing any more."
            : "Nothing was sent: the award is over, or nobody is known to write to.";
        return Redirect(FreePlaceUrls.StaffAward(id));
    }

    public async Task<IActionResult> OnPostStopAsync(Guid id, CancellationToken ct)
    {
        if (Reason is null)
        {
            ModelState.AddModelError(nameof(Reason), "Enter why the award is stopped");
        }

        if (!ModelState.IsValid)
        {
            return await ReadAsync(id, ct) ? Page() : NotFound();
        }

        TempData["Success"] = await keep.StopAsync(id, Reason!, User.Actor(), ct) ? "Stopped. Nobody books under it any more; what is booked stays." : "Nothing changed: it was stopped before.";
        return Redirect(FreePlaceUrls.StaffAward(id));
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        if (await AwardRow.Of(db, db.FreePlaceAwards.AsNoTracking().Where(one => one.Id == id)).FirstOrDefaultAsync(ct) is not { } award)
        {
            return false;
        }

        Award = award;
        PolicyYear = new((await db.FreePlacePolicies.Where(one => one.Id == award.PolicyId).Select(one => one.YearStartsOn).FirstAsync(ct)).Year);
        Places = await (
            from value in db.FreePlaceValues
            where value.AwardId == id
            join booking in db.Bookings on value.BookingId equals booking.Id
            join run in db.CourseRuns on value.RunId equals run.Id
            join course in db.Courses on run.CourseId equals course.Id
            orderby run.StartsAt, booking.Reference, value.PlaceId
            select new AwardPlace(booking.Reference, booking.BookerName, course.Title, run.RunsOn, value.ForgonePence)).ToListAsync(ct);
        Contact = await KeepAwards.ContactAsync(db, id, ct);
        History = await HistoryEntry.OfAsync<FreePlaceAward>(db, id, ct);
        return true;
    }
}

internal sealed record AwardPlace(string Reference, string? Booker, string Course, DateOnly On, int Pence);
