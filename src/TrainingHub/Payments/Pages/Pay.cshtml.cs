using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages;

/// <summary>What is to be paid and until when, and the button that leads to Stripe.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class PayModel(PrivateBooking bookings, StartPayment start, TrainingHubDb db, TimeProvider clock) : PageModel
{
    /// <summary>The buyer came back from Stripe without paying.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Left { get; set; }

    public PaidBooking Found { get; private set; } = null!;

    /// <summary>Why there is no button; null when there is one.</summary>
    public StartPaymentResult? Refusal { get; private set; }

    public string HeldUntil => Found.HeldUntil(clock.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (await bookings.FindAsync(HttpContext, reference, ct) is not { } found)
        {
            return LocalRedirect("~" + BookingUrls.Manage(reference));
        }

        var isWithBank = await db.Payments.AnyAsync(
            payment => payment.BookingId == found.Booking.Id && payment.State == PaymentState.AwaitingBank, ct);
        return Show(found, isWithBank ? StartPaymentResult.AwaitingBank : StartPayment.WhyNotPay(found.Booking, clock.GetUtcNow()));
    }

    public async Task<IActionResult> OnPostAsync(string reference, CancellationToken ct)
    {
        Left = false;
        if (await bookings.FindAsync(HttpContext, reference, ct) is not { } found)
        {
            return LocalRedirect("~" + BookingUrls.Manage(reference));
        }

        var outcome = await start.RunAsync(found.Booking.Id, ct);
        if (outcome is { Result: StartPaymentResult.Pay, Url: { } url })
        {
            Response.Headers.Location = url.AbsoluteUri;
            return StatusCode(StatusCodes.Status303SeeOther);
        }

        return Show(found, outcome.Result);
    }

    private IActionResult Show(PaidBooking found, StartPaymentResult? refusal)
    {
        Found = found;
        if (refusal is not { } why)
        {
            return Page();
        }

        return why switch
        {
            StartPaymentResult.Pay => Page(),
            StartPaymentResult.AlreadyPaid => LocalRedirect("~" + BookingUrls.Manage(found.Booking.Reference)),
            StartPaymentResult.NotByCard => LocalRedirect("~" + (found.Booking.AwaitsChoiceOfPayment
                ? BookingUrls.ChoosePayment(found.Booking.Reference)
                : BookingUrls.Manage(found.Booking.Reference))),
            StartPaymentResult.Unavailable => Unavailable(),
            StartPaymentResult.AwaitingBank or StartPaymentResult.NotHeld or StartPaymentResult.UnderReview => Refused(why),
        };
    }

    private PageResult Refused(StartPaymentResult why)
    {
        Refusal = why;
        return Page();
    }

    private PageResult Unavailable()
    {
        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        ModelState.AddModelError(
            "", $"We cannot reach our payment service just now. You have not been charged and your places are held until {HeldUntil}. Try again in a minute.");
        return Page();
    }
}
