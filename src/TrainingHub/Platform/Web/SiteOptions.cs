using System.ComponentModel.DataAnnotations;

namespace TrainingHub.Platform.Web;

/// <summary>
/// Who runs this site and how to reach them: section <c>Site</c>. Pages name no partnership of their own.
/// </summary>
internal sealed class SiteOptions
{
    public const string Section = "Site";

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

    /// <summary>How many months the people at providers and venues are kept after the contract ends or the record is archived.</summary>
    [Range(1, 84)]
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

    /// <summary>Null as long as both are the brand's own.</summary>
    public BrandColours? Colours => field ??= BrandColours.Of(BrandColour, ActionColour);

    public LogoPicture? LogoPicture => field ??= Logo is null ? null : LogoPicture.Of(Logo);

    /// <summary>Absolute address of a path of this site, whatever host the request named.</summary>
    public string Absolute(string path) => PublicUrl.ToString().TrimEnd('/') + path;
}
