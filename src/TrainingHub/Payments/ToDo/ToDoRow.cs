namespace TrainingHub.Payments;

/// <summary>Why money needs a person.</summary>
internal enum ToDoKind
{
    /// <summary>A payment with an open problem.</summary>
    Decide,
    Disputed,

    /// <summary>Staff took it, and have to pay it back by hand.</summary>
    PayBack,

    /// <summary>More was paid than is charged, and nothing else says so.</summary>
    Overpaid,

    /// <summary>Stripe has not confirmed it.</summary>
    Refund,
    PastDue,

    /// <summary>Money in the bank of which nobody has said what it is for.</summary>
    Bank,
    NotInvoiced,

    /// <summary>Stripe says something else.</summary>
    Difference,
}

/// <summary>What can be done about it from the list.</summary>
/// <param name="Words"></param>
/// <param name="Url"></param>
/// <param name="IsForm">It is sent, with a key of its own, to the page that has the act; otherwise it leads there.</param>
internal sealed record ToDoAct(string Words, string Url, bool IsForm = false);

/// <summary>One thing about money that a person has to look at.</summary>
/// <param name="Kind"></param>
/// <param name="What">What its record is called.</param>
/// <param name="Url">The record's page.</param>
/// <param name="Why">In the words of staff.</param>
/// <param name="Since">It waits since then.</param>
/// <param name="Sum">With its currency.</param>
/// <param name="Pence">By which it is sorted and found, in the smallest unit of its currency.</param>
internal sealed record ToDoRow(ToDoKind Kind, string What, string Url, string Why, DateTimeOffset Since, string Sum, int Pence)
{
    /// <summary>The organisation, or who booked; null when nobody knows.</summary>
    public string? Who { get; init; }
    public string? Reference { get; init; }

    /// <summary>Until when somebody outside waits for an answer.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public ToDoAct? Act { get; init; }
}

internal static class ToDoWords
{
    public static string Kind(ToDoKind kind) => kind switch
    {
        ToDoKind.Decide => "Payment to decide",
        ToDoKind.Disputed => "Dispute",
        ToDoKind.PayBack => "Pay back by hand",
        ToDoKind.Overpaid => "Paid too much",
        ToDoKind.Refund => "Refund not confirmed",
        ToDoKind.PastDue => "Invoice past its date",
        ToDoKind.Bank => "Money in the bank",
        ToDoKind.NotInvoiced => "Not invoiced",
        ToDoKind.Difference => "Differs from Stripe",
    };
}
