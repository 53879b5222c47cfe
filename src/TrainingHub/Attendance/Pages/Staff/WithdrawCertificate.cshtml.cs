using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance.Pages.Staff;

/// <summary>Takes one certificate back, with a reason that staff alone read.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class WithdrawCertificateModel(TrainingHubDb db, WithdrawCertificate withdraw) : PageModel
{
    [BindProperty]
    [Display(Name = "Why is it withdrawn?", Description = "Staff read it on the certificate’s page, and its holder if they ask what we hold.")]
    [Required(ErrorMessage = "Say why it is withdrawn"), StringLength(Certificate.ReasonLength, ErrorMessage = "The reason must be {1} characters or fewer")]
    public string? Reason { get; set; }

    public Certificate Certificate { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await LeadAwayAsync(id, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await LeadAwayAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        TempData[await withdraw.RunAsync(id, Reason!, User.Actor(), ct) ? "Success" : "Notice"] =
            $"Certificate {Certificate.Number} is withdrawn.";
        return Redirect("~" + CertificateUrls.StaffPage(id));
    }

    private async Task<IActionResult?> LeadAwayAsync(Guid id, CancellationToken ct)
    {
        if (await db.Certificates.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } found)
        {
            return NotFound();
        }

        Certificate = found;
        if (found.State == CertificateState.Issued)
        {
            return null;
        }

        TempData["Notice"] = "It is not in force any more.";
        return Redirect("~" + CertificateUrls.StaffPage(id));
    }
}
