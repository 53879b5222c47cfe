using System.Globalization;
using System.Xml.Linq;

namespace TrainingHub.Tests.Payments.Documents;

/// <summary>
/// Rules of EN 16931-1 (BR-…) and of Peppol BIS Billing 3.0 (PEPPOL-…) that a document of ours can break, and the order of elements that
/// the schema of UBL 2.1 asks for, written by hand from the standards' own text: the schemas are in no package.
/// </summary>
internal static class UblRules
{
    public static readonly XNamespace Cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    public static readonly XNamespace Cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

    private static readonly Dictionary<string, string[]> Order = new(StringComparer.Ordinal)
    {
        ["Invoice"] =
        [
            "CustomizationID", "ProfileID", "ID", "IssueDate", "DueDate", "InvoiceTypeCode", "Note", "DocumentCurrencyCode", "BuyerReference", "OrderReference", "BillingReference",
            "AccountingSupplierParty", "AccountingCustomerParty", "PaymentMeans", "PaymentTerms", "TaxTotal", "LegalMonetaryTotal", "InvoiceLine",
        ],
        ["CreditNote"] =
        [
            "CustomizationID", "ProfileID", "ID", "IssueDate", "CreditNoteTypeCode", "Note", "DocumentCurrencyCode", "BuyerReference", "OrderReference", "BillingReference",
            "AccountingSupplierParty", "AccountingCustomerParty", "PaymentMeans", "PaymentTerms", "TaxTotal", "LegalMonetaryTotal", "CreditNoteLine",
        ],
        ["Party"] = ["EndpointID", "PartyIdentification", "PartyName", "PostalAddress", "PartyTaxScheme", "PartyLegalEntity", "Contact"],
        ["PostalAddress"] = ["StreetName", "AdditionalStreetName", "CityName", "PostalZone", "CountrySubentity", "AddressLine", "Country"],
        ["Contact"] = ["Name", "Telephone", "ElectronicMail"],
        ["TaxTotal"] = ["TaxAmount", "TaxSubtotal"],
        ["TaxSubtotal"] = ["TaxableAmount", "TaxAmount", "TaxCategory"],
        ["TaxCategory"] = ["ID", "Percent", "TaxExemptionReasonCode", "TaxExemptionReason", "TaxScheme"],
        ["ClassifiedTaxCategory"] = ["ID", "Percent", "TaxScheme"],
        ["LegalMonetaryTotal"] = ["LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount"],
        ["InvoiceLine"] = ["ID", "InvoicedQuantity", "LineExtensionAmount", "Item", "Price"],
        ["CreditNoteLine"] = ["ID", "CreditedQuantity", "LineExtensionAmount", "Item", "Price"],
        ["Item"] = ["Description", "Name", "ClassifiedTaxCategory"],
    };

