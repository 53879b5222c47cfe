using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>The waiting list of a full date.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class WaitModel(JoinWaitingList join, TrainingHubDb db, TimeProvider clock) : PageModel
{
    [BindProperty]
    public WaitForm Form { get; set; } = new();

    public DateLine Run { get; private set; } = null!;

    public bool IsWaiting { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct) => await LeadAwayAsync(run, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid run, CancellationToken ct)
    {
        if (await LeadAwayAsync(run, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        this.CheckAddress("Form.Email", Form.Email);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        return await join.RunAsync(run, Form.Name!, Form.Email!, Form.Places ?? 1, ct) switch
        {
            JoinResult.Waiting => Waiting(run),
            JoinResult.ListFull => Refuse(),
            JoinResult.NotFull or JoinResult.RunClosed => Redirect(BookingUrls.Unavailable(run)),
        };
    }

    private PageResult Refuse()
    {
        ModelState.AddModelError("", "So many people wait for this date already that nobody else would get a place. Look at the other dates");
        return Page();
    }

    private RedirectResult Waiting(Guid run)
    {
        TempData["Waiting"] = true;
        return Redirect(CatalogueUrls.Wait(run));
    }

    private async Task<IActionResult?> LeadAwayAsync(Guid runId, CancellationToken ct)
    {
        if (await BookingSummaries.RunAsync(db, runId, ct) is not { IsPublic: true } run)
        {
            return NotFound();
        }

        Run = run;
        IsWaiting = TempData["Waiting"] is true;
        return IsWaiting || run.IsOpenAt(clock.GetUtcNow()) ? null : Redirect(BookingUrls.Unavailable(runId));
    }
}

internal sealed class WaitForm
{
    [Display(Name = "Your full name"), Required, StringLength(Person.NameLength), PlainName]
    public string? Name { get; set; }

    [Display(Name = "Your work email address", Description = "We write to you here when a place is free for you.")]
    [Required, DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Email { get; set; }

    [Display(Name = "How many places do you need?"), Required(ErrorMessage = "Enter how many places you need")]
    [Range(1, WaitingListEntry.MostPlaces, ErrorMessage = "Enter a number between 1 and 10")]
    public int? Places { get; set; }
}
