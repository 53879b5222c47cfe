using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;
using TrainingHub.Surveys;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Whom to call when a child may be at risk. Rows that are empty are none.</summary>
internal sealed class UrgentForm
{
    private const int EmptyRows = 2;
    private const string Hours = "Enter a whole number of hours from 1 to 24";

    public List<UrgentContactForm> Contacts { get; set; } = [];

    [Display(Name = "Email address of the safeguarding lead", Description = "Told, without its content, when a survey comment raises a concern. Without one the training team is told.")]
    [DataType(DataType.EmailAddress), StringLength(EmailAddress.MaxLength)]
    public string? LeadEmail { get; set; }

    [Display(Name = "Email address of the deputy (optional)", Description = "Told when nobody has acknowledged a concern in time. Without one it goes to whoever is on call.")]
    [DataType(DataType.EmailAddress), StringLength(EmailAddress.MaxLength)]
    public string? DeputyEmail { get; set; }

    [Display(Name = "Email address of whoever is on call (optional)", Description = "Told when the deputy has not acknowledged it either. Without one the training team is told.")]
    [DataType(DataType.EmailAddress), StringLength(EmailAddress.MaxLength)]
    public string? OnCallEmail { get; set; }

    [Display(Name = "After how many hours is the deputy told?", Description = "By the clock, nights and weekends too. A concern that is raised in working hours has until the end of that working day at the most.")]
    [Required(ErrorMessage = Hours), Range(1, ConcernOptions.MostHours, ErrorMessage = Hours)]
    public int? LeadHours { get; set; }

    [Display(Name = "How many hours later is whoever is on call told?")]
    [Required(ErrorMessage = Hours), Range(1, ConcernOptions.MostHours, ErrorMessage = Hours)]
    public int? DeputyHours { get; set; }

    public static UrgentForm Of(SiteOptions site, ConcernOptions concerns)
    {
        var form = new UrgentForm
        {
            LeadEmail = site.SafeguardingLeadEmail,
            DeputyEmail = concerns.DeputyEmail,
            OnCallEmail = concerns.OnCallEmail,
            LeadHours = concerns.AcknowledgeWithinHours,
            DeputyHours = concerns.DeputyHours,
            Contacts = [.. site.Urgent.Select(UrgentContactForm.Of)],
        };
        form.AddRows();
        return form;
    }

    /// <summary>So that there is room for more.</summary>
    public void AddRows()
    {
        var filled = Contacts.Count(one => !one.IsEmpty);
        while (Contacts.Count < Math.Min(filled + EmptyRows, UrgentContact.Most))
        {
            Contacts.Add(new());
        }
    }

    /// <summary>What was typed; errors stand at their fields.</summary>
    public IReadOnlyList<UrgentContact> Read(ModelStateDictionary errors)
    {
        // A form that was made by hand may number rows that it does not have.
        Contacts.RemoveAll(one => one is null);
        var read = new List<UrgentContact>();
        for (var at = 0; at < Contacts.Count; at++)
        {
            var one = Contacts[at];
            if (one.IsEmpty)
            {
                continue;
            }

            var key = $"Form.Contacts[{at}].";
            Need(errors, key + nameof(one.Name), one.Name, "Enter who answers");
            Need(errors, key + nameof(one.When), one.When, "Enter when they answer");
            if (one.Phone is null || UkPhone.Digits(one.Phone) is null)
            {
                errors.AddModelError(key + nameof(one.Phone), one.Phone is null ? "Enter the number" : "Enter one UK number as it is dialled, such as 01632 960 199, without words or an extension");
            }

            read.Add(new(one.Name ?? "", one.Phone ?? "", one.When ?? "", one.ForWhom));
        }

        if (read.Count is 0 or > UrgentContact.Most)
        {
            errors.AddModelError("Form.Contacts[0].Name", $"Name from 1 to {UrgentContact.Most} contacts: surveys send people to them");
        }

        return read;
    }

    private static void Need(ModelStateDictionary errors, string key, string? value, string message)
    {
        if (value is null)
        {
            errors.AddModelError(key, message);
        }
    }
}

internal sealed class UrgentContactForm
{
    [Display(Name = "Who answers", Description = "For example “Children’s social care, out-of-hours team”."), StringLength(UrgentContact.NameLength)]
    public string? Name { get; set; }

    [Display(Name = "Telephone number"), DataType(DataType.PhoneNumber), StringLength(UrgentContact.PhoneLength)]
    public string? Phone { get; set; }

    [Display(Name = "When", Description = "For example “nights, weekends and bank holidays”."), StringLength(UrgentContact.WhenLength)]
    public string? When { get; set; }

    [Display(Name = "For whom (optional)", Description = "If it is not for all, for example children who live in one area."), StringLength(UrgentContact.ForWhomLength)]
    public string? ForWhom { get; set; }

    public bool IsEmpty => Name is null && Phone is null && When is null && ForWhom is null;

    public static UrgentContactForm Of(UrgentContact contact) =>
        new() { Name = contact.Name.Length == 0 ? null : contact.Name, Phone = contact.Phone, When = contact.When, ForWhom = contact.ForWhom };
}
