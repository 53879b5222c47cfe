using System.Xml.Linq;
using TrainingHub.Payments;
using Xunit;
using static TrainingHub.Tests.Payments.Documents.UblRules;

namespace TrainingHub.Tests.Payments.Documents;

public sealed class MoneyDocumentXmlTests
{
    public static TheoryData<string> Names => ["invoice", "credit note", "largest", "forgotten", "registered for VAT", "one line of address", "odd characters"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_EachKind_BreaksNoRule(string name) => Assert.Empty(Broken(Written(Named(name))));

    [Fact]
    public void Broken_WrongDocuments_NamesTheirRules()
    {
        var wrong = Written(SampleDocuments.Invoice());
        wrong.Element(Cac + "LegalMonetaryTotal")!.Element(Cbc + "PayableAmount")!.Value = "163.99";
        wrong.Descendants(Cac + "Party").First().Add(new XElement(Cac + "PartyTaxScheme", new XElement(Cbc + "CompanyID", "GB123456789")));

        Assert.Equal(["BR-CO-16", "BR-O-02", "schema: Party"], Broken(wrong));
    }

    [Fact]
    public void Write_Invoice_HasWhatTheBuyerBooksBy()
    {
        var xml = Written(SampleDocuments.Invoice());

        Assert.Equal("INV-00042", xml.Element(Cbc + "ID")?.Value);
        Assert.Equal("2026-05-30", xml.Element(Cbc + "DueDate")?.Value);
        Assert.Equal("PO 7788", xml.Element(Cac + "OrderReference")?.Value);
        Assert.Equal("K7QM2X9P", xml.Element(Cbc + "BuyerReference")?.Value);
        Assert.Equal("164.00", xml.Element(Cac + "LegalMonetaryTotal")?.Element(Cbc + "PayableAmount")?.Value);
        Assert.Equal(["Church Lane", "Little Marlow", "FC2 3BB", "GB"], xml.Element(Cac + "AccountingCustomerParty")!.Descendants(Cac + "PostalAddress").Descendants().Where(one => !one.HasElements).Select(one => one.Value));
    }

    [Fact]
    public void Write_CreditNote_NamesItsInvoice()
    {
        var xml = Written(SampleDocuments.CreditNote());

        Assert.Equal("CreditNote", xml.Name.LocalName);
        Assert.Equal("INV-000422026-04-21", xml.Element(Cac + "BillingReference")?.Value);
    }

    [Theory]
    [InlineData(null, "O")]
    [InlineData("123 4567 89", "E")]
    public void Write_VatNumberOrNone_DecidesTheCategory(string? vat, string category)
    {
        var document = SampleDocuments.Invoice();

        var xml = Written(document with { Seller = document.Seller with { VatNumber = vat } });

        Assert.All(xml.Descendants(Cac + "ClassifiedTaxCategory"), one => Assert.Equal(category, one.Element(Cbc + "ID")?.Value));
    }

    internal static MoneyDocument Named(string name)
    {
        var invoice = SampleDocuments.Invoice();
        return name switch
        {
            "invoice" => invoice,
            "credit note" => SampleDocuments.CreditNote(),
            "largest" => SampleDocuments.Largest(),
            // An address goes with the name; who is asked for it then has the number and the sums.
            "forgotten" => invoice with { Buyer = new("", [], "kept@school.example"), Lines = [new("Neglect, 12 May 2026", null, 8_200)] },
            "registered for VAT" => invoice with { Seller = invoice.Seller with { VatNumber = "123 4567 89" } },
            "one line of address" => invoice with { Buyer = invoice.Buyer with { AddressLines = ["Church Lane"] } },
            "odd characters" => invoice with { Buyer = invoice.Buyer with { Name = "A & B <C> \u0001\uFFFE \U0001F600" } },
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }

    private static XElement Written(MoneyDocument document) => XDocument.Load(new MemoryStream(MoneyDocumentXml.Write(document))).Root!;
}
