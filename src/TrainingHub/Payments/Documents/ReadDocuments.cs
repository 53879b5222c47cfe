using TrainingHub.Platform.Web;

namespace TrainingHub.Payments;

/// <summary>Documents of money made of what was issued and of who the seller is today.</summary>
internal static class ReadDocuments
{
    /// <param name="paper">The invoice.</param>
    /// <param name="credit">Its credit note that is wanted; null is the invoice itself.</param>
    /// <param name="reference">Of the booking.</param>
    /// <param name="site">The seller.</param>
    /// <param name="options">How it is paid.</param>
    public static MoneyDocument Of(InvoicePaper paper, CreditPaper? credit, string reference, SiteOptions site, InvoiceOptions options) => new()
    {
        Kind = credit is null ? MoneyDocumentKind.Invoice : MoneyDocumentKind.CreditNote,
        Number = credit?.Note.NumberWords ?? paper.Invoice.NumberWords,
        IssuedOn = credit?.Note.IssuedOn ?? paper.Invoice.IssuedOn,
        DueOn = credit is null ? paper.Invoice.DueOn : null,
        Seller = SellerOf(site, options),
        Buyer = new(paper.Invoice.BillingName ?? "Name not kept", MoneyDocument.LinesOf(paper.Invoice.PostalAddress), credit?.Note.Email ?? paper.Invoice.Email),
        PurchaseOrder = paper.PurchaseOrder,
        BookingReference = reference,
        Lines = [.. (credit?.Lines ?? paper.Lines).Select(line => new MoneyDocumentLine(line.Description, line.DelegateName, line.Pence))],
        Credits = credit is null ? null : new(paper.Invoice.NumberWords, paper.Invoice.IssuedOn),
        HowToPay = credit is null ? HowToPay(site, options) : "",
    };

    public static Seller SellerOf(SiteOptions site, InvoiceOptions options) => new(
        site.PartnershipName, MoneyDocument.LinesOf(site.PostalAddress), site.ContactEmail, site.ContactPhone, options.VatNumber is { Length: > 0 } vat ? vat : null);

    /// <summary>The account to pay into, or whom to ask for it.</summary>
    public static string HowToPay(SiteOptions site, InvoiceOptions options) => options.HowToPay.Length > 0
        ? options.HowToPay
        : $"Write to {site.ContactEmail} or call {site.ContactPhone} ({site.ContactHours}) for the account to pay into.";
}
