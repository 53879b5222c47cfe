using System.Globalization;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Payments;

/// <summary>
/// The journal as a double-entry file, as a council's ledger takes it: for each entry what is debited and what is credited, which are
/// the same to the penny. Dates as 2026-04-30, amounts as 82.50, the other side empty.
/// </summary>
internal static class LedgerJournal
{
    public static readonly string[] Columns = ["date", "document", "nominal_code", "cost_centre", "description", "debit", "credit"];

    public static TextTable Write(IEnumerable<JournalEntry> entries, AccountCodes codes) =>
        new(Columns, [.. entries.SelectMany(entry => Rows(entry, codes))]);

    private static IEnumerable<string[]> Rows(JournalEntry entry, AccountCodes codes)
    {
        var (account, centre) = OwnSide(entry, codes);
        yield return Row(entry, account, centre, Words(entry), entry.Pence, entry.IsDebit);
        foreach (var line in entry.Lines)
        {
            var (other, otherCentre) = entry.IsSale
                ? (line.IncomeCode ?? codes.Income, line.CostCentre ?? codes.CostCentre)
                : (OtherAccount(entry, codes), "");
            yield return Row(entry, other, otherCentre, line.Description, line.Pence, !entry.IsDebit);
        }
    }

    /// <summary>The account of the first row: debtors, but for a dispute, of which the buyer owes nothing.</summary>
    private static (string Account, string Centre) OwnSide(JournalEntry entry, AccountCodes codes) =>
        entry.Kind is JournalKind.Disputed or JournalKind.DisputeWon ? (codes.Disputes, codes.CostCentre) : (codes.Debtors, "");

    private static string OtherAccount(JournalEntry entry, AccountCodes codes) => entry.Kind switch
    {
        JournalKind.WriteOff or JournalKind.WriteOffReversed => codes.WriteOffs,
        JournalKind.Receipt or JournalKind.Refund or JournalKind.RefundReturned => AccountOf(entry.Money, codes),
        JournalKind.Disputed or JournalKind.DisputeWon => codes.CardClearing,
        JournalKind.Invoice or JournalKind.CreditNote or JournalKind.Sale or JournalKind.SaleReversed =>
            throw new InvalidOperationException("What is sold has an account for each line."),
    };

    public static string AccountOf(MoneyPlace? place, AccountCodes codes) => place switch
    {
        MoneyPlace.Bank => codes.Bank,
        MoneyPlace.CardClearing => codes.CardClearing,
        null => throw new InvalidOperationException("Money moves from or to somewhere."),
    };

    private static string Words(JournalEntry entry) => $"{KindWords(entry.Kind)}: {entry.Party}";

    public static string KindWords(JournalKind kind) => kind switch
    {
        JournalKind.Invoice => "Invoice",
        JournalKind.CreditNote => "Credit note",
        JournalKind.Sale => "Sale without invoice",
        JournalKind.SaleReversed => "Sale without invoice taken back",
        JournalKind.Receipt => "Payment",
        JournalKind.Refund => "Refund",
        JournalKind.RefundReturned => "Refund that came back",
        JournalKind.WriteOff => "Written off",
        JournalKind.WriteOffReversed => "Write-off taken back",
        JournalKind.Disputed => "Disputed card payment",
        JournalKind.DisputeWon => "Dispute won",
    };

    private static string[] Row(JournalEntry entry, string account, string centre, string description, int pence, bool isDebit) =>
    [
        entry.On.ToString("O", CultureInfo.InvariantCulture), entry.Document, account, centre, description,
        isDebit ? new Money(pence).Amount : "", isDebit ? "" : new Money(pence).Amount,
    ];
}
