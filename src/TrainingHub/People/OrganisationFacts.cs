using System.ComponentModel.DataAnnotations;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People;

/// <summary>What staff say of an organisation: the fields of its form, and what is saved.</summary>
internal sealed class OrganisationFacts
{
    [Display(Name = "Name"), Required(ErrorMessage = "Enter the name of the organisation"), StringLength(Organisation.NameLength), PlainName]
    public string Name { get; set; } = "";

    [Display(Name = "Sector")]
    public Guid? SectorId { get; set; }

    [Display(Name = "Area")]
    public Guid? AreaId { get; set; }

    [Display(Name = "Contact (optional)", Description = "Whom you ask there. Shown to staff only."), StringLength(Person.NameLength), PlainName]
    public string? ContactName { get; set; }

    [Display(Name = "Email of the contact (optional)"), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? ContactEmail { get; set; }

    [Display(Name = "Phone of the contact (optional)"), DataType(DataType.PhoneNumber), Phone, StringLength(Organisation.PhoneLength)]
    public string? ContactPhone { get; set; }

    public static OrganisationFacts Of(Organisation one) => new()
    {
        Name = one.Name,
        SectorId = one.SectorId,
        AreaId = one.AreaId,
        ContactName = one.ContactName,
        ContactEmail = one.ContactEmail,
        ContactPhone = one.ContactPhone,
    };

    /// <summary>What became different. A name that a booker typed may be a person's own, so history says only that it changed.</summary>
    /// <param name="before">As it was.</param>
    /// <param name="wordOf">The name of a sector or an area.</param>
    public IReadOnlyList<HistoryChange> ChangesFrom(OrganisationFacts before, Func<Guid, string> wordOf) => HistoryChange.Of(
        HistoryChange.OfPerson("Name", before.Name, Name),
        new("Sector", before.SectorId is { } sector ? wordOf(sector) : null, SectorId is { } newSector ? wordOf(newSector) : null),
        new("Area", before.AreaId is { } area ? wordOf(area) : null, AreaId is { } newArea ? wordOf(newArea) : null),
        HistoryChange.OfPerson("Contact", before.ContactName, ContactName),
        HistoryChange.OfPerson("Email of the contact", before.ContactEmail, ContactEmail),
        HistoryChange.OfPerson("Phone of the contact", before.ContactPhone, ContactPhone));

    public bool HasContactOf(OrganisationFacts other) =>
        (ContactName, ContactEmail, ContactPhone) == (other.ContactName, other.ContactEmail, other.ContactPhone);
}
