using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages;

/// <summary>
/// Where Stripe sends the buyer after paying. Asks Stripe once, in case its event is slower than the buyer; says nothing about
/// money that Stripe does not say. The booking does not depend on this page being visited.
/// </summary>
[EnableRateLimiting(RateLimits.PaymentLooks)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed partial class PaidModel(
    PrivateBooking bookings, TrainingHubDb db, Checkouts checkouts, RecordPayment record, ILogger<PaidModel> logger) : PageModel
{
    public string Reference { get; private set; } = "";

    /// <summary>The invoice that is paid; null when a held booking is.</summary>
    public string? Number { get; private set; }

    public string Home => Number is { } number ? PaymentUrls.Document(Reference, number) : BookingUrls.Manage(Reference);

    public bool IsWithBank { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (await bookings.FindForInvoiceAsync(HttpContext, reference, ct) is not { } found)
        {
            return LocalRedirect("~" + BookingUrls.Manage(reference));
        }

        Reference = found.Booking.Reference;
        var last = await db.Payments.AsNoTracking()
            .Where(payment => payment.BookingId == found.Booking.Id && payment.CheckoutSessionId != null)
            .OrderByDescending(payment => payment.Attempt)
            .FirstOrDefaultAsync(ct);
        Number = last?.InvoiceId is { } invoice ? Invoice.WordsOf(await db.Invoices.Where(one => one.Id == invoice).Select(one => one.Number).SingleAsync(ct)) : null;
        if (last is not { State: PaymentState.Pending or PaymentState.AwaitingBank, CheckoutSessionId: { } session })
        {
            return LocalRedirect("~" + Home);
        }

        return await AskAsync(session, ct) switch
        {
            RecordResult.AwaitingBank => WaitForBank(),
            RecordResult.Open => LocalRedirect("~" + (Number is { } number ? PaymentUrls.LeftInvoiceCheckout(Reference, number) : PaymentUrls.LeftCheckout(Reference))),
            RecordResult.Paid or RecordResult.Known or RecordResult.Expired or RecordResult.Unknown => LocalRedirect("~" + Home),
            null => Page(),
        };
    }

    private PageResult WaitForBank()
    {
        IsWithBank = true;
        return Page();
    }

    private async Task<RecordResult?> AskAsync(string session, CancellationToken ct)
    {
        try
        {
            return await record.RunAsync(await checkouts.SeeAsync(session, ct), heard: null, ct);
        }
        catch (StripeGatewayException failure)
        {
            LogSilent(failure);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stripe could not be asked about a payment whose buyer came back; the event or the next reconciliation tells")]
    private partial void LogSilent(Exception failure);
}
