using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>Another person, or the same one in a corrected spelling. Which of the two is asked, and never guessed.</summary>
internal sealed class SwapForm
{
    public const string Another = "another";
    public const string Correct = "correct";
    private static readonly string[] OfAnother = ["Form.Name", "Form.Email", "Form.AccessNeeds", "Form.Before.When", "Form.Before.Where", "Form.WithoutBecause"];
    private static readonly string[] OfCorrect = ["Form.CorrectName", "Form.CorrectEmail"];

    [Display(Name = "What do you want to change?"), Required(ErrorMessage = "Select what you want to change")]
    public string? Change { get; set; }

    [Display(Name = "Full name of the new person"), StringLength(Person.NameLength), PlainName]
    public string? Name { get; set; }

    [Display(Name = "Their work email address"), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Email { get; set; }

    [Display(Name = "Access needs (optional)", Description = "For example step-free access, a hearing loop or large print.")]
    [StringLength(Place.AccessNeedsLength)]
    public string? AccessNeeds { get; set; }

    /// <summary>Of the new person, where the date asks.</summary>
    public PrerequisiteForm Before { get; set; } = new();

    /// <summary>For staff: why the new person comes who has not done the course that is required before.</summary>
    [Display(Name = "Why they may come without it", Description = "Needed if they have not done it. Only staff read it. It stays in the history of the booking, so name nobody.")]
    [StringLength(HistoryEntry.NoteLength)]
    public string? WithoutBecause { get; set; }

    [Display(Name = "Full name"), StringLength(Person.NameLength), PlainName]
    public string? CorrectName { get; set; }

    [Display(Name = "Work email address"), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? CorrectEmail { get; set; }

    /// <summary>The new person; only when everything is answered.</summary>
    public Delegate Newcomer(Prerequisite? asked) => new(Name ?? "", Email ?? "", AccessNeeds, asked is null ? null : Before.ToAnswer(asked.CourseId));

    /// <summary>Only what belongs to the choice must be answered, and is looked at.</summary>
    public void Check(PageModel page)
    {
        foreach (var field in Change == Another ? OfCorrect : OfAnother)
        {
            page.ModelState.ClearValidationState(field);
            page.ModelState.MarkFieldSkipped(field);
        }

        if (Change == Another)
        {
            Need(page, "Form.Name", Name, "Enter the full name of the new person");
            page.CheckAddress("Form.Email", Email, "Enter their work email address");
        }
        else if (Change == Correct)
        {
            Need(page, "Form.CorrectName", CorrectName, "Enter the full name");
            page.CheckAddress("Form.CorrectEmail", CorrectEmail, "Enter the work email address");
        }
        else if (Change is not null)
        {
            page.ModelState.AddModelError("Form.Change", "Select what you want to change");
        }
    }

    private static void Need(PageModel page, string key, string? answer, string missing)
    {
        if (answer is null)
        {
            page.ModelState.AddModelError(key, missing);
        }
    }
}
