using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Portal.Pages;

/// <summary>An organisation's year at once, for whoever looks after its training; and who else may see it.</summary>
[EnableRateLimiting(RateLimits.Forms)]
internal sealed class MyOrganisationModel(TrainingHubDb db, SignedInAddress signedIn, KeepLeads leads, TimeProvider clock) : SignedInPage(db, signedIn)
{
    internal sealed record LeadRow(Guid Id, string Email, bool IsAccepted);

    internal sealed record OwedRow(DuePayment Due, string? Booker, bool IsOwn);

    [BindProperty(SupportsGet = true)]
    [Display(Name = "Year, from April to March")]
    public string? Year { get; set; }

    [BindProperty]
    [Display(Name = "Email address of your colleague"), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Invited { get; set; }

    public LedOrganisation Organisation { get; private set; } = new(Guid.Empty, "");
    public OrganisationYear Shown { get; private set; } = new(default, [], default);
    public IReadOnlyList<SelectListItem> Years { get; private set; } = [];
    public IReadOnlyList<OwedRow> Owed { get; private set; } = [];
    public IReadOnlyList<LeadRow> Leads { get; private set; } = [];

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(Guid id, string? file, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        return file == "csv" ? File(SeenFile.Write(Shown.Places, Now), SeenFile.ContentType, $"training-{CatalogueYear}.csv") : Page();
    }

    public async Task<IActionResult> OnPostInviteAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        this.CheckAddress(nameof(Invited), Invited, "Enter the email address of your colleague");
        if (ModelState.IsValid && !await InviteRule.AllowsAsync(Db, id, Email, EmailAddress.KeyOf(Invited!), ct))
        {
            ModelState.AddModelError(nameof(Invited), "You can invite colleagues at your own domain, and people who were booked for the organisation. Ask the training team to add anybody else");
        }

        return ModelState.IsValid ? await InviteAsync(id, Invited!, ct) : Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, Guid lead, CancellationToken ct)
    {
        if (!IsLed(id))
        {
            return NotFound();
        }

        TempData["Notice"] = await leads.RemoveAsync(id, lead, KeepLeads.Lead, ct) ? "They do not see the training of the organisation any more." : "Nothing was changed.";
        return LocalRedirect("~" + (await Db.OrganisationLeads.AnyAsync(one => one.OrganisationId == id && one.Email == Email, ct) ? PortalUrls.Organisation(id) : PortalUrls.Bookings));
    }

    private string CatalogueYear => Shown.Year.ToString().Replace('/', '-');

    private bool IsLed(Guid id) => Organisations.Any(one => one.Id == id);

    private async Task<IActionResult> InviteAsync(Guid id, string address, CancellationToken ct)
    {
        switch (await leads.InviteAsync(id, address, ct))
        {
            case AddLeadResult.Added:
                TempData["Notice"] = $"{address} is invited by email. The invitation waits for {OrganisationLead.InvitedForDays} days.";
                return LocalRedirect("~" + PortalUrls.Organisation(id));
            case AddLeadResult.AddedBefore:
                ModelState.AddModelError(nameof(Invited), "This address is in the list already");
                return Page();
            case AddLeadResult.TooMany:
                ModelState.AddModelError(nameof(Invited), $"{OrganisationLead.MostOfOrganisation} people can look after an organisation. Remove somebody first");
                return Page();
            case AddLeadResult.Gone:
                return NotFound();
            default:
                throw new InvalidOperationException("A result of inviting that this page does not know.");
        }
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        if (Organisations.FirstOrDefault(one => one.Id == id) is not { } led)
        {
            return false;
        }

        Organisation = led;
        var present = FinancialYear.Of(London.DateOf(Now));
        var bookings = OrganisationYear.BookingsOf(Db, id);
        var days = await Db.Places.Where(place => bookings.Any(booking => booking.Id == place.BookingId))
            .Join(Db.CourseRuns, place => place.RunId, run => run.Id, (_, run) => run.RunsOn).Distinct().ToListAsync(ct);
        Years = [.. days.Select(FinancialYear.Of).Append(present).Distinct().OrderByDescending(year => year.StartsIn).Select(year => new SelectListItem(year.ToString(), year.ToString()))];
        Shown = await OrganisationYear.ReadAsync(Db, id, FinancialYear.Parse(Year ?? "") ?? present, Now, ct);
        Year = Shown.Year.ToString();
        var due = await DuePayment.OfAsync(Db, bookings, Now, ct);
        var ids = due.Select(one => one.BookingId).ToList();
        var bookers = await Db.Bookings.Where(booking => ids.Contains(booking.Id)).Select(booking => new { booking.Id, booking.BookerName, booking.BookerEmailKey }).ToDictionaryAsync(booking => booking.Id, ct);
        Owed = [.. due.Select(one => new OwedRow(one, bookers[one.BookingId].BookerName, bookers[one.BookingId].BookerEmailKey == Email))];
        Leads = await Db.OrganisationLeads.Where(lead => lead.OrganisationId == id).OrderBy(lead => lead.Email)
            .Select(lead => new LeadRow(lead.Id, lead.Email, lead.AcceptedAt != null)).ToListAsync(ct);
        return true;
    }
}
