using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

/// <summary>What was shown as proposed, as a form carries it: which invoices, how much on each, and what was open of each.</summary>
internal static class BankParts
{
    private const int Most = 20;

    public static string Form(BankProposal proposal) => string.Join(
        ',', proposal.Parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Invoice.Id:N}_{part.Pence}_{part.Invoice.OpenPence}")));

    /// <summary>Null when it is no such text, or names what is not there.</summary>
    public static async Task<IReadOnlyList<BankPart>?> ReadAsync(TrainingHubDb db, string? form, CancellationToken ct)
    {
        var parts = new List<(Guid Id, int Pence, int Open)>();
        foreach (var text in (form ?? "").Split(',', Most + 1))
        {
            if (text.Split('_') is not [var id, var pence, var open] || !Guid.TryParseExact(id, "N", out var invoice)
                || !int.TryParse(pence, NumberStyles.None, CultureInfo.InvariantCulture, out var paid)
                || !int.TryParse(open, NumberStyles.None, CultureInfo.InvariantCulture, out var seen))
            {
                return null;
            }

            parts.Add((invoice, paid, seen));
        }

        return await FindAsync(db, parts, ct);
    }

    /// <summary>The invoices with what was seen of them; null when one is not there.</summary>
    public static async Task<IReadOnlyList<BankPart>?> FindAsync(TrainingHubDb db, IReadOnlyList<(Guid Id, int Pence, int Open)> parts, CancellationToken ct)
    {
        var ids = parts.Select(part => part.Id).ToList();
        var found = await BankMatching.Of(db, db.Invoices.Where(invoice => ids.Contains(invoice.Id))).ToDictionaryAsync(invoice => invoice.Id, ct);
        return parts.All(part => found.ContainsKey(part.Id))
            ? [.. parts.Select(part => new BankPart(found[part.Id] with { OpenPence = part.Open }, part.Pence))]
            : null;
    }

    /// <summary>Why a line was not booked.</summary>
    public static string Words(BookBankLineResult result) => result switch
    {
        BookBankLineResult.Booked => "Booked.",
        BookBankLineResult.Changed => "Nothing more was booked: the payment or the invoice has changed since you saw it, or it was booked before. Look at it again.",
        BookBankLineResult.Unavailable => "It is not booked yet: a card payment of this invoice is open, and Stripe cannot be reached to close it. Try again in a minute.",
    };
}
