namespace TrainingHub.Emails;

/// <summary>To whoever pays: an invoice is past its date. Friendly the first time, firm after that.</summary>
/// <param name="RecipientName">The booker or the finance contact.</param>
/// <param name="InvoiceNumber">As printed on the invoice.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="Amount">What is still to pay, such as "£110.00".</param>
/// <param name="DueOn">Such as "2 April 2027".</param>
/// <param name="PurchaseOrder">The payer's own number, or null.</param>
/// <param name="InvoiceUrl">The invoice as a page, which says how to pay.</param>
/// <param name="IsFirm">They were reminded before.</param>
/// <param name="TakesCards">It can be paid by card there.</param>
/// <param name="Dates">All dates of the order, when there are several; null when there is one.</param>
public sealed record InvoiceReminderEmail(
    string RecipientName, string InvoiceNumber, string Reference, CourseDate Date, string Amount, string DueOn, string? PurchaseOrder, string InvoiceUrl,
    bool IsFirm, bool TakesCards, IReadOnlyList<OrderDate>? Dates = null) : IEmailMessage
{
    public string Subject => $"{(IsFirm ? "Overdue" : "Reminder")}: invoice {InvoiceNumber}, booking {Reference}";
}
