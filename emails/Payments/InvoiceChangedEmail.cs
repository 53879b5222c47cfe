namespace TrainingHub.Emails;

/// <summary>To whoever pays: an invoice that went out asks for another sum now, because places were cancelled or moved.</summary>
/// <param name="RecipientName">The booker or the finance contact.</param>
/// <param name="InvoiceNumber">As printed on the invoice.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Before">What it asked for, such as "£110".</param>
/// <param name="Now">What it asks for; null when nothing is to pay any more.</param>
/// <param name="DueOn">Such as "2 April 2027".</param>
/// <param name="InvoiceUrl">The invoice as a page to print.</param>
public sealed record InvoiceChangedEmail(
    string RecipientName, string InvoiceNumber, string Reference, string Before, string? Now, string DueOn, string InvoiceUrl) : IEmailMessage
{
    public string Subject => $"Invoice {InvoiceNumber} has changed: booking {Reference}";
}
