using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.FreePlaces;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

internal sealed class PayForm : InvoiceForm
{
    private static readonly PaymentMethod[] Offered = [PaymentMethod.Card, PaymentMethod.Invoice, PaymentMethod.FreePlace];

    [Display(Name = "How do you want to pay?"), Required(ErrorMessage = "Select how you want to pay")]
    public string? By { get; set; }

    /// <summary>What was chosen. Posted as a text, because the page decides which ways are offered and in which words.</summary>
    public PaymentMethod? Chosen => Offered.Cast<PaymentMethod?>().FirstOrDefault(method => method.ToString() == By);

    [Display(Name = "What kind of organisation are you?")]
    public FreePlaceApplicant? Applicant { get; set; }

    [Display(Name = "Charity or company number (optional)", Description = "You do not need to be registered."), StringLength(FreePlaceApplication.NumberLength)]
    public string? RegisteredNumber { get; set; }

    [Display(Name = "What does your organisation do with children and families?", Description = "Two or three sentences are enough.")]
    [StringLength(FreePlaceApplication.AboutLength, ErrorMessage = "What your organisation does must be {1} characters or fewer")]
    public string? About { get; set; }

    [Display(Name = "Award code, if your organisation has one", Description = "It is in the email that approved your free places. With it the place is yours at once.")]
    [StringLength(40)]
    public string? AwardCode { get; set; }

    public static PayForm Of(BookingAnswers answers) => new()
    {
        By = answers.Method?.ToString(),
        InvoiceEmail = answers.InvoiceEmail,
        PurchaseOrder = answers.PurchaseOrder,
        Applicant = answers.Applicant,
        RegisteredNumber = answers.RegisteredNumber,
        About = answers.About,
        AwardCode = answers.AwardCode,
    };

    /// <summary>Only what belongs to the chosen way must be answered.</summary>
    public void Check(PageModel page, bool areCardsOffered, bool hasOrganisation)
    {
        var state = page.ModelState;
        if (Chosen == PaymentMethod.Card && !areCardsOffered)
        {
            state.AddModelError("Form.By", "Cards are not taken at the moment. Select another way to pay");
        }
        else if (Chosen == PaymentMethod.Invoice)
        {
            page.CheckAddress("Form.InvoiceEmail", InvoiceEmail, NoInvoiceEmail);
        }
        else if (Chosen == PaymentMethod.FreePlace && AwardCode is null)
        {
            CheckApplication(state, hasOrganisation);
        }
        else if (Chosen is null && By is not null)
        {
            state.AddModelError("Form.By", "Select how you want to pay");
        }
    }

    public void WriteTo(BookingAnswers answers)
    {
        answers.Method = Chosen;
        (answers.InvoiceEmail, answers.PurchaseOrder) = (InvoiceEmail, PurchaseOrder);
        (answers.Applicant, answers.RegisteredNumber, answers.About) = (Applicant, RegisteredNumber, About);
        (answers.AwardCode, answers.AwardId) = (AwardCode, null);
    }

    private void CheckApplication(ModelStateDictionary state, bool hasOrganisation)
    {
        if (!hasOrganisation)
        {
            state.AddModelError("Form.By", "A free place is for an organisation. Go back and enter the name of yours");
        }

        if (Applicant is null)
        {
            state.AddModelError("Form.Applicant", "Select what kind of organisation you are");
        }

        if (About is null)
        {
            state.AddModelError("Form.About", "Enter what your organisation does with children and families");
        }
    }
}
