using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>Who books, and for which organisation.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class OrganisationModel(BookingJourney journey, TrainingHubDb db) : PageModel
{
    private const int MostSuggestions = 200;

    [BindProperty]
    public OrganisationForm Form { get; set; } = new();

    public JourneyState Journey { get; private set; } = null!;
    public IReadOnlyList<string> KnownOrganisations { get; private set; } = [];
    public IEnumerable<SelectListItem> Sectors { get; private set; } = [];
    public IEnumerable<SelectListItem> Areas { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await journey.FindAsync(HttpContext, run, ct) is not { } state)
        {
            return NotFound();
        }

        if (state.Answers is not { HasPeople: true } answers)
        {
            return Redirect(CatalogueUrls.Book(run) + "?restart=true");
        }

        Form = OrganisationForm.Of(answers);
        if (RefusedForms.Of(this, answers) is { } refused)
        {
            Form = new();
            await TryUpdateModelAsync(Form, nameof(Form), refused);
            await CheckAsync(answers, ct);
        }

        return await ShowAsync(state, ct);
    }

    public async Task<IActionResult> OnPostAsync(Guid run, CancellationToken ct)
    {
        if (await journey.FindAsync(HttpContext, run, ct) is not { } state)
        {
            return NotFound();
        }

        if (state.Answers is not { HasPeople: true } answers)
        {
            return Redirect(CatalogueUrls.Book(run) + "?restart=true");
        }

        await CheckAsync(answers, ct);
        if (!ModelState.IsValid)
        {
            return await journey.RefuseAsync(this, state, ct) is RedirectResult again ? again : await ShowAsync(state, ct);
        }

        RefusedForms.Forget(this, answers);
        Form.WriteTo(answers);
        await journey.SaveAsync(HttpContext, state, answers, ct);
        return Redirect(journey.DetourFor(state, answers.People.Count) ?? journey.NextPage(state, answers));
    }

    private async Task CheckAsync(BookingAnswers answers, CancellationToken ct)
    {
        this.CheckAddress("Form.Email", Form.Email);
        if (Form.SectorId is { } sector && !await db.Sectors.AnyAsync(one => one.Id == sector, ct))
        {
            ModelState.AddModelError("Form.SectorId", "Select the sector you work in");
        }

        if (Form.AreaId is { } area && !await db.Areas.AnyAsync(one => one.Id == area, ct))
        {
            ModelState.AddModelError("Form.AreaId", "Select the area you work in");
        }

        if (Form.IsComing && !Form.IsAmong(answers) && answers.People.Count >= Booking.MaxDelegates)
        {
            ModelState.AddModelError("Form.IsComing", $"You have added {Booking.MaxDelegates} people already. Remove one to come yourself");
        }
    }

    private async Task<PageResult> ShowAsync(JourneyState state, CancellationToken ct)
    {
        Journey = state;
        var lists = await journey.ListsAsync();
        Sectors = lists.Sectors.Select(sector => new SelectListItem(sector.Name, sector.Id.ToString()));
        Areas = lists.Areas.Select(area => new SelectListItem(area.Name, area.Id.ToString()));
        KnownOrganisations = await db.Organisations.AsNoTracking()
            .OrderBy(organisation => organisation.Name)
            .Select(organisation => organisation.Name)
            .Take(MostSuggestions)
            .ToListAsync(ct);
        return Page();
    }
}

internal sealed class OrganisationForm
{
    [Display(Name = "Your full name"), Required, StringLength(Person.NameLength)]
    public string? Name { get; set; }

    [Display(Name = "Your work email address", Description = "We send the confirmation and the link to change the booking here.")]
    [Required, DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Email { get; set; }

    [Display(Name = "I am coming too, add me to the list")]
    public bool IsComing { get; set; }

    [Display(Name = "Organisation", Description = "Your school, nursery, team or charity. Leave empty if you work for yourself.")]
    [StringLength(TrainingHub.People.Organisation.NameLength)]
    public string? Organisation { get; set; }

    [Display(Name = "Sector"), Required(ErrorMessage = "Select the sector you work in")]
    public Guid? SectorId { get; set; }

    [Display(Name = "Which area do you work in?"), Required(ErrorMessage = "Select the area you work in")]
    public Guid? AreaId { get; set; }

    /// <summary>Somebody who books one place most often books their own.</summary>
    public static OrganisationForm Of(BookingAnswers answers) => new()
    {
        Name = answers.BookerName ?? (answers.People.Count == 1 ? answers.People[0].Name : null),
        Email = answers.BookerEmail ?? (answers.People.Count == 1 ? answers.People[0].Email : null),
        Organisation = answers.Organisation,
        SectorId = answers.SectorId,
        AreaId = answers.AreaId,
    };

    public bool IsAmong(BookingAnswers answers) =>
        Email is not null && Name is not null && answers.People.Any(person => person.Key == PersonKey.Of(Email, Name));

    public void WriteTo(BookingAnswers answers)
    {
        (answers.BookerName, answers.BookerEmail, answers.Organisation) = (Name, Email, Organisation);
        (answers.SectorId, answers.AreaId) = (SectorId, AreaId);
        if (IsComing && !IsAmong(answers))
        {
            answers.People.Add(new PersonAnswer { Name = Name, Email = Email });
        }
    }
}
