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

    [Display(Name = "Address on its invoices (optional)", Description = "Printed on the invoices of bookings that you make for it. Name the department and not a person."), StringLength(Organisation.InvoiceAddressLength)]
    public string? InvoiceAddress { get; set; }

    [Display(Name = "Email address for its invoices (optional)", Description = "Proposed to you when you book for it. Bookers are never shown it."), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? InvoiceEmail { get; set; }

    [Display(Name = "About its purchase orders (optional)", Description = "For example “Needs a number before the course, from Finance.”"), StringLength(Organisation.PurchaseOrderNoteLength)]
    public string? PurchaseOrderNote { get; set; }

    public static OrganisationFacts Of(Organisation one) => new()
    {
        Name = one.Name,
        SectorId = one.SectorId,
        AreaId = one.AreaId,
        ContactName = one.ContactName,
        ContactEmail = one.ContactEmail,
        ContactPhone = one.ContactPhone,
        InvoiceAddress = one.InvoiceAddress,
        InvoiceEmail = one.InvoiceEmail,
        PurchaseOrderNote = one.PurchaseOrderNote,
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
        HistoryChange.OfPerson("Phone of the contact", before.ContactPhone, ContactPhone),
        HistoryChange.OfPerson("Address on invoices", before.InvoiceAddress, InvoiceAddress),
        HistoryChange.OfPerson("Email address for invoices", before.InvoiceEmail, InvoiceEmail),
        HistoryChange.OfPerson("About purchase orders", before.PurchaseOrderNote, PurchaseOrderNote));

    /// <summary>Writes them to the row. The contact and the facts of invoices get the moment from which their time runs.</summary>
    public void WriteTo(Organisation one, DateTimeOffset now)
    {
        var hadContact = Contact(Of(one));
        (one.Name, one.SectorId, one.AreaId) = (Name, SectorId, AreaId);
        (one.ContactName, one.ContactEmail, one.ContactPhone) = (ContactName, ContactEmail, ContactPhone);
        (one.InvoiceAddress, one.InvoiceEmail, one.PurchaseOrderNote) = (InvoiceAddress, InvoiceEmail, PurchaseOrderNote);
        if (hadContact != Contact(this))
        {
            one.ContactChangedAt = Contact(this) == default ? null : now;
        }
    }

    private static (string?, string?, string?, string?, string?, string?) Contact(OrganisationFacts facts) =>
        (facts.ContactName, facts.ContactEmail, facts.ContactPhone, facts.InvoiceAddress, facts.InvoiceEmail, facts.PurchaseOrderNote);
}
