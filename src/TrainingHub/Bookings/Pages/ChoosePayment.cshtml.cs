using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>After a declined free place: card or invoice, while the places are held.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ChoosePaymentModel(OpenBooking bookings, ChoosePayment choose, IOptions<CardPaymentOptions> cards) : PageModel
{
    [BindProperty]
    public PayForm Form { get; set; } = new();

    public Booking? Booking { get; private set; }
    /// <summary>At least one, in the order in which they begin.</summary>
    public IReadOnlyList<DateLine> Runs { get; private set; } = [];
    public string Total { get; private set; } = "";
    public string Rules { get; private set; } = "";
    public string HeldUntil { get; private set; } = "";
    public bool AreCardsOffered => cards.Value.AreOffered;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct) =>
        await LeadAwayAsync(reference, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(string reference, CancellationToken ct)
    {
        if (await LeadAwayAsync(reference, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (Form.Chosen == PaymentMethod.FreePlace)
        {
            ModelState.AddModelError("Form.By", "Select card or invoice");
        }

        Form.Check(this, AreCardsOffered, hasOrganisation: true);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var result = Form.Chosen == PaymentMethod.Invoice
            ? await choose.ByInvoiceAsync(Booking!.Id, Form.InvoiceEmail!, Form.PurchaseOrder, ct)
            : await choose.ByCardAsync(Booking!.Id, ct);
        return Redirect(result switch
        {
            ChoosePaymentResult.Held => BookingUrls.Pay(Booking.Reference),
            ChoosePaymentResult.Confirmed or ChoosePaymentResult.TooLate => BookingUrls.Manage(Booking.Reference),
        });
    }

    private async Task<IActionResult?> LeadAwayAsync(string reference, CancellationToken ct)
    {
        Booking = await bookings.FindAsync(HttpContext, reference, ct);
        if (Booking is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        if (!Booking.AwaitsChoiceOfPayment)
        {
            return Redirect(BookingUrls.Manage(Booking.Reference));
        }

        var live = (await bookings.PlacesAsync(Booking, ct)).Where(place => place.IsLive).ToList();
        Runs = await bookings.PricedRunsAsync(Booking, live, ct);
        HeldUntil = London.Moment(Booking.HeldUntil!.Value);
        var prices = await bookings.PricesAsync(live, Runs, ct);
        Total = BookingSummary.WordsOf([.. live.Select(place => prices.GetValueOrDefault(place.Id)?.Each.Pence ?? 0)]);
        Rules = string.Join(", ", prices.Values.Select(price => price.Rule).Distinct());
        return null;
    }
}
