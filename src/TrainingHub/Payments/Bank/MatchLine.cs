namespace TrainingHub.Payments;

/// <summary>Whom a payer's bank text meant before: an organisation, or a booking of somebody without one.</summary>
internal readonly record struct RememberedPayer(Guid? OrganisationId, Guid? BookingId);

/// <summary>
/// Finds what money on the bank account is for. Only a number that is named once, whose open sum is the line's to the penny and
/// which could be no other, is certain; everything else is a proposal for a person, however likely. Reads nothing and changes nothing.
/// </summary>
internal static class MatchLine
{
    private const int MostProposed = 5;

    /// <summary>Among more with the same sum the sum says nothing.</summary>
    private const int MostBySumAlone = 3;

    /// <param name="invoices"></param>
    /// <param name="pence">More than nought.</param>
    /// <param name="payer">Whom the bank names.</param>
    /// <param name="text">All that it says.</param>
    /// <param name="remembered">What this payer's text meant before.</param>
    public static BankMatch Find(OpenInvoices invoices, int pence, string payer, string text, IEnumerable<RememberedPayer> remembered)
    {
        var numbers = InvoiceNumbers.In(text);
        List<BankProposal> found =
        [
            .. ByNumber(invoices, numbers, pence),
            .. Each(BankClue.BookingReference, invoices.OfReference(text), pence),
            .. ByDigits(invoices, numbers, pence),
        ];
        if (found.Count == 0)
        {
            found.AddRange(BySum(invoices, pence, payer, remembered));
        }

        return new([.. found.DistinctBy(KeyOf).Take(MostProposed)]);
    }

    private static IEnumerable<BankProposal> ByNumber(OpenInvoices invoices, InvoiceNumbers numbers, int pence)
    {
        var named = numbers.Named.Select(number => invoices.Find(number.Number)).OfType<PayableInvoice>().ToList();
        if (named.Count > 1)
        {
            return [new BankProposal(BankClue.Split, Split(named, pence))];
        }

        // A second number that is not ours may be the payer's word for something else, or a slip: a person looks.
        var whole = named.Select(invoice => Whole(ClueOf(invoice, pence, isOnlyOne: numbers.Named.Count == 1), invoice, pence));
        var cut = invoices.OfSum(pence).Where(invoice => numbers.Named.Any(number => number.MayBeCutFrom(invoice.Number)));
        return [.. whole, .. Each(BankClue.UnsureNumber, cut, pence)];
    }

    private static BankClue ClueOf(PayableInvoice invoice, int pence, bool isOnlyOne) => (invoice.OpenPence, pence - invoice.OpenPence) switch
    {
        (0, _) => BankClue.AlreadySettled,
        (_, 0) => isOnlyOne ? BankClue.NumberAndSum : BankClue.UnsureNumber,
        (_, < 0) => BankClue.PartPayment,
        (_, > 0) => BankClue.Overpayment,
    };

    // Five digits are as we write them; fewer may be anything, so that the sum has to agree.
    private static IEnumerable<BankProposal> ByDigits(OpenInvoices invoices, InvoiceNumbers numbers, int pence) => Each(
        BankClue.DigitsAlone,
        numbers.Alone
            .Select(number => (number.Digits, Invoice: invoices.Find(number.Number)))
            .Where(one => one.Invoice is { OpenPence: > 0 } invoice && (one.Digits.Length == WrittenNumber.FullLength || invoice.OpenPence == pence))
            .Select(one => one.Invoice!),
        pence);

    private static IEnumerable<BankProposal> BySum(OpenInvoices invoices, int pence, string payer, IEnumerable<RememberedPayer> remembered)
    {
        List<BankProposal> found =
        [
            .. remembered.SelectMany(one => OfSum(BankClue.RememberedPayer, invoices.Of(one), pence)),
            .. OfSum(BankClue.SumAndPayer, invoices.OfPayer(payer), pence),
        ];
        return found.Count == 0 && invoices.OfSum(pence) is { Count: <= MostBySumAlone } same ? Each(BankClue.SumAlone, same, pence) : found;
    }

    /// <summary>Those of exactly this sum; else the one group of a payer's invoices that comes to it.</summary>
    private static IEnumerable<BankProposal> OfSum(BankClue clue, IReadOnlyList<PayableInvoice> ofPayer, int pence)
    {
        var same = ofPayer.Where(invoice => invoice.OpenPence == pence).ToList();
        return same.Count > 0 ? Each(clue, same, pence)
            : InvoicesOfSum.Find(ofPayer, pence) is { } group ? [new BankProposal(clue, [.. group.Select(invoice => new BankPart(invoice, invoice.OpenPence))])]
            : [];
    }

    /// <summary>Each gets what is open of it, the oldest first, and the last one whatever is left over.</summary>
    private static IReadOnlyList<BankPart> Split(IEnumerable<PayableInvoice> named, int pence)
    {
        var parts = new List<BankPart>();
        var left = pence;
        foreach (var invoice in named.OrderBy(invoice => invoice.Number))
        {
            var taken = Math.Min(left, invoice.OpenPence);
            parts.Add(new BankPart(invoice, taken));
            left -= taken;
        }

        parts[^1] = parts[^1] with { Pence = parts[^1].Pence + left };
        return [.. parts.Where(part => part.Pence > 0)];
    }

    private static IEnumerable<BankProposal> Each(BankClue clue, IEnumerable<PayableInvoice> invoices, int pence) =>
        invoices.Select(invoice => Whole(clue, invoice, pence));

    private static BankProposal Whole(BankClue clue, PayableInvoice invoice, int pence) => new(clue, [new BankPart(invoice, pence)]);

    private static string KeyOf(BankProposal proposal) => string.Join('+', proposal.Parts.Select(part => part.Invoice.Number));
}
