using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>What Stripe says otherwise than is recorded here: both sums, and the words of whoever knows why.</summary>
[ForStaff(StaffRight.ReadMoney, Act = [StaffRight.HandleMoney])]
internal sealed class DifferencePageModel(TrainingHubDb db, KeepDifference keep) : PageModel
{
    private const int NoteLength = 200;

    public MoneyDifference Difference { get; private set; } = null!;

    /// <summary>Of the booking that it belongs to; null when there is none.</summary>
    public string? Reference { get; private set; }
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    [BindProperty]
    [Display(Name = "Why do they differ?", Description = "For example “Taken for the book stall, not for a booking”. It stands in the history. Name nobody.")]
    [Required(ErrorMessage = "Say why they differ"), StringLength(NoteLength, ErrorMessage = "The reason must be {1} characters or fewer")]
    public string? Note { get; set; }

    /// <summary>Both sums as they were shown, so that nobody explains others.</summary>
    [BindProperty]
    public string? Seen { get; set; }

    public string Sums => $"{DifferenceWords.Sum(Difference.Ours)}|{DifferenceWords.Sum(Difference.Theirs)}";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : NotFound();

    [StepUp]
    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct))
        {
            return NotFound();
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (Seen == Sums && await keep.ExplainAsync(id, (Difference.Ours, Difference.Theirs), Note!, User.Actor(), ct))
        {
            TempData["Success"] = "It is explained. It comes back only with other sums.";
            return Redirect(PaymentUrls.ToDo);
        }

        await FindAsync(id, ct);
        ModelState.AddModelError("", "It has changed since you opened this page. Look at it again");
        ModelState.Remove(nameof(Seen));
        return Page();
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.MoneyDifferences.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } found)
        {
            return false;
        }

        Difference = found;
        Reference = await db.Bookings.Where(booking => db.Payments.Any(payment => payment.Id == found.PaymentId && payment.BookingId == booking.Id))
            .Select(booking => booking.Reference).FirstOrDefaultAsync(ct);
        History = await HistoryEntry.AboutAsync(db, [id], ct);
        return true;
    }
}
