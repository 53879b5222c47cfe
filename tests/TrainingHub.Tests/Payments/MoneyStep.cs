namespace TrainingHub.Tests.Payments;

internal enum MoneyStepKind
{
    Cancel,
    Swap,
    MoveToDearer,
    MoveToCheaper,
    Issue,
    PayAll,
    PayPart,
    PayMore,
    WriteOff,
    TakeBackWriteOff,
    Reissue,
    PayBack,
}

/// <summary>One thing that happens to a booking that is paid by invoice.</summary>
/// <param name="Kind"></param>
/// <param name="Which">Of the places or invoices that it could happen to, counted round.</param>
internal readonly record struct MoneyStep(MoneyStepKind Kind, int Which)
{
    public override string ToString() => $"{Kind} {Which}";
}
