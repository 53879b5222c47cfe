namespace TrainingHub.Payments;

/// <summary>An invoice as the matcher sees it.</summary>
/// <param name="Id"></param>
/// <param name="Number"></param>
/// <param name="OpenPence">What is left to pay of it; 0 when it is settled.</param>
/// <param name="PayerName">The organisation, or who booked.</param>
/// <param name="BookingId"></param>
/// <param name="BookingReference"></param>
/// <param name="OrganisationId">Null for a person, or an organisation that nobody knows.</param>
internal sealed record PayableInvoice(
    Guid Id, int Number, int OpenPence, string PayerName, Guid BookingId, string BookingReference, Guid? OrganisationId);

/// <summary>Why an invoice is thought of, the surest first.</summary>
internal enum BankClue
{
    /// <summary>Number and sum agree, and no other invoice is meant. The only one that is booked without a person.</summary>
    NumberAndSum,

    /// <summary>Several numbers are named: the sum is split over them.</summary>
    Split,

    /// <summary>The number agrees; less came than is open.</summary>
    PartPayment,

    /// <summary>The number agrees; more came than is open.</summary>
    Overpayment,

    /// <summary>The number agrees, and nothing is left to pay of it.</summary>
    AlreadySettled,

    /// <summary>The sum agrees, and the number may be meant: it was perhaps cut off, or stands beside another.</summary>
    UnsureNumber,

    /// <summary>The reference of the booking.</summary>
    BookingReference,

    /// <summary>Digits alone, which may mean something else.</summary>
    DigitsAlone,

    /// <summary>The payer is remembered, and the sum agrees, of one invoice or of several together.</summary>
    RememberedPayer,

    /// <summary>The payer's name is alike, and the sum agrees, of one invoice or of several together.</summary>
    SumAndPayer,

    /// <summary>The sum alone.</summary>
    SumAlone,
}

/// <summary>What of a bank line is paid on one invoice. Pence, more than nought.</summary>
internal sealed record BankPart(PayableInvoice Invoice, int Pence)
{
    /// <summary>What is then left over, beyond what is open.</summary>
    public int SparePence => Math.Max(0, Pence - Invoice.OpenPence);
}

/// <summary>One way to book a line: the parts add up to all of it.</summary>
internal sealed record BankProposal(BankClue Clue, IReadOnlyList<BankPart> Parts)
{
    /// <summary>A glance is enough to agree to it. The others want the line's own page, with what else it may be.</summary>
    public bool IsLikely => Clue switch
    {
        BankClue.NumberAndSum or BankClue.Split or BankClue.PartPayment or BankClue.Overpayment or BankClue.BookingReference
            or BankClue.RememberedPayer or BankClue.SumAndPayer => true,
        BankClue.AlreadySettled or BankClue.UnsureNumber or BankClue.DigitsAlone or BankClue.SumAlone => false,
    };
}

/// <summary>All that a line may mean, the likeliest first. None when nobody can tell.</summary>
internal sealed record BankMatch(IReadOnlyList<BankProposal> Proposals)
{
    /// <summary>What is booked without asking: one invoice, whose number and open sum agree and which nothing else competes with.</summary>
    public BankPart? Certain => Proposals is [{ Clue: BankClue.NumberAndSum, Parts: [var part] }] ? part : null;
}
