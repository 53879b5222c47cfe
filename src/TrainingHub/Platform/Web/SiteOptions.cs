using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace TrainingHub.Platform.Web;

/// <summary>
/// Who runs this site and how to reach them: section <c>Site</c>. Pages name no partnership of their own.
/// </summary>
internal sealed class SiteOptions
{
    public const string Section = "Site";
    public const int NoticeLength = 500;
    public const int MostMonthsKept = 84;

    [Required]
    public string Name { get; init; } = "";

    [Required]
    public string PartnershipName { get; init; } = "";

    /// <summary>Address under which people reach the site, for example https://training.example.org. No path at the end means none.</summary>
    [Required]
    public Uri PublicUrl { get; init; } = new("http://localhost:5080");

    [Required, EmailAddress]
    public string ContactEmail { get; init; } = "";

    [Required]
    public string ContactPhone { get; init; } = "";

    /// <summary>When the telephone is answered, in words.</summary>
    [Required]
    public string ContactHours { get; init; } = "";

    [Required]
    public string PostalAddress { get; init; } = "";

    /// <summary>Whom to call about a child, in working hours.</summary>
    [Required]
    public string SafeguardingPhone { get; init; } = "";

    [Required]
    public string SafeguardingPhoneOutOfHours { get; init; } = "";

    /// <summary>Those whom to call about a child, as <see cref="UrgentContact.Json"/> writes them; without it the two numbers above.</summary>
    public string? UrgentContacts
    {
        get;
        init => field = string.IsNullOrWhiteSpace(value) ? null : value;
    }

    /// <summary>Never empty.</summary>
    public IReadOnlyList<UrgentContact> Urgent => field ??= (UrgentContacts is null ? null : UrgentContact.Of(UrgentContacts)) ??
    [
        new("", SafeguardingPhone, "in working hours", null),
        new("", SafeguardingPhoneOutOfHours, "at any other time", null),
    ];

    /// <summary>Told when a survey answer may be about a child at risk; without it the contact address is told.</summary>
    [EmailAddress]
    public string? SafeguardingLeadEmail
    {
        get;
        init => field = string.IsNullOrWhiteSpace(value) ? null : value;
    }

    /// <summary>The public body that answers for the personal data held here.</summary>
    [Required]
    public string DataController { get; init; } = "";

    [Required, EmailAddress]
    public string DataProtectionEmail { get; init; } = "";

    [Required, EmailAddress]
    public string SecurityEmail { get; init; } = "";

    /// <summary>When the accessibility of the site was last reviewed by its owner.</summary>
    public DateOnly AccessibilityReviewedOn { get; init; }

    /// <summary>Whether delegates are offered a few questions before their course; off unless it is switched on. Bookings leads to them and Surveys asks them.</summary>
    public bool AskBefore { get; init; }

    /// <summary>What people of a council call their e-learning, such as “Nexus”.</summary>
    public string? ELearningName
    {
        get;
        init => field = string.IsNullOrWhiteSpace(value) ? null : value;
    }

    /// <summary>Where it is, beginning with https://; without it the site does not speak of it.</summary>
    public string? ELearningUrl
    {
        get;
        init => field = string.IsNullOrWhiteSpace(value) ? null : value;
    }

    /// <summary>How many months the people at providers and venues are kept after the contract ends or the record is archived.</summary>
    [Range(1, MostMonthsKept)]
    public int ContactsKeptMonths { get; init; } = 12;

    /// <summary>Name of a colour set in styles/_tokens.scss, or nothing for the first one.</summary>
    [RegularExpression("^[a-z-]*$")]
    public string Brand { get; init; } = "";

    /// <summary>What the home page begins with.</summary>
    [Required]
    public string HomeHeading { get; init; } = "Safeguarding training for everyone who works with children";

    /// <summary>What stands under it.</summary>
    [Required]
    public string HomeIntro { get; init; } = "Find a course on a day that suits you and book a place. You do not need an account.";

    /// <summary>Colour of the header, such as #3d1842; without it the brand's own.</summary>
    public string? BrandColour
    {
        get;
        init => field = string.IsNullOrWhiteSpace(value) ? null : value;
    }

    /// <summary>Colour of buttons and links; without it the brand's own.</summary>
    public string? ActionColour
    {
        get;
        init => field = string.IsNullOrWhiteSpace(value) ? null : value;
    }

    /// <summary>The picture in the header, a PNG in base64; without it a shield.</summary>
    public string? Logo
    {
        get;
        init => field = string.IsNullOrWhiteSpace(value) ? null : value;
    }

    /// <summary>Words of public pages that are the partnership's own, by <see cref="SiteText.Key"/>.</summary>
    public Dictionary<string, string> Texts { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Safe Markdown above all public pages until the end of <see cref="NoticeUntil"/>; empty without one.</summary>
    public string Notice { get; init; } = "";

    public DateOnly? NoticeUntil { get; init; }

    /// <summary>Null as long as both are the brand's own.</summary>
    public BrandColours? Colours => field ??= BrandColours.Of(BrandColour, ActionColour);

    public LogoPicture? LogoPicture => field ??= Logo is null ? null : LogoPicture.Of(Logo);

    /// <summary>The notice of this day; null without one.</summary>
    public string? NoticeOn(DateOnly today) => Notice.Length > 0 && today <= NoticeUntil ? Notice : null;

    /// <summary>What a page could not be made of: a picture that is none, a colour that cannot be read on, a text that is too deep.</summary>
    public string? WhyNot()
    {
        if (BrandColour is { } brand && (!BrandColours.IsColour(brand) || BrandColours.WhyNotBrand(brand) is not null))
        {
            return "Site:BrandColour must be a colour such as #3d1842 on which white can be read.";
        }

        if (ActionColour is { } action && (!BrandColours.IsColour(action) || BrandColours.WhyNotAction(action) is not null))
        {
            return "Site:ActionColour must be a colour such as #0b5a60 on which white can be read.";
        }

        if (Logo is not null && LogoPicture is null)
        {
            return "Site:Logo must be a PNG or JPEG in base64, as the settings on screen make it.";
        }

        if (UrgentContacts is not null && UrgentContact.Of(UrgentContacts) is null)
        {
            return "Site:UrgentContacts must be what the settings on screen make of it.";
        }

        var wrong = SiteText.All.FirstOrDefault(text => SiteTexts.WhyNot(this.TextOf(text), this) is not null);
        return wrong is not null ? $"{wrong.Setting} is no text that can be shown."
            : SiteTexts.WhyNotNotice(Notice, this) is not null ? "Site:Notice is no text that can be shown."
            : null;
    }

    /// <summary>Absolute address of a path of this site, whatever host the request named.</summary>
    public string Absolute(string path) => PublicUrl.ToString().TrimEnd('/') + path;
}

internal sealed class SiteOptionsRules : IValidateOptions<SiteOptions>
{
    public ValidateOptionsResult Validate(string? name, SiteOptions options) =>
        options.WhyNot() is { } wrong ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
}
