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
internal sealed class OrganisationModel(BookingJourney journey, KnownBookers knownBookers, TrainingHubDb db) : PageModel
{
    private const string Find = "find";

    [BindProperty]
    public OrganisationForm Form { get; set; } = new();

    public JourneyState Journey { get; private set; } = null!;

    /// <summary>The form is filled in from the last booking of whoever is signed in.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>What the search found for the name that was typed; null when nothing was searched for.</summary>
    public IReadOnlyList<string>? Matches { get; private set; }
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
        if (answers.BookerName is null && await knownBookers.FindAsync(HttpContext, ct) is { } booker)
        {
            IsKnown = true;
            (Form.Name, Form.Email, Form.Organisation) = (booker.Name, booker.Email, booker.Organisation);
            (Form.SectorId, Form.AreaId) = (booker.SectorId, booker.AreaId);
        }

        if (RefusedForms.Of(this, answers) is { } refused)
        {
            Form = new();
            await TryUpdateModelAsync(Form, nameof(Form), refused);
            await FindOrCheckAsync(refused.GetValue("action").FirstValue, state, ct);
        }

        return await ShowAsync(state);
    }

    public async Task<IActionResult> OnPostAsync(Guid run, string? action, CancellationToken ct)
    {
        if (await journey.FindAsync(HttpContext, run, ct) is not { } state)
        {
            return NotFound();
        }

        if (state.Answers is not { HasPeople: true } answers)
        {
            return Redirect(CatalogueUrls.Book(run) + "?restart=true");
        }

        await FindOrCheckAsync(action, state, ct);
        if (!ModelState.IsValid || Matches is not null)
        {
            return await journey.RefuseAsync(this, state, ct) is RedirectResult again
                ? Redirect(again.Url + (action == Find ? "#Form_Organisation" : ""))
                : await ShowAsync(state);
        }

        RefusedForms.Forget(this, answers);
        Form.WriteTo(answers);
        await journey.SaveAsync(HttpContext, state, answers, ct);
        state = await journey.PricedAsync(state with { Answers = answers }, ct);
        return Redirect(journey.DetourFor(state) ?? journey.NextPage(state, answers));
    }

    private async Task FindOrCheckAsync(string? action, JourneyState state, CancellationToken ct)
    {
        if (action != Find)
        {
            await CheckAsync(state, ct);
            return;
        }

        // Nothing else is to be complete yet.
        ModelState.Clear();
        Matches = Form.Organisation is { } part ? await FindOrganisations.ByWordsAsync(db, part, ct) : [];
        if (Form.Organisation is null)
        {
            ModelState.AddModelError("Form.Organisation", "Enter part of the name to find your organisation");
        }
    }

    private async Task CheckAsync(JourneyState state, CancellationToken ct)
    {
        if (Form.Known is { } known && !await FindOrganisations.IsApprovedAsync(db, known, ct))
        {
            ModelState.AddModelError("Form.Organisation", "Enter the name of your organisation");
        }

        this.CheckAddress("Form.Email", Form.Email);
        if (Form.SectorId is { } sector && !await db.Sectors.AnyAsync(one => one.Id == sector && one.ArchivedAt == null, ct))
        {
            ModelState.AddModelError("Form.SectorId", "Select the sector you work in");
        }

        if (Form.AreaId is { } area && !await db.Areas.AnyAsync(one => one.Id == area && one.ArchivedAt == null, ct))
        {
            ModelState.AddModelError("Form.AreaId", "Select the area you work in");
        }

        if (!Form.IsComing || state.Answers is not { } answers || Form.IsAmong(answers))
        {
            return;
        }

        if (answers.People.Count >= Booking.MaxDelegates || state.Dates.Any(date => state.PlacesOn(date) >= Booking.MaxDelegates))
        {
            ModelState.AddModelError("Form.IsComing", $"You have added {Booking.MaxDelegates} people already. Remove one to come yourself");
        }
        else if (state.Places + state.Dates.Count > Booking.MaxPlaces)
        {
            ModelState.AddModelError("Form.IsComing", $"One booking is for up to {Booking.MaxPlaces} places on all its dates. Remove somebody to come yourself");
        }
    }

    private async Task<PageResult> ShowAsync(JourneyState state)
    {
        Journey = state;
        var lists = await journey.ListsAsync();
        Sectors = lists.Sectors.Select(sector => new SelectListItem(sector.Name, sector.Id.ToString()));
        Areas = lists.Areas.Select(area => new SelectListItem(area.Name, area.Id.ToString()));
        return Page();
    }
}

internal sealed class OrganisationForm
{
    [Display(Name = "Your full name"), Required, StringLength(Person.NameLength), PlainName]
    public string? Name { get; set; }

    [Display(Name = "Your work email address", Description = "We send the confirmation and the link to change the booking here.")]
    [Required, DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Email { get; set; }

    [Display(Name = "I am coming too, add me to the list")]
    public bool IsComing { get; set; }

    [Display(Name = "Organisation", Description = "Your school, nursery, team or charity. Leave empty if you work for yourself.")]
    [StringLength(TrainingHub.People.Organisation.NameLength), PlainName]
    public string? Organisation { get; set; }

    /// <summary>Chosen of those that the search found. Null: what was typed.</summary>
    [Display(Name = "Is it one of these?")]
    public string? Known { get; set; }

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
        (answers.BookerName, answers.BookerEmail, answers.Organisation) = (Name, Email, Known ?? Organisation);
        (answers.SectorId, answers.AreaId) = (SectorId, AreaId);
        if (IsComing && !IsAmong(answers))
        {
            answers.People.Add(new PersonAnswer { Name = Name, Email = Email });
        }
    }
}
