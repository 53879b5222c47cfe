using TrainingHub.Platform.Files;

namespace TrainingHub.Payments;

/// <summary>How a bank writes its export. Halifax and Bank of Scotland write as Lloyds does, RBS as NatWest.</summary>
internal enum BankFormat
{
    Barclays,
    Lloyds,
    NatWest,
    Hsbc,
    Nationwide,
    Starling,
    Santander,
}

/// <summary>Money that came into the partnership's account, as the bank tells it.</summary>
/// <param name="Row">In the file, from 1.</param>
/// <param name="PaidOn">The bank's day.</param>
/// <param name="Pence">More than nought.</param>
/// <param name="Payer">Whom the bank names, as well as that can be told; perhaps with other words, never with line breaks.</param>
/// <param name="Text">All that the bank says, the payer's name and reference included, with single spaces.</param>
/// <param name="Account">The digits of the partnership's own account; empty when the file does not say.</param>
/// <param name="BalancePence">Of the account after it; null when the bank gives none.</param>
internal sealed record CreditLine(int Row, DateOnly PaidOn, int Pence, string Payer, string Text, string Account, int? BalancePence);

/// <summary>What a bank's file says. With errors it is not to be used.</summary>
/// <param name="Format">Null when no bank's shape was recognised; then there is an error.</param>
/// <param name="Credits">In the order of the file.</param>
/// <param name="DebitCount">Lines of money that left: not looked at.</param>
/// <param name="LaterCount">Lines dated after today, which banks show before the money is there: read another day.</param>
/// <param name="Errors">What is wrong, by row.</param>
internal sealed record BankStatement(
    BankFormat? Format, IReadOnlyList<CreditLine> Credits, int DebitCount, int LaterCount, IReadOnlyList<FileError> Errors)
{
    public static BankStatement Refused(string why) => new(null, [], 0, 0, [new FileError(0, "", why)]);
}
