using System.Globalization;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Payments;

/// <summary>
/// What was sold as Xero imports sales invoices: a row for each line, a credit note as an invoice below nought. Money, write-offs and
/// disputes are not in it: Xero has them from its bank feed, or by hand. Xero takes 500 invoices in a file, so a month may be several.
/// Columns: Xero's template for sales invoices, and its guide on importing them, both read on 30 November 2026.
/// </summary>
internal static class XeroJournal
{
    public const int MostDocuments = 500;

    private const string TaxType = "No VAT";

    public static readonly string[] Columns =
    [
        "*ContactName", "EmailAddress", "POAddressLine1", "POAddressLine2", "POAddressLine3", "POAddressLine4", "POCity", "PORegion", "POPostalCode", "POCountry",
        "*InvoiceNumber", "Reference", "*InvoiceDate", "*DueDate", "InventoryItemCode", "*Description", "*Quantity", "*UnitAmount", "Discount", "*AccountCode", "*TaxType",
        "TrackingName1", "TrackingOption1", "TrackingName2", "TrackingOption2", "Currency", "BrandingTheme",
    ];

    /// <summary>How many files are needed.</summary>
    public static int Files(IEnumerable<JournalEntry> entries) => (entries.Count(entry => entry.IsSale) + MostDocuments - 1) / MostDocuments;

    /// <summary>As many tables as files are needed; none for a month in which nothing was sold.</summary>
    public static IReadOnlyList<TextTable> Write(IEnumerable<JournalEntry> entries, AccountCodes codes) =>
    [
        .. Numbered(entries.Where(entry => entry.IsSale)).Chunk(MostDocuments)
            .Select(part => new TextTable(Columns, [.. part.SelectMany(sold => sold.Entry.Lines.Select(line => Row(sold.Number, sold.Entry, line, codes)))])),
    ];

    /// <summary>
    /// A number names one document, and Xero refuses it a second time. What has no invoice goes by its booking's reference and its day,
    /// and by a count where that happens more than once a day.
    /// </summary>
    private static IEnumerable<(string Number, JournalEntry Entry)> Numbered(IEnumerable<JournalEntry> entries)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var number = entry.Kind is JournalKind.Sale or JournalKind.SaleReversed
                ? $"{entry.Document}-{entry.On.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}{(entry.Kind == JournalKind.SaleReversed ? "-CR" : "")}"
                : entry.Document;
            var count = counts[number] = counts.GetValueOrDefault(number) + 1;
            yield return (count == 1 ? number : $"{number}-{count}", entry);
        }
    }

    private static string[] Row(string number, JournalEntry entry, JournalLine line, AccountCodes codes)
    {
        string Address(int place) => entry.AddressLines.ElementAtOrDefault(place) ?? "";
        var centre = line.CostCentre ?? codes.CostCentre;
        return
        [
            entry.Party, entry.Email, Address(0), Address(1), Address(2), string.Join(", ", entry.AddressLines.Skip(3)), "", "", "", "",
            number, entry.PurchaseOrder ?? "", Day(entry.On), Day(entry.DueOn ?? entry.On), "", line.Description, "1",
            new Money(entry.IsDebit ? line.Pence : -line.Pence).Amount, "", line.IncomeCode ?? codes.Income, TaxType,
            centre.Length > 0 ? "Cost centre" : "", centre, "", "", "GBP", "",
        ];
    }

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
