using System.ComponentModel.DataAnnotations;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>What visitors, emails and invoices say of the partnership.</summary>
internal sealed class PartnershipForm
{
    private const int Line = 150;
    private const int Words = 300;

    [Display(Name = "Name of the partnership, in full", Description = "In the header, at the foot of pages, as the sender of emails, on invoices and certificates.")]
    [Required, StringLength(Line), PlainName]
    public string? PartnershipName { get; set; }

    [Display(Name = "Short name of this site", Description = "In the header and in the title of each page, for example “Safeguarding training”.")]
    [Required, StringLength(60), PlainName]
    public string? SiteName { get; set; }

    [Display(Name = "Heading of the home page"), Required, StringLength(120)]
    public string? HomeHeading { get; set; }

    [Display(Name = "The lines under it"), Required, StringLength(Words)]
    public string? HomeIntro { get; set; }

    [Display(Name = "Email address of the training team", Description = "On every page that says how to reach you. Replies to emails go there.")]
    [Required, DataType(DataType.EmailAddress), StringLength(EmailAddress.MaxLength)]
    public string? ContactEmail { get; set; }

    [Display(Name = "Telephone"), Required, DataType(DataType.PhoneNumber), StringLength(40)]
    public string? ContactPhone { get; set; }

    [Display(Name = "When it is answered", Description = "For example “Monday to Friday, 9am to 4:30pm”.")]
    [Required, StringLength(Line)]
    public string? ContactHours { get; set; }

    [Display(Name = "Address of the office", Description = "On the contact page, on invoices and receipts."), Required, StringLength(Words)]
    public string? PostalAddress { get; set; }

    [Display(Name = "Whom to call about a child, in working hours", Description = "Stands on the contact page and in every survey.")]
    [Required, DataType(DataType.PhoneNumber), StringLength(40)]
    public string? SafeguardingPhone { get; set; }

    [Display(Name = "Whom to call about a child at any other time"), Required, DataType(DataType.PhoneNumber), StringLength(40)]
    public string? SafeguardingPhoneOutOfHours { get; set; }

    [Display(Name = "Email address of the safeguarding lead", Description = "Told, without its content, when a survey comment raises a concern. Without one the training team is told.")]
    [DataType(DataType.EmailAddress), StringLength(EmailAddress.MaxLength)]
    public string? SafeguardingLeadEmail { get; set; }

    [Display(Name = "Who answers for personal data", Description = "The public body that is the data controller. Stands in the privacy notice."), Required, StringLength(Line)]
    public string? DataController { get; set; }

    [Display(Name = "Email address for questions about personal data"), Required, DataType(DataType.EmailAddress), StringLength(EmailAddress.MaxLength)]
    public string? DataProtectionEmail { get; set; }

    public static PartnershipForm Of(SiteOptions site) => new()
    {
        PartnershipName = site.PartnershipName,
        SiteName = site.Name,
        HomeHeading = site.HomeHeading,
        HomeIntro = site.HomeIntro,
        ContactEmail = site.ContactEmail,
        ContactPhone = site.ContactPhone,
        ContactHours = site.ContactHours,
        PostalAddress = site.PostalAddress,
        SafeguardingPhone = site.SafeguardingPhone,
        SafeguardingPhoneOutOfHours = site.SafeguardingPhoneOutOfHours,
        SafeguardingLeadEmail = site.SafeguardingLeadEmail,
        DataController = site.DataController,
        DataProtectionEmail = site.DataProtectionEmail,
    };

    public IReadOnlyList<SettingChange> ChangesFrom(SiteOptions site) =>
    [
        new(SettingName.PartnershipName, "Name of the partnership", site.PartnershipName, PartnershipName ?? ""),
        new(SettingName.SiteName, "Short name of the site", site.Name, SiteName ?? ""),
        new(SettingName.HomeHeading, "Heading of the home page", site.HomeHeading, HomeHeading ?? ""),
        new(SettingName.HomeIntro, "The lines under it", site.HomeIntro, HomeIntro ?? ""),
        new(SettingName.ContactEmail, "Email address of the training team", site.ContactEmail, ContactEmail ?? ""),
        new(SettingName.ContactPhone, "Telephone", site.ContactPhone, ContactPhone ?? ""),
        new(SettingName.ContactHours, "When it is answered", site.ContactHours, ContactHours ?? ""),
        new(SettingName.PostalAddress, "Address of the office", site.PostalAddress, PostalAddress ?? ""),
        new(SettingName.SafeguardingPhone, "Whom to call in working hours", site.SafeguardingPhone, SafeguardingPhone ?? ""),
        new(SettingName.SafeguardingPhoneOutOfHours, "Whom to call at any other time", site.SafeguardingPhoneOutOfHours, SafeguardingPhoneOutOfHours ?? ""),
        new(SettingName.SafeguardingLeadEmail, "Email address of the safeguarding lead", site.SafeguardingLeadEmail ?? "", SafeguardingLeadEmail ?? ""),
        new(SettingName.DataController, "Who answers for personal data", site.DataController, DataController ?? ""),
        new(SettingName.DataProtectionEmail, "Email address for questions about personal data", site.DataProtectionEmail, DataProtectionEmail ?? ""),
    ];
}
