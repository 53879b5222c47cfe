namespace TrainingHub.Emails;

/// <summary>To whoever pays: something was taken off an invoice.</summary>
/// <param name="RecipientName">The booker or the finance contact.</param>
/// <param name="CreditNoteNumber">As printed on it.</param>
/// <param name="InvoiceNumber">The invoice that it belongs to.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Amount">Such as "£55.00".</param>
/// <param name="StillToPay">Of the invoice; null when nothing is.</param>
/// <param name="DueOn">Such as "2 April 2027".</param>
/// <param name="Url">The documents of the booking as pages to print.</param>
public sealed record CreditNoteIssuedEmail(
    string RecipientName, string CreditNoteNumber, string InvoiceNumber, string Reference, string Amount, string? StillToPay, string DueOn, string Url) : IEmailMessage
{
    public string Subject => $"Credit note {CreditNoteNumber} for invoice {InvoiceNumber}: booking {Reference}";
}
