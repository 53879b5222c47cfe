using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Tests.Platform.Files;
using Xunit;

namespace TrainingHub.Tests.Payments.Documents;

public sealed class MoneyDocumentPdfTests
{
    [Fact]
    public void Write_Invoice_IsTaggedTitledAndInEnglish()
    {
        var pdf = new PdfFile(MoneyDocumentPdf.Write(SampleDocuments.Invoice()));

        Assert.True(pdf.IsTagged);
        Assert.Equal("Invoice INV-00042", pdf.Title);
        Assert.Equal("en-GB", pdf.Language);
        Assert.Equal(1, pdf.Tags.Count(tag => tag == "H1"));
        Assert.Equal(2, pdf.Tags.Count(tag => tag == "TH:Column"));
        Assert.Contains("Link", pdf.Tags);
    }

    [Fact]
    public void Write_Invoice_SaysWhoWhatHowMuchAndHowToPay()
    {
        var text = new PdfFile(MoneyDocumentPdf.Write(SampleDocuments.Invoice())).Text;

        Assert.All(
            [
                "Fernshire Safeguarding Partnership", "St Brannoc’s Primary School", "FC2 3BB", "PO 7788", "30 April 2026", "30 May 2026", "K7QM2X9P",
                "Neglect, 12 May 2026", "Siân Llŷr ap Gwilym", "Bartłomiej Wiśniewski-Żółć", "82.00", "164.00", "Sort code 00-00-00", "Page 1 of 1",
            ],
            words => Assert.Contains(words, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_CreditNote_NamesItsInvoiceAndAsksForNothing()
    {
        var text = new PdfFile(MoneyDocumentPdf.Write(SampleDocuments.CreditNote())).Text;

        Assert.Contains("Credit note CN-00007", text, StringComparison.Ordinal);
        Assert.Contains("INV-00042 of 21 April 2026", text, StringComparison.Ordinal);
        Assert.DoesNotContain("How to pay", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Pay by", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ThreeHundredPlaces_RepeatsHeadingsAndKeepsOneTable()
    {
        var document = SampleDocuments.Largest();

        var pdf = new PdfFile(MoneyDocumentPdf.Write(document));

        Assert.InRange(pdf.Pages, 8, 20);
        // The facts and the places: a table of each, and its column headings once however many pages repeat them.
        Assert.Equal(2, pdf.Tags.Count(tag => tag == "Table"));
        Assert.Equal(2, pdf.Tags.Count(tag => tag == "TH:Column"));
        Assert.All(Enumerable.Range(0, pdf.Pages - 1), page => Assert.Contains("Place for", pdf.TextOf(page), StringComparison.Ordinal));
        Assert.All(document.Lines, line => Assert.Contains(line.DelegateName!.Split(' ')[^1][..6], pdf.Text, StringComparison.Ordinal));
        Assert.Contains(new Money(document.TotalPence).Column, pdf.Text, StringComparison.Ordinal);
        Assert.Contains($"Page {pdf.Pages} of {pdf.Pages}", pdf.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NameForgotten_SaysSo() =>
        Assert.Contains("Name not kept", new PdfFile(MoneyDocumentPdf.Write(SampleDocuments.Invoice(new MoneyDocumentLine("Neglect, 12 May 2026", null, 8_200)))).Text, StringComparison.Ordinal);

    [Fact]
    public async Task Write_ManyAtOnce_AllAreWhole()
    {
        var written = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => MoneyDocumentPdf.Write(SampleDocuments.Invoice()))));

        Assert.All(written, bytes => Assert.Contains("164.00", new PdfFile(bytes).Text, StringComparison.Ordinal));
    }
}
