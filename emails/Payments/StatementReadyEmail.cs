namespace TrainingHub.Emails;

/// <summary>An invoice that is not paid in full.</summary>
/// <param name="Number">As printed on the invoice.</param>
/// <param name="DueOn">Such as "2 April 2027".</param>
/// <param name="Open">What is left to pay, such as "£110.00".</param>
/// <param name="IsLate">Its day has gone by.</param>
public sealed record StatementInvoice(string Number, string DueOn, string Open, bool IsLate);

/// <summary>To whoever pays for an organisation: what is open.</summary>
/// <param name="Organisation">Whose statement it is.</param>
/// <param name="On">The day on which these sums were right, such as "2 April 2027".</param>
/// <param name="Balance">Such as "£110.00".</param>
/// <param name="Invoices">Those that are open, the one that was due first first.</param>
/// <param name="StatementUrl">The statement as a page, for 60 days.</param>
public sealed record StatementReadyEmail(string Organisation, string On, string Balance, IReadOnlyList<StatementInvoice> Invoices, string StatementUrl) : IEmailMessage
{
    public string Subject => $"Statement for {Organisation}";
}
