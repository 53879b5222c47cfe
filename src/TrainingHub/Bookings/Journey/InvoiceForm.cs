using System.ComponentModel.DataAnnotations;
using TrainingHub.People;
using TrainingHub.Platform.Email;

namespace TrainingHub.Bookings;

/// <summary>What is asked of somebody who pays by invoice, on every page that asks it.</summary>
internal class InvoiceForm
{
    [Display(Name = "Email address for the invoice"), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? InvoiceEmail { get; set; }

    [Display(Name = "Purchase order number (optional)"), StringLength(Booking.PurchaseOrderLength)]
    public string? PurchaseOrder { get; set; }

    /// <summary>What is wrong with the address, in words for the field; null when nothing is.</summary>
    public string? WhyNotInvoiceEmail()
    {
        if (InvoiceEmail is null)
        {
            return "Enter the email address for the invoice";
        }

        return EmailAddress.IsValid(InvoiceEmail) ? null : "Enter an email address in the correct format, like name@example.com";
    }
}
