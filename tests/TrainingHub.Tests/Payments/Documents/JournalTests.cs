using System.Globalization;
using CsCheck;
using TrainingHub.Payments;
using TrainingHub.Platform.Files;
using Xunit;

namespace TrainingHub.Tests.Payments.Documents;

public sealed class JournalTests
{
    private static readonly AccountCodes Codes = new() { CostCentre = "210" };
    private static readonly DateOnly Day = new(2026, 4, 30);

    private static JournalEntry Entry(JournalKind kind, params IReadOnlyList<JournalLine> lines) => new()
    {
        Kind = kind,
        On = Day,
        Document = "INV-00042",
        Money = kind is JournalKind.Receipt or JournalKind.Refund or JournalKind.RefundReturned ? MoneyPlace.Bank : null,
        Party = "St Brannoc’s Primary School",
        PurchaseOrder = "PO 7788",
        DueOn = Day.AddDays(30),
        Lines = lines.Count > 0 ? lines : [new("Neglect", 16_400, "4001", "220"), new("Early help", 4_100)],
    };

    [Fact]
    public void Ledger_AnyEntries_BalanceForEachDocumentAndUseEveryKind() =>
        Gen.Select(Gen.Enum<JournalKind>(), Gen.Int[1, 9_999_999].Array[1, 6], Gen.Int[1, 5]).Array[1, 30].Sample(
            made =>
            {
                var entries = made.Select(one => Entry(one.Item1, [.. one.Item2.Select(pence => new JournalLine("Neglect", pence))]) with { Document = $"INV-{one.Item3:00000}" });

                var rows = LedgerJournal.Write(entries, Codes).Rows;

                return rows.GroupBy(row => row[1]).All(document => document.Sum(row => Pence(row[5])) == document.Sum(row => Pence(row[6])))
                    && rows.All(row => (row[5].Length > 0) != (row[6].Length > 0) && row[2].Length > 0);
            },
            iter: 2_000);

    [Fact]
    public void Ledger_Invoice_DebitsDebtorsAndCreditsEachCourse() => Assert.Equal(
        [
            "2026-04-30|INV-00042|1100||Invoice: St Brannoc’s Primary School|205.00|",
            "2026-04-30|INV-00042|4001|220|Neglect||164.00",
            "2026-04-30|INV-00042|4000|210|Early help||41.00",
        ],
        Lines(LedgerJournal.Write([Entry(JournalKind.Invoice)], Codes)));

    [Theory]
    [InlineData(JournalKind.CreditNote, "1100 cr, 4001 dr, 4000 dr")]
    [InlineData(JournalKind.Sale, "1100 dr, 4001 cr, 4000 cr")]
    [InlineData(JournalKind.SaleReversed, "1100 cr, 4001 dr, 4000 dr")]
    [InlineData(JournalKind.Receipt, "1100 cr, 1200 dr, 1200 dr")]
    [InlineData(JournalKind.Refund, "1100 dr, 1200 cr, 1200 cr")]
    [InlineData(JournalKind.RefundReturned, "1100 cr, 1200 dr, 1200 dr")]
    [InlineData(JournalKind.WriteOff, "1100 cr, 8100 dr, 8100 dr")]
    [InlineData(JournalKind.WriteOffReversed, "1100 dr, 8100 cr, 8100 cr")]
    [InlineData(JournalKind.Disputed, "8102 dr, 1250 cr, 1250 cr")]
    [InlineData(JournalKind.DisputeWon, "8102 cr, 1250 dr, 1250 dr")]
    internal void Ledger_EachKind_GoesToItsAccounts(JournalKind kind, string expected) => Assert.Equal(
        expected,
        string.Join(", ", LedgerJournal.Write([Entry(kind)], Codes).Rows.Select(row => $"{row[2]} {(row[5].Length > 0 ? "dr" : "cr")}")));

    [Fact]
    public void Ledger_CardMoney_GoesToTheCardAccount() =>
        Assert.Equal("1250", LedgerJournal.Write([Entry(JournalKind.Receipt) with { Money = MoneyPlace.CardClearing }], Codes).Rows[1][2]);

    [Theory]
    [InlineData(JournalKind.Invoice, "SI 4001 220 164.00, SI 4000 210 41.00")]
    [InlineData(JournalKind.CreditNote, "SC 4001 220 164.00, SC 4000 210 41.00")]
    [InlineData(JournalKind.Receipt, "SA 1200 0 205.00")]
    [InlineData(JournalKind.Refund, "SP 1200 0 205.00")]
    [InlineData(JournalKind.WriteOff, "SC 8100 210 205.00")]
    [InlineData(JournalKind.Disputed, "JD 8102 210 205.00, JC 1250 0 205.00")]
    [InlineData(JournalKind.DisputeWon, "JD 1250 0 205.00, JC 8102 210 205.00")]
    internal void Sage_EachKind_HasItsType(JournalKind kind, string expected) => Assert.Equal(
        expected,
        string.Join(", ", SageJournal.Write([Entry(kind)], Codes).Rows.Select(row => $"{row[0]} {row[2]} {row[3]} {row[7]}")));

    [Fact]
    public void Sage_Invoice_KeepsToItsLengthsAndDates()
    {
        var row = SageJournal.Write([Entry(JournalKind.Invoice, new JournalLine(new string('x', 90), 8_200, CostCentre: "TRAIN-1"))], Codes).Rows[0];

        Assert.Equal(["SI", "TRAINING", "4000", "0", "30/04/2026", "INV-00042", new string('x', 60), "82.00", "T9", "0.00", "1", "PO 7788"], row);
    }

    [Fact]
    public void Xero_CreditNote_IsBelowNoughtAndMoneyIsLeftOut()
    {
        var files = XeroJournal.Write([Entry(JournalKind.CreditNote), Entry(JournalKind.Receipt), Entry(JournalKind.WriteOff)], Codes);

        Assert.Equal(["-164.00", "-41.00"], Assert.Single(files).Rows.Select(row => row[17]));
        Assert.Equal(["INV-00042", "PO 7788", "30/04/2026", "30/05/2026"], files[0].Rows[0][10..14]);
        Assert.Equal(["4001", "No VAT", "Cost centre", "220"], files[0].Rows[0][19..23]);
    }

    [Fact]
    public void Xero_ManyDocuments_AreFilesOfFiveHundredWithNumbersOfTheirOwn()
    {
        var files = XeroJournal.Write(Enumerable.Repeat(Entry(JournalKind.Sale) with { Document = "K7QM2X9P" }, 501), Codes);

        Assert.Equal([500, 1], files.Select(file => file.Rows.Select(row => row[10]).Distinct().Count()));
        Assert.Equal(501, files.SelectMany(file => file.Rows).Select(row => row[10]).Distinct().Count());
    }

    private static IEnumerable<string> Lines(TextTable table) => table.Rows.Select(row => string.Join('|', row));

    private static decimal Pence(string amount) => amount.Length == 0 ? 0 : decimal.Parse(amount, CultureInfo.InvariantCulture);
}
