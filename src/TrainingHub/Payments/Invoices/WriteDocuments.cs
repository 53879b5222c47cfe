using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Emails;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments;

/// <summary>To whom an invoice is made out. Email is where it is sent.</summary>
internal sealed record BillTo(string? Name, string? PostalAddress, string Email, string? PurchaseOrder);

/// <summary>A line before it has a document. Pence, more than nought.</summary>
internal sealed record NewLine(Guid PlaceId, string Description, string? DelegateName, int Pence);

/// <summary>What of a line of an invoice is taken off. Pence, more than nought.</summary>
internal sealed record NewCredit(Guid InvoiceLineId, string Description, int Pence);

/// <summary>
/// Writes invoices and credit notes in its caller's transaction, which has locked the booking. A number is taken by an update of the
/// series' one counter row: issuers queue there, and whatever dies half-way gives its number back, so numbers have no gap. Invoices
/// first, then credit notes, so that no two issuers wait for each other.
/// </summary>
internal sealed class WriteDocuments(TrainingHubDb db, IOptions<SiteOptions> site, IOptions<InvoiceOptions> options)
{
    /// <summary>An invoice's link opens the invoices and credit notes of a booking and nothing else of it, and lasts two years.</summary>
    public const string LinkPurpose = "invoice";

    public async Task<Invoice> InvoiceAsync(
        Booking booking, BillTo to, IReadOnlyList<NewLine> lines, DateTimeOffset now, CancellationToken ct, Guid? replacesId = null)
    {
        var number = (await db.Database.SqlQuery<int>($"update invoice_numbers set next_number = next_number + 1 returning next_number - 1 as \"Value\"").ToListAsync(ct))[0];
        var issuedOn = London.DateOf(now);
        var invoice = new Invoice
        {
            Id = Guid.CreateVersion7(now),
            BookingId = booking.Id,
            Number = number,
            AmountPence = lines.Sum(line => line.Pence),
            IssuedOn = issuedOn,
            DueOn = issuedOn.AddDays(options.Value.DueDays),
            Email = to.Email,
            BillingName = to.Name,
            PurchaseOrder = to.PurchaseOrder,
            PostalAddress = to.PostalAddress,
            ReplacesId = replacesId,
            CreatedAt = now,
        };
        db.Add(invoice);
        db.AddRange(lines.Select(line => new InvoiceLine
        {
            Id = Guid.CreateVersion7(now),
            InvoiceId = invoice.Id,
            PlaceId = line.PlaceId,
            Description = Cut(line.Description),
            DelegateName = line.DelegateName,
            AmountPence = line.Pence,
        }));
        await db.SaveChangesAsync(ct);
        return invoice;
    }

    public async Task<CreditNote> CreditAsync(
        Invoice invoice, CreditReason reason, IReadOnlyList<NewCredit> lines, DateTimeOffset now, CancellationToken ct)
    {
        var number = (await db.Database.SqlQuery<int>($"update credit_note_numbers set next_number = next_number + 1 returning next_number - 1 as \"Value\"").ToListAsync(ct))[0];
        var credit = new CreditNote
        {
            Id = Guid.CreateVersion7(now),
            InvoiceId = invoice.Id,
            Number = number,
            AmountPence = lines.Sum(line => line.Pence),
            Reason = reason,
            IssuedOn = London.DateOf(now),
            Email = invoice.Email,
            CreatedAt = now,
        };
        db.Add(credit);
        db.AddRange(lines.Select(line => new CreditNoteLine
        {
            CreditNoteId = credit.Id,
            InvoiceLineId = line.InvoiceLineId,
            Description = Cut(line.Description),
            AmountPence = line.Pence,
        }));
        await db.SaveChangesAsync(ct);
        return credit;
    }

    /// <summary>Adds the email with a fresh link to what is saved next.</summary>
    /// <param name="invoice"></param>
    /// <param name="address"></param>
    /// <param name="openPence">What is to pay; nought says that it is paid.</param>
    /// <param name="summary"></param>
    /// <param name="now"></param>
    public void Tell(Invoice invoice, string address, int openPence, BookingSummary summary, DateTimeOffset now) =>
        db.Add(OutgoingEmail.To(
            address,
            new InvoiceIssuedEmail(
                NameOf(address, summary), invoice.NumberWords, summary.Reference, summary.Run.CourseDate(), new Money(openPence > 0 ? openPence : invoice.AmountPence).ToString(), London.Words(invoice.DueOn),
                invoice.PurchaseOrder, LinkTo(invoice, now), summary.EmailDates, IsPaid: openPence <= 0),
            now, summary.Reference));

    /// <summary>The same of a credit note, with what is left to pay of the invoice.</summary>
    public void Tell(CreditNote credit, Invoice invoice, string address, int openPence, BookingSummary summary, DateTimeOffset now) =>
        db.Add(OutgoingEmail.To(
            address,
            new CreditNoteIssuedEmail(
                NameOf(address, summary), credit.NumberWords, invoice.NumberWords, summary.Reference, new Money(credit.AmountPence).ToString(),
                openPence > 0 ? new Money(openPence).ToString() : null, London.Words(invoice.DueOn), LinkTo(invoice, now)),
            now, summary.Reference));

    /// <summary>As a booking says it, or staff know it of the organisation; null when nobody can be sent anything.</summary>
    public async Task<BillTo?> BillToAsync(Booking booking, CancellationToken ct)
    {
        if ((booking.InvoiceEmail ?? booking.BookerEmail) is not { } email)
        {
            return null;
        }

        // Only where staff say who the organisation is: a stranger may book in the name of any.
        var address = booking.Origin == BookingOrigin.Staff ? (await InvoicingOf.FindAsync(db, booking.OrganisationId, ct))?.Address : null;
        return new(booking.OrganisationName ?? booking.BookerName, address, email, booking.PurchaseOrder);
    }

    private string LinkTo(Invoice invoice, DateTimeOffset now) =>
        site.Value.Absolute(PaymentUrls.PrivateInvoice(SecretLink.Issue(db, LinkPurpose, invoice.BookingId, now, now.AddYears(2)).Value));

    private static string NameOf(string address, BookingSummary summary) => address == summary.BookerEmail ? summary.BookerName : "colleague";

    private static string Cut(string words) => words[..Math.Min(words.Length, InvoiceLine.DescriptionLength)];
}
