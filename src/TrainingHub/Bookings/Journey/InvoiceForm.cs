using System.ComponentModel.DataAnnotations;
using TrainingHub.People;

namespace TrainingHub.Bookings;

/// <summary>What is asked of somebody who pays by invoice, on every page that asks it.</summary>
internal class InvoiceForm
{
    public const string NoInvoiceEmail = "Enter the email address for the invoice";

    [Display(Name = "Email address for the invoice"), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? InvoiceEmail { get; set; }

    [Display(Name = "Purchase order number (optional)"), StringLength(Booking.PurchaseOrderLength)]
    public string? PurchaseOrder { get; set; }
}
