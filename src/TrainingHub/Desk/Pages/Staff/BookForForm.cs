using System.ComponentModel.DataAnnotations;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Somebody who is to come, as staff type it.</summary>
internal sealed class ComingForm
{
    [Display(Name = "Full name"), StringLength(Person.NameLength), PlainName]
    public string? Name { get; set; }

    [Display(Name = "Email address"), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Email { get; set; }

    [Display(Name = "Access needs (optional)"), StringLength(Place.AccessNeedsLength)]
    public string? AccessNeeds { get; set; }

    /// <summary>What they said about courses to take before, by course.</summary>
    public Dictionary<Guid, PrerequisiteForm> Before { get; set; } = [];

    public Bookings.Delegate To(DateLine date) => new(
        Name ?? "", Email ?? "", AccessNeeds, date.Prerequisite is { } asked ? Before.GetValueOrDefault(asked.CourseId)?.ToAnswer(asked.CourseId) : null);

    public bool IsEmpty => Name is null && Email is null && AccessNeeds is null;
}

/// <summary>Everything that staff are told by somebody who books by phone, at the door or for one person more.</summary>
internal sealed class BookForForm : InvoiceForm
{
    public const string Invoice = nameof(PaymentMethod.Invoice);
    public const string Card = nameof(PaymentMethod.Card);
    public const string Free = nameof(PaymentMethod.Free);
    public const int ReasonLength = 500;

    /// <summary>Becomes the booking's id, so that the same form sent twice books once.</summary>
    public Guid BookingId { get; set; }

    [Display(Name = "Find somebody, or an organisation", Description = "Part of a name, or an email address. Fill in the form yourself if they are new.")]
    [StringLength(100)]
    public string? Find { get; set; }

    public List<ComingForm> People { get; set; } = [];

    [Display(Name = "Organisation (optional)"), StringLength(TrainingHub.People.Organisation.NameLength), PlainName]
    public string? Organisation { get; set; }

    [Display(Name = "Sector")]
    public Guid? SectorId { get; set; }

    [Display(Name = "Area")]
    public Guid? AreaId { get; set; }

    [Display(Name = "Full name"), StringLength(Person.NameLength), PlainName]
    public string? BookerName { get; set; }

    [Display(Name = "Email address"), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? BookerEmail { get; set; }

    [Display(Name = "How is it paid?")]
    public string? By { get; set; }

    [Display(Name = "Why it is free", Description = "Only staff read it. It stays in the history of the booking, so name nobody."), StringLength(ReasonLength)]
    public string? FreeBecause { get; set; }

    [StringLength(ReasonLength)]
    public string? OverBecause { get; set; }

    [Display(Name = "Why they may come without it", Description = "Needed if somebody has not done it, or you did not ask. Only staff read it. It stays in the history of the booking, so name nobody.")]
    [StringLength(ReasonLength)]
    public string? WithoutBecause { get; set; }

    /// <summary>Of each date that is full: up to how many people in all, as the form said it.</summary>
    public Dictionary<Guid, int> Most { get; set; } = [];

    /// <summary>Of an order with several dates: those on which they are to come.</summary>
    [Display(Name = "On which date?")]
    public List<Guid> Dates { get; set; } = [];

    /// <summary>The first person books, unless somebody else does.</summary>
    public bool IsBookedByOther => BookerName is not null || BookerEmail is not null;

    /// <summary>Where the confirmation goes.</summary>
    public string? BookerAddress => IsBookedByOther ? BookerEmail : People.FirstOrDefault()?.Email;

    /// <summary>
    /// The empty lines at the end are nobody. One before somebody stays, and with it the number of each line, on which errors and
    /// the buttons that remove a line go by.
    /// </summary>
    public void DropEmptyEnd()
    {
        while (People.Count > 1 && People[^1].IsEmpty)
        {
            People.RemoveAt(People.Count - 1);
        }
    }

    /// <summary>At least one line, and no more people than an order may have.</summary>
    public void KeepBounds()
    {
        People.RemoveRange(Math.Min(People.Count, Booking.MaxDelegates), Math.Max(0, People.Count - Booking.MaxDelegates));
        if (People.Count == 0)
        {
            People.Add(new());
        }
    }

    /// <summary>What is missing or wrong; each stands at its field.</summary>
    /// <param name="page"></param>
    /// <param name="mayCost">Whether anybody pays for these dates.</param>
    /// <param name="ways">Of paying, that are offered.</param>
    public void Check(BookForPage page, bool mayCost, IReadOnlyList<string> ways)
    {
        var seen = new HashSet<PersonKey>();
        for (var i = 0; i < People.Count; i++)
        {
            CheckPerson(page, People[i], $"Form.People[{i}]", seen);
        }

        Need(page, nameof(SectorId), !page.Sectors.Any(item => item.Value == $"{SectorId}"), "Select the sector");
        Need(page, nameof(AreaId), !page.Areas.Any(item => item.Value == $"{AreaId}"), "Select the area");
        if (IsBookedByOther)
        {
            Need(page, nameof(BookerName), BookerName is null, "Enter the full name of who books");
            page.CheckAddress("Form.BookerEmail", BookerEmail, "Enter the email address of who books");
        }

        if (mayCost)
        {
            Need(page, nameof(By), !ways.Contains(By), "Select how it is paid");
            Need(page, nameof(FreeBecause), By == Free && FreeBecause is null, "Say why it is free");
            if (By == Invoice)
            {
                page.CheckAddress("Form.InvoiceEmail", InvoiceEmail);
            }
        }
    }

    private static void CheckPerson(BookForPage page, ComingForm person, string key, HashSet<PersonKey> seen)
    {
        if (person.Name is null)
        {
            page.ModelState.AddModelError(key + ".Name", "Enter the full name of who is coming");
        }

        page.CheckAddress(key + ".Email", person.Email, "Enter the email address of who is coming");
        if (person is { Name: { } name, Email: { } email } && !seen.Add(PersonKey.Of(email, name)))
        {
            page.ModelState.AddModelError(key + ".Name", $"{name} is listed twice with this email address");
        }
    }

    private static void Need(BookForPage page, string field, bool isMissing, string message)
    {
        if (isMissing)
        {
            page.ModelState.AddModelError($"Form.{field}", message);
        }
    }
}
