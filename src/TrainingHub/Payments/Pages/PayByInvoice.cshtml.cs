using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using TrainingHub.Bookings;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages;

/// <summary>An invoice instead of the card, while the places are held for a card payment.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class PayByInvoiceModel(PrivateBooking bookings, SwitchToInvoice change, TimeProvider clock) : PageModel
{
    [BindProperty]
    public InvoiceForm Form { get; set; } = new();

    public PaidBooking Found { get; private set; } = null!;

    public string HeldUntil => Found.HeldUntil(clock.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct) =>
        await FindAsync(reference, ct) ? Show() : LocalRedirect("~" + BookingUrls.Manage(reference));

    public async Task<IActionResult> OnPostAsync(string reference, CancellationToken ct)
    {
        if (!await FindAsync(reference, ct))
        {
            return LocalRedirect("~" + BookingUrls.Manage(reference));
        }

        this.CheckAddress("Form.InvoiceEmail", Form.InvoiceEmail, InvoiceForm.NoInvoiceEmail);
        if (!ModelState.IsValid)
        {
            return Show();
        }

        var booking = Found.Booking;
        return await change.RunAsync(booking.Id, Form.InvoiceEmail!, Form.PurchaseOrder, ct) switch
        {
            SwitchToInvoiceResult.Switched => Done($"You pay by invoice. We send it to {Form.InvoiceEmail}."),
            SwitchToInvoiceResult.PaidByCard => Done("Your card payment went through after all. The booking is paid, so we send no invoice."),
            SwitchToInvoiceResult.NotPossible => LocalRedirect("~" + BookingUrls.Pay(booking.Reference)),
            SwitchToInvoiceResult.Unavailable => Refuse(),
        };
    }

    private LocalRedirectResult Done(string notice)
    {
        TempData["Success"] = notice;
        return LocalRedirect("~" + BookingUrls.Manage(Found.Booking.Reference));
    }

    private PageResult Refuse()
    {
        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        ModelState.AddModelError(
            "", $"We cannot reach our payment service just now, so nothing has changed. Your places are held until {HeldUntil}. Try again in a minute.");
        return Page();
    }

    private async Task<bool> FindAsync(string reference, CancellationToken ct)
    {
        if (await bookings.FindAsync(HttpContext, reference, ct) is not { } found)
        {
            return false;
        }

        Found = found;
        return true;
    }

    // The payment page says why something cannot be paid, and leads on.
    private IActionResult Show() => StartPayment.WhyNotPay(Found.Booking, clock.GetUtcNow()) is null
        ? Page()
        : LocalRedirect("~" + BookingUrls.Pay(Found.Booking.Reference));
}
