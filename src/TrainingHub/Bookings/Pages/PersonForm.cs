using System.ComponentModel.DataAnnotations;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>One person of an order, on one of its dates or several.</summary>
internal sealed class PersonForm
{
    [Display(Name = "Full name"), StringLength(Person.NameLength), PlainName]
    public string? Name { get; set; }

    [Display(Name = "Work email address"), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Email { get; set; }

    [Display(
        Name = "Access needs (optional)",
        Description = "For example step-free access, a hearing loop or large print. Only the training team and the trainer read this.")]
    [StringLength(Place.AccessNeedsLength)]
    public string? AccessNeeds { get; set; }

    /// <summary>Only where people are named later: the journey has a page of its own for it.</summary>
    public PrerequisiteForm Before { get; set; } = new();

    /// <summary>The dates to which this person comes, where the order has several.</summary>
    public List<Guid> On { get; set; } = [];

    public bool IsEmpty => Name is null && Email is null && AccessNeeds is null;

    public static PersonForm Of(PersonAnswer person, IReadOnlyList<DateLine> dates) => new()
    {
        Name = person.Name,
        Email = person.Email,
        AccessNeeds = person.AccessNeeds,
        On = [.. dates.Select(date => date.Id).Where(person.ComesTo)],
    };

    /// <param name="asked">The dates that the page offered: to any other everybody comes.</param>
    /// <param name="known">What was typed before: what was said there of the same person about courses to take before stays.</param>
    public PersonAnswer ToAnswer(IReadOnlyList<Guid> asked, List<PersonAnswer> known)
    {
        List<Guid> not = [.. asked.Except(On)];
        PersonAnswer answer = new() { Name = Name, Email = Email, AccessNeeds = AccessNeeds, NotOn = not.Count == 0 ? null : not };
        answer.Before = answer.Key is { } key ? known.Find(before => before.Key == key)?.Before : null;
        return answer;
    }
}
