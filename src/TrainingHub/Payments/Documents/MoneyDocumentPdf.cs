using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Payments;

/// <summary>An invoice or a credit note as a PDF file.</summary>
internal static class MoneyDocumentPdf
{
    public static byte[] Write(MoneyDocument document)
    {
        using var pdf = new PdfWriter(document.Title, document.Seller.Name);
        pdf.StrongParagraph(document.Seller.Name);
        pdf.Paragraph(string.Join('\n', [.. document.Seller.AddressLines, $"{document.Seller.Email}, {document.Seller.Phone}"]));
        pdf.Heading(document.Title);
        pdf.Facts([.. Facts(document)]);
        pdf.Table(new PdfTable([new("Place for", 4), new("Amount (£)", 1, IsNumeric: true)], [.. Rows(document)]));
        pdf.Paragraph(MoneyDocument.VatWords);
        if (document.Kind == MoneyDocumentKind.Invoice)
        {
            HowToPay(pdf, document);
        }
        else
        {
            pdf.Paragraph($"This sum is taken off invoice {document.Credits?.Number}. You do not need to pay anything for this credit note.");
        }

        return pdf.ToBytes();
    }

    private static IEnumerable<(string, string)> Facts(MoneyDocument document)
    {
        yield return (document.Kind == MoneyDocumentKind.Invoice ? "Invoice to" : "Credit to",
            string.Join('\n', new[] { document.Buyer.Name }.Concat(document.Buyer.AddressLines).Append(document.Buyer.Email).Where(line => line.Length > 0)));
        if (document.Credits is { } credited)
        {
            yield return ("Takes off invoice", $"{credited.Number} of {London.Words(credited.IssuedOn)}");
        }

        if (document.PurchaseOrder is { } order)
        {
            yield return ("Your purchase order", order);
        }

        if (document.BuyerReference is { } reference)
        {
            yield return ("Your reference", reference);
        }

        yield return ("Issued on", London.Words(document.IssuedOn));
        if (document.DueOn is { } due)
        {
            yield return ("Pay by", London.Words(due));
        }

        yield return ("Booking", document.BookingReference);
        if (document.Seller.VatNumber is { } vat)
        {
            yield return ("Our VAT number", vat);
        }
    }

    private static IEnumerable<PdfRow> Rows(MoneyDocument document)
    {
        foreach (var what in document.Lines.GroupBy(line => line.Description))
        {
            yield return PdfRow.Group(what.Key);
            foreach (var line in what)
            {
                yield return PdfRow.Body(line.DelegateName ?? "Name not kept", new Money(line.Pence).Column);
            }
        }

        yield return PdfRow.Foot(document.Kind == MoneyDocumentKind.Invoice ? "Total to pay" : "Total taken off", new Money(document.TotalPence).Column);
    }

    private static void HowToPay(PdfWriter pdf, MoneyDocument document)
    {
        pdf.Subheading("How to pay");
        pdf.Paragraph(document.HowToPay);
        if (document.PayLink is { } link)
        {
            pdf.Link("Pay this invoice by card", link);
        }

        pdf.Paragraph($"Please quote {document.Number} with your payment.");
    }
}
