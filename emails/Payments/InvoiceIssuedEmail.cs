namespace TrainingHub.Emails;

/// <summary>To whoever pays: an invoice is ready.</summary>
/// <param name="RecipientName">The booker or the finance contact.</param>
/// <param name="InvoiceNumber">As printed on the invoice.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="Amount">Such as "£110.00".</param>
/// <param name="DueOn">Such as "2 April 2027".</param>
/// <param name="PurchaseOrder">The payer's own number, or null.</param>
/// <param name="InvoiceUrl">The invoice as a page to print.</param>
/// <param name="Dates">All dates of the order with who is on which, when there are several; null when there is one.</param>
/// <param name="IsPaid">Nothing is left to pay of it.</param>
public sealed record InvoiceIssuedEmail(
    string RecipientName,
    string InvoiceNumber,
    string Reference,
    CourseDate Date,
    string Amount,
    string DueOn,
    string? PurchaseOrder,
    string InvoiceUrl,
    IReadOnlyList<OrderDate>? Dates = null,
    bool IsPaid = false) : IEmailMessage
{
    public string Subject => $"Invoice {InvoiceNumber}: booking {Reference}";
}
