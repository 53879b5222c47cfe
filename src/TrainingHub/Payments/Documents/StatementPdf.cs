using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Payments;

/// <summary>A statement as a PDF file.</summary>
internal static class StatementPdf
{
    public static byte[] Write(Statement statement)
    {
        using var pdf = new PdfWriter($"Statement for {statement.Party}", statement.Seller.Name);
        pdf.StrongParagraph(statement.Seller.Name);
        pdf.Paragraph(string.Join('\n', [.. statement.Seller.AddressLines, $"{statement.Seller.Email}, {statement.Seller.Phone}"]));
        pdf.Heading("Statement");
        pdf.Facts(
        [
            ("For", string.Join('\n', [statement.Party, .. statement.AddressLines])),
            ("From", London.Words(statement.From)),
            ("To", London.Words(statement.To)),
            ("Balance", Sum(statement.BalancePence)),
        ]);
        pdf.Table(new PdfTable(
            [new("Date", 3), new("What", 7), new("Amount (£)", 2.3, IsNumeric: true), new("Balance (£)", 2.3, IsNumeric: true)],
            [
                PdfRow.Body(London.Words(statement.From), "Balance brought forward", "", Column(statement.BroughtForwardPence)),
                .. statement.Running().Select(one => PdfRow.Body(
                    London.Words(one.Line.On), one.Line.Detail.Length > 0 ? $"{one.Line.What}, {one.Line.Detail}" : one.Line.What, Column(one.Line.Pence), Column(one.BalancePence))),
                PdfRow.Foot("Balance", "", "", Column(statement.BalancePence)),
            ]));
        Open(pdf, statement);
        return pdf.ToBytes();
    }

    public static string Column(int pence) => pence < 0 ? $"−{new Money(-pence).Column}" : new Money(pence).Column;

    /// <summary>"£82.00", "−£82.00".</summary>
    public static string Pounds(int pence) => $"{(pence < 0 ? "−" : "")}£{new Money(Math.Abs(pence)).Column}";

    private static string Sum(int pence) => pence < 0 ? $"£{new Money(-pence).Column} in your favour" : $"£{new Money(pence).Column}";

    private static void Open(PdfWriter pdf, Statement statement)
    {
        if (statement.Open.Count == 0)
        {
            pdf.Paragraph("No invoice is open. Thank you.");
            return;
        }

        pdf.Subheading("What is left to pay");
        pdf.Table(new PdfTable(
            [new("Invoice", 2), new("Issued on", 2.6), new("Pay by", 2.6), new("Purchase order", 2.6), new("Left to pay (£)", 2.2, IsNumeric: true)],
            [
                .. statement.Open.Select(invoice => PdfRow.Body(
                    invoice.Number, London.Words(invoice.IssuedOn), London.Words(invoice.DueOn), invoice.PurchaseOrder ?? "–", new Money(invoice.OpenPence).Column)),
                PdfRow.Foot("Total", "", "", "", new Money(statement.OpenPence).Column),
            ]));
        if (statement.UnusedPence > 0)
        {
            pdf.Paragraph($"We hold £{new Money(statement.UnusedPence).Column} of yours that no invoice has used. It is taken off the balance.");
        }

        pdf.Subheading("How long it has been due");
        var aged = statement.Aged;
        pdf.Table(new PdfTable(
            [.. AgeWords.Select(age => new PdfColumn($"{age} (£)", 1, IsNumeric: true))],
            [PdfRow.Body(Column(aged.NotDue), Column(aged.To30), Column(aged.To60), Column(aged.To90), Column(aged.Over90))]));
        pdf.Subheading("How to pay");
        pdf.Paragraph(statement.HowToPay);
    }

    public static IReadOnlyList<string> AgeWords { get; } = ["Not due", "1 to 30 days", "31 to 60 days", "61 to 90 days", "Over 90 days"];
}
