using System.Globalization;

namespace TrainingHub.Payments;

/// <summary>Settings under <c>Invoices</c>.</summary>
internal sealed class InvoiceOptions
{
    public const string Section = "Invoices";

    public const int MostDays = 90;
    private const int MostReminderDays = 365;

    /// <summary>How an invoice is paid, for example the account to pay into, a line each. Without it the invoice names whom to ask.</summary>
    public string HowToPay { get; init; } = "";

    /// <summary>How many days after its day an invoice is due. Invoices that are issued keep theirs.</summary>
    public int DueDays { get; init; } = 30;

    /// <summary>The VAT registration that stands on invoices, of 9 or 12 figures; empty without one. Fees carry no VAT in any case.</summary>
    public string VatNumber { get; init; } = "";

    /// <summary>How many days after its due date whoever pays is reminded, such as "7, 21, 35"; empty reminds nobody.</summary>
    public string RemindDaysAfter { get; init; } = "7, 21, 35";

    /// <summary>The same as numbers; null when it cannot be read.</summary>
    public IReadOnlyCollection<int>? ReminderDays
    {
        get
        {
            var days = RemindDaysAfter.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MostReminderDays ? number : 0)
                .ToHashSet();
            return days.Contains(0) ? null : days;
        }
    }

    public bool IsValid => DueDays is >= 1 and <= MostDays && ReminderDays is not null;
}
