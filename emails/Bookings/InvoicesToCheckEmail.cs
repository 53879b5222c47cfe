namespace TrainingHub.Emails;

/// <summary>To whoever keeps the books: places that are paid by invoice ended with their date. It names no person.</summary>
/// <param name="Date">The date that is cancelled.</param>
/// <param name="Bookings">Each as "ABCD2345: £110 (2 places at £55), purchase order 42".</param>
/// <param name="Url">The date with its bookings, for staff.</param>
public sealed record InvoicesToCheckEmail(CourseDate Date, IReadOnlyList<string> Bookings, string Url) : IEmailMessage
{
    public string Subject => $"Invoices to check, date cancelled: {OrderTitle.Of(Date, null)}";
}
