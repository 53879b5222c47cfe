using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance.Pages.Staff;

/// <summary>Who attended a date and has no certificate, and a button that issues theirs: before the settings would, or long after.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class IssueCertificatesModel(TrainingHubDb db, IssueCertificates issue, WaitingCertificates waiting, TimeProvider clock) : PageModel
{
    internal sealed record MissingRow(Guid PlaceId, string Name, bool IsPart, bool WasWithdrawn)
    {
        /// <summary>It comes by itself once they have said how the course was.</summary>
        public bool Waits { get; init; }
    }

    public Guid Run { get; private set; }
    public string Course { get; private set; } = "";
    public DateOnly RunsOn { get; private set; }
    public bool IsOver { get; private set; }
    public IReadOnlyList<MissingRow> Missing { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct) => ReadAsync(run, ct);

    private async Task<IActionResult> ReadAsync(Guid run, CancellationToken ct)
    {
        if (await BookingSummaries.RunAsync(db, run, ct) is not { } date)
        {
            return NotFound();
        }

        (Run, Course, RunsOn, IsOver) = (run, date.Course, date.RunsOn, date.EndsAt <= clock.GetUtcNow());
        Missing = await IssueCertificates.Missing(db, run).OrderBy(earned => earned.PersonName).ThenBy(earned => earned.PlaceId)
            .Select(earned => new MissingRow(
                earned.PlaceId, earned.PersonName, earned.IsPart, db.Certificates.Any(one => one.PlaceId == earned.PlaceId && one.State == CertificateState.Withdrawn)))
            .ToListAsync(ct);
        var waits = await waiting.OfAsync([.. Missing.Select(person => person.PlaceId)], clock.GetUtcNow(), ct);
        Missing = [.. Missing.Select(person => person with { Waits = waits.ContainsKey(person.PlaceId) })];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid run, Guid[] places, CancellationToken ct)
    {
        if (await BookingSummaries.RunAsync(db, run, ct) is null)
        {
            return NotFound();
        }

        if (places.Length == 0)
        {
            ModelState.AddModelError(nameof(places), "Select whose certificate you issue");
            return await ReadAsync(run, ct);
        }

        var issued = await issue.RunAsync(run, places, User.Actor(), ct);
        TempData["Success"] = issued switch
        {
            0 => "No certificate was missing any more.",
            1 => "1 certificate is issued, and its holder has an email.",
            _ => $"{issued} certificates are issued, and their holders have an email.",
        };
        return Redirect("~" + CertificateUrls.OfRun(run));
    }
}
