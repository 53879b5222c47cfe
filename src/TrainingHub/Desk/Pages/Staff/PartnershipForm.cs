using System.ComponentModel.DataAnnotations;
using System.Globalization;
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

    [Display(Name = "E-learning for council staff: what it is called (optional)", Description = "For example “Nexus”.")]
    [StringLength(Line, ErrorMessage = "What it is called must be 150 characters or fewer")]
    public string? ELearningName { get; set; }

    [Display(Name = "E-learning for council staff: web address (optional)", Description = "Starts with https://. Shown with the courses and the toolkits.")]
    [StringLength(Words, ErrorMessage = "The web address must be 300 characters or fewer"), RegularExpression("^https://[^\\s@]+$", ErrorMessage = "Enter a web address that starts with https://")]
    public string? ELearningUrl { get; set; }

    [Display(Name = "Who answers for personal data", Description = "The public body that is the data controller. Stands in the privacy notice."), Required, StringLength(Line)]
    public string? DataController { get; set; }

    [Display(Name = "Email address for questions about personal data"), Required, DataType(DataType.EmailAddress), StringLength(EmailAddress.MaxLength)]
    public string? DataProtectionEmail { get; set; }

    [Display(Name = "How long are people at providers and venues kept?", Description = "Their names, email addresses and phones, after the contract ends or you stop using them. Stands in the privacy notice.")]
    [Required(ErrorMessage = "Enter a whole number"), Range(1, SiteOptions.MostMonthsKept, ErrorMessage = "Enter a whole number of months from 1 to 84")]
    public int? ContactsKeptMonths { get; set; }

    [Display(Name = "Accessibility of this site last reviewed on", Description = "Stands in the accessibility statement. Review it once a year.")]
    [Required(ErrorMessage = "Enter the day of the last review")]
    public DateOnly? AccessibilityReviewedOn { get; set; }

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
        ELearningName = site.ELearningName,
        ELearningUrl = site.ELearningUrl,
        DataController = site.DataController,
        DataProtectionEmail = site.DataProtectionEmail,
        ContactsKeptMonths = site.ContactsKeptMonths,
        AccessibilityReviewedOn = site.AccessibilityReviewedOn == default ? null : site.AccessibilityReviewedOn,
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
        new(SettingName.ELearningName, "E-learning for council staff", site.ELearningName ?? "", ELearningName ?? ""),
        new(SettingName.ELearningUrl, "Address of the e-learning", site.ELearningUrl ?? "", ELearningUrl ?? ""),
        new(SettingName.DataController, "Who answers for personal data", site.DataController, DataController ?? ""),
        new(SettingName.DataProtectionEmail, "Email address for questions about personal data", site.DataProtectionEmail, DataProtectionEmail ?? ""),
        new(SettingName.ContactsKeptMonths, "Months for which people at providers and venues are kept", Number(site.ContactsKeptMonths), Number(ContactsKeptMonths ?? site.ContactsKeptMonths)),
        new(SettingName.AccessibilityReviewedOn, "Accessibility last reviewed on", Day(site.AccessibilityReviewedOn), Day(AccessibilityReviewedOn ?? site.AccessibilityReviewedOn)),
    ];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
