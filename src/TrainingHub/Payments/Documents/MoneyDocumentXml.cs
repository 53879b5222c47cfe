using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>
/// An invoice or a credit note as UBL 2.1 (OASIS, November 2013) by EN 16931-1. It keeps to the rules of Peppol BIS Billing 3.0 as well, but
/// for its addresses: Peppol knows participants by numbers, and we know buyers by their email address. Without VAT: category O ("not
/// subject to VAT") when the seller has no registration, and E ("exempt") when it has one, since the standard allows no VAT number
/// beside O (BR-O-02) and none missing beside E (BR-E-02). It says what was issued, never what was paid since.
/// </summary>
internal static class MoneyDocumentXml
{
    public const string ContentType = "application/xml";

    private const string Customization = "urn:cen.eu:en16931:2017";

    /// <summary>Of the list of electronic address schemes: an email address.</summary>
    private const string ByEmail = "EM";

    private static readonly XNamespace Cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    private static readonly XNamespace Cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

    public static byte[] Write(MoneyDocument document)
    {
        using var output = new MemoryStream();
        using (var writer = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, Encoding = new System.Text.UTF8Encoding(false), CheckCharacters = true }))
        {
            Document(document).Save(writer);
        }

        return output.ToArray();
    }

    private static XDocument Document(MoneyDocument document)
    {
        var isInvoice = document.Kind == MoneyDocumentKind.Invoice;
        XNamespace root = $"urn:oasis:names:specification:ubl:schema:xsd:{(isInvoice ? "Invoice" : "CreditNote")}-2";
        return new XDocument(new XElement(
            root + (isInvoice ? "Invoice" : "CreditNote"),
            new XAttribute(XNamespace.Xmlns + "cac", Cac),
            new XAttribute(XNamespace.Xmlns + "cbc", Cbc),
            Basic("CustomizationID", Customization),
            Basic("ID", document.Number),
            Basic("IssueDate", Day(document.IssuedOn)),
            isInvoice && document.DueOn is { } due ? Basic("DueDate", Day(due)) : null,
            isInvoice ? Basic("InvoiceTypeCode", "380") : Basic("CreditNoteTypeCode", "381"),
            Basic("DocumentCurrencyCode", "GBP"),
            Basic("BuyerReference", document.BuyerReference ?? document.BookingReference),
            document.PurchaseOrder is { } order ? Part("OrderReference", Basic("ID", order)) : null,
            document.Credits is { } credited
                ? Part("BillingReference", Part("InvoiceDocumentReference", Basic("ID", credited.Number), Basic("IssueDate", Day(credited.IssuedOn))))
                : null,
            Part("AccountingSupplierParty", SellerParty(document.Seller)),
            Part("AccountingCustomerParty", BuyerParty(document.Buyer)),
            Part("PaymentTerms", Basic("Note", Terms(document))),
            Part("TaxTotal", Amount("TaxAmount", 0), Part("TaxSubtotal", Amount("TaxableAmount", document.TotalPence), Amount("TaxAmount", 0), Category(document, "TaxCategory", withReason: true))),
            Part(
                "LegalMonetaryTotal",
                Amount("LineExtensionAmount", document.TotalPence),
                Amount("TaxExclusiveAmount", document.TotalPence),
                Amount("TaxInclusiveAmount", document.TotalPence),
                Amount("PayableAmount", document.TotalPence)),
            document.Lines.Select((line, place) => Line(document, line, place + 1))));
    }

    private static XElement SellerParty(Seller seller) => Part(
        "Party",
        Endpoint(seller.Email),
        // Something has to identify a seller who has no VAT number (BR-CO-26).
        seller.VatNumber is null ? Part("PartyIdentification", Basic("ID", seller.Email)) : null,
        Part("PartyName", Basic("Name", seller.Name)),
        Address(seller.AddressLines),
        seller.VatNumber is { } vat ? Part("PartyTaxScheme", Basic("CompanyID", WithCountry(vat)), Vat()) : null,
        Part("PartyLegalEntity", Basic("RegistrationName", seller.Name)),
        Part("Contact", Basic("Telephone", seller.Phone), Basic("ElectronicMail", seller.Email)));

    private static XElement BuyerParty(Buyer buyer) => Part(
        "Party",
        buyer.Email.Length > 0 ? Endpoint(buyer.Email) : null,
        Address(buyer.AddressLines),
        Part("PartyLegalEntity", Basic("RegistrationName", buyer.Name.Length > 0 ? buyer.Name : "Name not kept")));

    /// <summary>The last line is the postcode where it looks like one; the first is the street, what is between them belongs to it.</summary>
    private static XElement Address(IReadOnlyList<string> lines)
    {
        var postcode = lines.Count > 0 && new PostcodeAttribute().IsValid(lines[^1]) ? PostcodeAttribute.Tidy(lines[^1]) : null;
        var rest = postcode is null ? lines : [.. lines.Take(lines.Count - 1)];
        var city = rest.Count > 1 ? rest[^1] : null;
        var street = city is null ? rest : [.. rest.Take(rest.Count - 1)];
        return Part(
            "PostalAddress",
            street.Count > 0 ? Basic("StreetName", street[0]) : null,
            street.Count > 1 ? Basic("AdditionalStreetName", string.Join(", ", street.Skip(1))) : null,
            city is null ? null : Basic("CityName", city),
            postcode is null ? null : Basic("PostalZone", postcode),
            Part("Country", Basic("IdentificationCode", "GB")));
    }

    private static XElement Line(MoneyDocument document, MoneyDocumentLine line, int number)
    {
        var isInvoice = document.Kind == MoneyDocumentKind.Invoice;
        return Part(
            isInvoice ? "InvoiceLine" : "CreditNoteLine",
            Basic("ID", number.ToString(CultureInfo.InvariantCulture)),
            // A place, of which there is no unit: "one" of UN/ECE recommendation 20.
            new XElement(Cbc + (isInvoice ? "InvoicedQuantity" : "CreditedQuantity"), new XAttribute("unitCode", "C62"), 1),
            Amount("LineExtensionAmount", line.Pence),
            Part(
                "Item",
                line.DelegateName is { } name ? Basic("Description", $"Place for {name}") : null,
                Basic("Name", line.Description),
                Category(document, "ClassifiedTaxCategory", withReason: false)),
            Part("Price", Amount("PriceAmount", line.Pence)));
    }

    private static string Terms(MoneyDocument document) => document.Kind switch
    {
        MoneyDocumentKind.Invoice => string.Join('\n', new[] { document.HowToPay, $"Please quote {document.Number} with your payment." }.Where(line => line.Length > 0)),
        MoneyDocumentKind.CreditNote => $"Taken off invoice {document.Credits?.Number}. Nothing is to pay.",
    };

    private static XElement Category(MoneyDocument document, string element, bool withReason) => document.Seller.VatNumber is null
        ? Part(element, Basic("ID", "O"), withReason ? Basic("TaxExemptionReasonCode", "VATEX-EU-O") : null, withReason ? Basic("TaxExemptionReason", MoneyDocument.VatWords) : null, Vat())
        : Part(element, Basic("ID", "E"), Basic("Percent", "0"), withReason ? Basic("TaxExemptionReason", MoneyDocument.VatWords) : null, Vat());

    private static XElement Vat() => Part("TaxScheme", Basic("ID", "VAT"));

    private static XElement Endpoint(string email) => new(Cbc + "EndpointID", new XAttribute("schemeID", ByEmail), email);

    private static XElement Amount(string element, int pence) => new(Cbc + element, new XAttribute("currencyID", "GBP"), new Money(pence).Amount);

    private static XElement Basic(string element, string text) => new(Cbc + element, Clean(text));

    private static XElement Part(string element, params object?[] content) => new(Cac + element, content);

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static string WithCountry(string vat)
    {
        var number = vat.Replace(" ", "", StringComparison.Ordinal);
        return char.IsLetter(number[0]) ? number : "GB" + number;
    }

    // What people paste may hold characters that XML has no way to write.
    private static string Clean(string text) => string.Concat(text.Where((letter, place) => XmlConvert.IsXmlChar(letter)
        || (char.IsHighSurrogate(letter) && place + 1 < text.Length && char.IsLowSurrogate(text[place + 1]))
        || (char.IsLowSurrogate(letter) && place > 0 && char.IsHighSurrogate(text[place - 1]))));
}
