using System.Text.RegularExpressions;

namespace TrainingHub.Payments;

/// <summary>The invoices that money may be for, found by number, sum, payer or booking without going through them all for every line.</summary>
internal sealed partial class OpenInvoices
{
    private readonly Dictionary<int, PayableInvoice> byNumber;
    private readonly Dictionary<int, IReadOnlyList<string>> words;
    private readonly ILookup<int, int> bySum;
    private readonly ILookup<string, int> byReference;
    private readonly ILookup<string, int> byStem;
    private readonly ILookup<Guid, int> byOwner;

    /// <param name="invoices">All that are open, and those that are named though they are settled.</param>
    public OpenInvoices(IReadOnlyCollection<PayableInvoice> invoices)
    {
        byNumber = invoices.ToDictionary(invoice => invoice.Number);
        words = invoices.ToDictionary(invoice => invoice.Number, invoice => PayerWords.WordsOf(invoice.PayerName));
        bySum = invoices.ToLookup(invoice => invoice.OpenPence, invoice => invoice.Number);
        byReference = invoices.ToLookup(invoice => invoice.BookingReference, invoice => invoice.Number, StringComparer.OrdinalIgnoreCase);
        byStem = words.SelectMany(name => name.Value.Select(word => (Stem: PayerWords.StemOf(word), Number: name.Key)))
            .ToLookup(word => word.Stem, word => word.Number, StringComparer.Ordinal);
        byOwner = invoices.SelectMany(invoice => new[] { invoice.OrganisationId, invoice.BookingId }.OfType<Guid>().Select(owner => (owner, invoice.Number)))
            .ToLookup(owner => owner.owner, owner => owner.Number);
    }

    /// <summary>Settled ones too.</summary>
    public PayableInvoice? Find(int number) => byNumber.GetValueOrDefault(number);

    public IReadOnlyList<PayableInvoice> OfSum(int pence) => Open(bySum[pence], invoice => invoice.OpenPence == pence);

    /// <summary>Of bookings whose reference is a word of the text.</summary>
    public IReadOnlyList<PayableInvoice> OfReference(string text) =>
        Open(Word().Matches(text).SelectMany(word => byReference[word.Value]), _ => true);

    public IReadOnlyList<PayableInvoice> OfPayer(string payer)
    {
        var said = PayerWords.WordsOf(payer);
        return Open(
            said.Where(PayerWords.Tells).SelectMany(word => byStem[PayerWords.StemOf(word)]),
            invoice => PayerWords.AreAlike(said, words[invoice.Number]));
    }

    public IReadOnlyList<PayableInvoice> Of(RememberedPayer payer) =>
        Open((payer.OrganisationId ?? payer.BookingId) is { } owner ? byOwner[owner] : [], _ => true);

    /// <summary>What was booked is open no more.</summary>
    public void Book(BankPart part) =>
        byNumber[part.Invoice.Number] = part.Invoice with { OpenPence = Math.Max(0, part.Invoice.OpenPence - part.Pence) };

    private IReadOnlyList<PayableInvoice> Open(IEnumerable<int> numbers, Func<PayableInvoice, bool> isMeant) =>
        [.. numbers.Distinct().Order().Select(number => byNumber[number]).Where(invoice => invoice.OpenPence > 0 && isMeant(invoice))];

    [GeneratedRegex("(?<![A-Z0-9])[A-Z0-9]{8}(?![A-Z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
