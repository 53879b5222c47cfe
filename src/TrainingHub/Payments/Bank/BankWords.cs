using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>How bank files and their lines are called on pages.</summary>
internal static class BankWords
{
    public static string Format(BankFormat format) => format switch
    {
        BankFormat.Barclays => "Barclays",
        BankFormat.Lloyds => "Lloyds, Halifax or Bank of Scotland",
        BankFormat.NatWest => "NatWest or RBS",
        BankFormat.Hsbc => "HSBC",
        BankFormat.Nationwide => "Nationwide",
        BankFormat.Starling => "Starling",
        BankFormat.Santander => "Santander",
    };

    public static string Clue(BankClue clue) => clue switch
    {
        BankClue.NumberAndSum => "Number and sum agree",
        BankClue.Split => "Names several invoices",
        BankClue.PartPayment => "Less than is open",
        BankClue.Overpayment => "More than is open",
        BankClue.AlreadySettled => "Nothing is left to pay of it",
        BankClue.UnsureNumber => "The sum agrees, the number is not certain",
        BankClue.BookingReference => "Names the booking",
        BankClue.DigitsAlone => "Figures only: is this the invoice?",
        BankClue.RememberedPayer => "This payer paid for them before",
        BankClue.SumAndPayer => "Name and sum agree",
        BankClue.SumAlone => "Only the sum agrees",
    };

    /// <summary>What booking a part of the money does: "£110 on INV-00042, Example Council: settles it".</summary>
    public static string Part(BankPart part) =>
        $"{new Money(part.Pence)} on {Invoice.WordsOf(part.Invoice.Number)}, {part.Invoice.PayerName}: {Effect(part)}";

    public static string Outcome(BankLineOutcome outcome) => outcome switch
    {
        BankLineOutcome.NotOurs => "Not for training",
        BankLineOutcome.PaidBack => "Paid back",
    };

    /// <summary>As history has it.</summary>
    public static string Act(BankLineOutcome outcome) => outcome switch
    {
        BankLineOutcome.NotOurs => "Set aside: not for training",
        BankLineOutcome.PaidBack => "Set aside: paid back to the sender",
    };

    public static string State(BankLine line) => line switch
    {
        { Waits: true, BookedPence: 0 } => "Needs a person",
        { Waits: true } => $"{new Money(line.LeftPence)} needs a person",
        { Outcome: { } outcome, BookedPence: 0 } => Outcome(outcome),
        { Outcome: { } outcome } => $"{new Money(line.BookedPence)} booked, {new Money(line.LeftPence)} {Outcome(outcome).ToLowerInvariant()}",
        _ => "Booked",
    };

    private static string Effect(BankPart part) => (part.Invoice.OpenPence, part.Pence - part.Invoice.OpenPence) switch
    {
        (0, _) => "all of it is over",
        (_, 0) => "settles it",
        (_, < 0) => $"leaves {new Money(part.Invoice.OpenPence - part.Pence)} open",
        (_, > 0) => $"settles it, {new Money(part.SparePence)} is over",
    };
}
