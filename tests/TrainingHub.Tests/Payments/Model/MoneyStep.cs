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

    /// <summary>The buyer goes to Stripe's page, of a held order or of an invoice, and does not pay yet.</summary>
    OpenCheckout,
    PayByCard,
    PayAtDesk,
    SwitchToInvoice,

    /// <summary>The time to pay a held order is over.</summary>
    Lapse,

    /// <summary>Staff give back, or keep, what is left over of a card payment.</summary>
    RefundLeftOver,
    KeepLeftOver,
    SendRefunds,
    RefundInDashboard,

    /// <summary>The payer's bank says at last whether it took a refund.</summary>
    EndRefund,
    OpenDispute,
    CloseDispute,

    /// <summary>The bank tells of money in a file: the sum and the number of an invoice, a part of it, or several numbers.</summary>
    BankExact,
    BankPart,
    BankSeveral,

    /// <summary>The same file once more.</summary>
    BankAgain,
    BankTakeBack,

    /// <summary>What runs by itself.</summary>
    Jobs,
    NextDay,
}

/// <summary>One thing that happens to the money of two orders.</summary>
/// <param name="Kind"></param>
/// <param name="Which">Of the places, invoices or payments that it could happen to, counted round.</param>
/// <param name="IsLate">What Stripe tells of it is not heard before the next step that is not late.</param>
internal readonly record struct MoneyStep(MoneyStepKind Kind, int Which, bool IsLate)
{
    public override string ToString() => $"{Kind} {Which}{(IsLate ? " late" : "")}";
}
