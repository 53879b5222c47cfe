using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>How to pay: by card, by invoice, or not at all as a charity that applies for free places.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class HowToPayModel(BookingJourney journey, KnownBookers knownBookers) : PageModel
{
    [BindProperty]
    public PayForm Form { get; set; } = new();

    public JourneyState Journey { get; private set; } = null!;
    public bool AreCardsOffered => journey.AreCardsOffered;
    public string Total { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await LeadAwayAsync(run, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        var answers = Journey.Answers!;
        Form = PayForm.Of(answers);
        if (answers.Method is null)
        {
            Form.InvoiceEmail ??= (await knownBookers.FindAsync(HttpContext, ct))?.InvoiceEmail;
        }

        if (RefusedForms.Of(this, answers) is { } refused)
        {
            Form = new();
            await TryUpdateModelAsync(Form, nameof(Form), refused);
            Form.Check(this, AreCardsOffered, answers.Organisation is not null);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid run, CancellationToken ct)
    {
        if (await LeadAwayAsync(run, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        var answers = Journey.Answers!;
        Form.Check(this, AreCardsOffered, answers.Organisation is not null);
        if (!ModelState.IsValid)
        {
            return await journey.RefuseAsync(this, Journey, ct);
        }

        RefusedForms.Forget(this, answers);
        Form.WriteTo(answers);
        await journey.SaveAsync(HttpContext, Journey, answers, ct);
        return Redirect(journey.DetourFor(Journey, answers.People.Count) ?? journey.NextPage(Journey, answers));
    }

    private async Task<IActionResult?> LeadAwayAsync(Guid run, CancellationToken ct)
    {
        if (await journey.FindAsync(HttpContext, run, ct) is not { } state)
        {
            return NotFound();
        }

        if (state.Answers is not { HasPeople: true, HasOrganisation: true } answers)
        {
            return Redirect(state.Answers is null ? CatalogueUrls.Book(run) + "?restart=true" : journey.NextPage(state, state.Answers));
        }

        if (state.Run.Price is not { } price || state.IsFree)
        {
            return Redirect(journey.DetourFor(state, answers.People.Count) ?? BookingUrls.Check(run));
        }

        Journey = state;
        Total = BookingSummary.WordsOf([.. answers.People.Select(_ => price.Each.Pence)]);
        return null;
    }
}
