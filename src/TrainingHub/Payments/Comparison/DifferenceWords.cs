using System.Globalization;

namespace TrainingHub.Payments;

internal static class DifferenceWords
{
    public static string Kind(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Payment => "Payment",
        DifferenceKind.Refund => "Refund",
        DifferenceKind.Dispute => "Dispute",
    };

    public static string Sum(MoneySum? sum) => sum is null ? "Nothing" : PaymentWords.Amount(sum.Amount, sum.Currency);

    /// <summary>"12,345.00"</summary>
    public static string Pounds(long pence) => (pence / 100m).ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>By how much they differ; both sums where the currencies do.</summary>
    public static string Gap(MoneySum? ours, MoneySum? theirs) => ours is not null && theirs is not null && ours.Currency != theirs.Currency
        ? $"{Sum(ours)} and {Sum(theirs)}"
        : PaymentWords.Amount(Math.Abs((ours?.Amount ?? 0) - (theirs?.Amount ?? 0)), (ours ?? theirs)?.Currency);

    public static string Why(DifferenceKind kind, MoneySum? ours, MoneySum? theirs) => (ours, theirs) switch
    {
        (null, _) when kind == DifferenceKind.Payment => "Stripe has been paid, and no payment is recorded here",
        (null, _) => $"Stripe has this {Kind(kind).ToLowerInvariant()}, and it is not recorded here",
        (_, null) when kind == DifferenceKind.Payment => "A payment is recorded here, and Stripe has not been paid",
        (_, null) => $"This {Kind(kind).ToLowerInvariant()} is recorded here, and Stripe does not have it",
        _ => "Stripe has another sum than is recorded here",
    };
}