    /// <summary>The rules that it breaks; none when it is right.</summary>
    public static IReadOnlyList<string> Broken(XElement root)
    {
        var broken = new List<string>();
        void Rule(string id, bool holds)
        {
            if (!holds)
            {
                broken.Add(id);
            }
        }

        string? Text(string path) => path.Split('/').Aggregate((XElement?)root, (at, step) => at?.Elements().FirstOrDefault(child => child.Name.LocalName == step))?.Value;
        var total = root.Element(Cac + "LegalMonetaryTotal");
        decimal Sum(string name) => decimal.Parse(total?.Element(Cbc + name)?.Value ?? "-1", CultureInfo.InvariantCulture);
        var lines = root.Elements().Where(child => child.Name.LocalName is "InvoiceLine" or "CreditNoteLine").ToList();
        var categories = root.Descendants(Cac + "ClassifiedTaxCategory").Concat(root.Descendants(Cac + "TaxCategory")).ToList();

        Rule("BR-01", Text("CustomizationID") is { Length: > 0 });
        Rule("BR-02", Text("ID") is { Length: > 0 });
        Rule("BR-03", DateOnly.TryParseExact(Text("IssueDate"), "yyyy-MM-dd", out _));
        Rule("BR-04", (Text("InvoiceTypeCode") ?? Text("CreditNoteTypeCode")) is "380" or "381");
        Rule("BR-05", Text("DocumentCurrencyCode") == "GBP");
        Rule("BR-06", Text("AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName") is { Length: > 0 });
        Rule("BR-07", Text("AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName") is { Length: > 0 });
        Rule("BR-09", Text("AccountingSupplierParty/Party/PostalAddress/Country/IdentificationCode") == "GB");
        Rule("BR-11", Text("AccountingCustomerParty/Party/PostalAddress/Country/IdentificationCode") == "GB");
        Rule("BR-16", lines.Count > 0);
        Rule("BR-55", root.Elements(Cac + "BillingReference").All(one => one.Descendants(Cbc + "ID").Any()));
        Rule("BR-62/63", root.Descendants(Cbc + "EndpointID").All(one => one.Attribute("schemeID") is not null));
        Rule("BR-CO-10", lines.Sum(line => decimal.Parse(line.Element(Cbc + "LineExtensionAmount")!.Value, CultureInfo.InvariantCulture)) == Sum("LineExtensionAmount"));
        Rule("BR-CO-13", Sum("LineExtensionAmount") == Sum("TaxExclusiveAmount"));
        Rule("BR-CO-15", Sum("TaxExclusiveAmount") == Sum("TaxInclusiveAmount"));
        Rule("BR-CO-16", Sum("TaxInclusiveAmount") == Sum("PayableAmount"));
        Rule("BR-CO-25", Text("DueDate") is not null || Text("PaymentTerms/Note") is { Length: > 0 });
        Rule("PEPPOL-EN16931-R003", Text("BuyerReference") is { Length: > 0 } || Text("OrderReference/ID") is { Length: > 0 });
        Rule("PEPPOL-EN16931-R008", root.DescendantsAndSelf().All(one => one.HasElements || one.Value.Length > 0));
        Rule("PEPPOL-EN16931-R010/R020", root.Descendants(Cac + "Party").All(party => party.Element(Cbc + "EndpointID") is not null));
        foreach (var line in lines)
        {
            decimal Of(XElement? amount) => decimal.Parse(amount?.Value ?? "-1", CultureInfo.InvariantCulture);
            var quantity = line.Elements().First(child => child.Name.LocalName.EndsWith("Quantity", StringComparison.Ordinal));
            Rule("BR-21", line.Element(Cbc + "ID")?.Value is { Length: > 0 });
            Rule("BR-23", quantity.Attribute("unitCode")?.Value is { Length: > 0 });
            Rule("BR-25", line.Element(Cac + "Item")?.Element(Cbc + "Name")?.Value is { Length: > 0 });
            Rule("BR-27", Of(line.Element(Cac + "Price")?.Element(Cbc + "PriceAmount")) >= 0);
            Rule("PEPPOL-EN16931-R120", Of(line.Element(Cbc + "LineExtensionAmount")) == Of(quantity) * Of(line.Element(Cac + "Price")?.Element(Cbc + "PriceAmount")));
        }

        var isOut = categories.Any(one => one.Element(Cbc + "ID")?.Value == "O");
        var vat = Text("AccountingSupplierParty/Party/PartyTaxScheme/CompanyID");
        Rule("BR-CO-18", root.Elements(Cac + "TaxTotal").Elements(Cac + "TaxSubtotal").Count() == 1);
        Rule("BR-O-02", !isOut || vat is null);
        Rule("BR-O-05", !isOut || categories.All(one => one.Element(Cbc + "Percent") is null));
        Rule("BR-O-10/BR-E-10", root.Descendants(Cac + "TaxCategory").All(one => one.Element(Cbc + "TaxExemptionReason") is not null));
        Rule("BR-O-11", !isOut || categories.All(one => one.Element(Cbc + "ID")?.Value == "O"));
        Rule("BR-E-02", isOut || vat is not null);
        Rule("BR-E-05", isOut || categories.All(one => one.Element(Cbc + "Percent")?.Value == "0"));
        Rule("BR-CO-26", vat is not null || Text("AccountingSupplierParty/Party/PartyIdentification/ID") is { Length: > 0 });
        Rule("BR-CO-09", vat is null || vat.StartsWith("GB", StringComparison.Ordinal));
        Rule("UBL-DT-01", root.Descendants().Where(one => one.Attribute("currencyID") is not null).All(one => one.Value.Split('.') is [_, { Length: 2 }]));
        broken.AddRange(root.DescendantsAndSelf().Where(one => Order.ContainsKey(one.Name.LocalName)).SelectMany(OutOfOrder));
        return [.. broken.Distinct()];
    }

    private static IEnumerable<string> OutOfOrder(XElement parent)
    {
        var order = Order[parent.Name.LocalName];
        var places = parent.Elements().Select(child => Array.IndexOf(order, child.Name.LocalName)).ToList();
        return places.Zip(places.Skip(1)).Any(pair => pair.First > pair.Second) || places.Contains(-1) ? [$"schema: {parent.Name.LocalName}"] : [];
    }
}
