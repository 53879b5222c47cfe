using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>How to pay: by card, by invoice, or not at all as a charity that applies for free places.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class HowToPayModel(BookingJourney journey, FreePlaceChoice free, KnownBookers knownBookers) : PageModel
{
    [BindProperty]
    public PayForm Form { get; set; } = new();

    public JourneyState Journey { get; private set; } = null!;
    public bool AreCardsOffered => journey.AreCardsOffered;
    public string Total { get; private set; } = "";

    /// <summary>"by 16 November 2026" for an application of today.</summary>
    public string DecideWithin { get; private set; } = "";

    /// <param name="run"></param>
    /// <param name="award">"used": it has fewer places left than are booked.</param>
    /// <param name="ct"></param>
    public async Task<IActionResult> OnGetAsync(Guid run, string? award, CancellationToken ct)
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
            CheckUnpaid();
            await free.CheckAsync(this, Form, Journey.Places, ct);
        }
        else if (award == "used")
        {
            ModelState.AddModelError("Form.AwardCode", FreePlaceChoice.TooFewLeft);
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
        CheckUnpaid();
        var award = await free.CheckAsync(this, Form, Journey.Places, ct);
        if (!ModelState.IsValid)
        {
            return await journey.RefuseAsync(this, Journey, ct);
        }

        RefusedForms.Forget(this, answers);
        Form.WriteTo(answers);
        FreePlaceChoice.Use(award, answers);
        await journey.SaveAsync(HttpContext, Journey, answers, ct);
        return Redirect(journey.DetourFor(Journey) ?? journey.NextPage(Journey, answers));
    }

    /// <summary>More places than one visitor may hold unpaid are not held for a card payment or a decision.</summary>
    public bool IsTooLargeToHold => Journey.Places > Visitor.MostUnpaid;

    private void CheckUnpaid()
    {
        if (IsTooLargeToHold && (Form.Chosen is PaymentMethod.Card || Form is { Chosen: PaymentMethod.FreePlace, AwardCode: null }))
        {
            ModelState.AddModelError("Form.By", $"We hold up to {Visitor.MostUnpaid} places for a card payment or an application. Pay for these {Journey.Places} by invoice, or book fewer");
        }
    }

    private async Task<IActionResult?> LeadAwayAsync(Guid run, CancellationToken ct)
    {
        if (await journey.FindAsync(HttpContext, run, ct) is not { } state)
        {
            return NotFound();
        }

        if (state.Answers is not { HasPeople: true, HasOrganisation: true })
        {
            return Redirect(state.Answers is null ? CatalogueUrls.Book(run) + "?restart=true" : journey.NextPage(state, state.Answers));
        }

        if (state.Total is not { } total || state.IsFree)
        {
            return Redirect(journey.DetourFor(state) ?? BookingUrls.Check(run));
        }

        (Journey, Total) = (state, total);
        DecideWithin = await free.WhenWordsAsync(ct);
        return null;
    }
}
