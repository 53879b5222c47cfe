using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages;

/// <summary>Invoices and credit notes as files. Each stands at the address of its page with .pdf or .xml at the end.</summary>
internal sealed class DocumentFiles(IOptions<SiteOptions> site, IOptions<InvoiceOptions> invoices)
{
    public const string Pdf = ".pdf";
    public const string Xml = ".xml";

    /// <summary>"INV-00042.pdf" → "INV-00042" and ".pdf"; without such an ending the name and null.</summary>
    public static (string Number, string? Ending) Split(string name) =>
        name.EndsWith(Pdf, StringComparison.OrdinalIgnoreCase) ? (name[..^Pdf.Length], Pdf)
        : name.EndsWith(Xml, StringComparison.OrdinalIgnoreCase) ? (name[..^Xml.Length], Xml)
        : (name, null);

    /// <param name="paper">The invoice.</param>
    /// <param name="credit">Its credit note that is wanted; null is the invoice itself.</param>
    /// <param name="reference">Of the booking.</param>
    /// <param name="ending"><see cref="Pdf"/> or <see cref="Xml"/>.</param>
    public FileContentResult Answer(InvoicePaper paper, CreditPaper? credit, string reference, string ending)
    {
        var document = ReadDocuments.Of(paper, credit, reference, site.Value, invoices.Value);
        return ending == Pdf
            ? new(MoneyDocumentPdf.Write(document), PdfWriter.ContentType) { FileDownloadName = document.Number + Pdf }
            : new(MoneyDocumentXml.Write(document), MoneyDocumentXml.ContentType) { FileDownloadName = document.Number + Xml };
    }
}
