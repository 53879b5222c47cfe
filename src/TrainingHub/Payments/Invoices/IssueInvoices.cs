using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.Emails;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments;

/// <summary>
/// Issues the invoice of each confirmed booking that is paid by invoice, and of each that owes a charge and was not paid for here before,
/// and sends it. The number is taken by an update of the one
/// counter row in the transaction that issues: issuers queue there, and whatever dies half-way gives its number back, so numbers
/// have no gap. A booking has one invoice at most, whoever runs this twice.
/// </summary>
internal sealed class IssueInvoices(TrainingHubDb db, IOptions<SiteOptions> site, IOptions<InvoiceOptions> invoices, TimeProvider clock) : IJob
{
    /// <summary>An invoice's link opens that invoice and nothing else of the booking, and lasts two years.</summary>
    public const string LinkPurpose = "invoice";

    private const int BatchSize = 50;

    private const string TakeNumber =
        """
        update invoice_numbers
        set next_number = next_number + 1
        returning next_number - 1 as "Value"
        """;

    public static TimeSpan Every => TimeSpan.FromSeconds(15);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var due = await db.Bookings
            .Where(booking => Booking.TakenHere.Contains(booking.Origin)
                && !db.Invoices.Any(invoice => invoice.BookingId == booking.Id)
                && ((booking.PaymentMethod == PaymentMethod.Invoice && booking.State == BookingState.Confirmed
                        && db.Places.Any(place => place.BookingId == booking.Id && place.State == PlaceState.Confirmed && place.PricePence > 0))
                    || (Booking.InvoicedForCharges.Contains(booking.PaymentMethod)
                        && db.PlaceCharges.Any(charge => charge.BookingId == booking.Id && charge.State == ChargeState.Raised && charge.Pence > 0))))
            .OrderBy(booking => booking.ConfirmedAt)
            .Select(booking => booking.Id)
            .Take(BatchSize)
            .ToListAsync(ct);
        return await OneByOne.RunAsync(due, booking => IssueAsync(booking, ct));
    }

    /// <returns>False when there is nothing to invoice, or another issuer was faster.</returns>
    internal async Task<bool> IssueAsync(Guid bookingId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var number = (await db.Database.SqlQueryRaw<int>(TakeNumber).ToListAsync(ct))[0];
        var booking = await db.Bookings.SingleAsync(one => one.Id == bookingId, ct);
        var charged = await db.PlaceMoney.Where(place => place.BookingId == bookingId && place.ChargedPence > 0).Select(place => place.PlaceId).ToListAsync(ct);
        var places = await db.Places.Where(place => charged.Contains(place.Id)).OrderBy(place => place.Id).ToListAsync(ct);
        var amount = await db.PlaceMoney.Where(place => place.BookingId == bookingId).SumAsync(place => place.ChargedPence, ct);
        if (!Booking.InvoicedForCharges.Contains(booking.PaymentMethod) || amount == 0 || (booking.InvoiceEmail ?? booking.BookerEmail) is not { } email)
        {
            return false;
        }

        var issuedOn = London.DateOf(now);
        var invoice = new Invoice
        {
            Id = Guid.CreateVersion7(now),
            BookingId = bookingId,
            Number = number,
            AmountPence = amount,
            IssuedOn = issuedOn,
            DueOn = issuedOn.AddDays(invoices.Value.DueDays),
            Email = email,
            PurchaseOrder = booking.PurchaseOrder,
            PostalAddress = await AddressAsync(booking, ct),
            CreatedAt = now,
        };
        db.Add(invoice);
        Tell(invoice, invoice.Email, await BookingSummaries.ReadAsync(db, booking, places, ct), now);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { ConstraintName: "ux_invoices_booking_id" })
        {
            return false;
        }

        await transaction.CommitAsync(ct);
        return true;
    }

    // Only where staff say who the organisation is: a stranger may book in the name of any.
    private async Task<string?> AddressAsync(Booking booking, CancellationToken ct) =>
        booking.Origin == BookingOrigin.Staff ? (await InvoicingOf.FindAsync(db, booking.OrganisationId, ct))?.Address : null;

    /// <summary>Adds the email with a fresh link to what is saved next.</summary>
    public void Tell(Invoice invoice, string address, BookingSummary summary, DateTimeOffset now)
    {
        var token = SecretLink.Issue(db, LinkPurpose, invoice.BookingId, now, now.AddYears(2));
        var name = address == summary.BookerEmail ? summary.BookerName : "colleague";
        var message = new InvoiceIssuedEmail(
            name, invoice.NumberWords, summary.Reference, summary.Run.CourseDate(), new Money(invoice.AskedPence).ToString(), London.Words(invoice.DueOn),
            invoice.PurchaseOrder, site.Value.Absolute(PaymentUrls.PrivateInvoice(token.Value)), summary.EmailDates);
        db.Add(OutgoingEmail.To(address, message, now, summary.Reference));
    }
}
