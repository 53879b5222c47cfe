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
    public string? SafeguardingLeadEmail { get; init; }

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

    /// <summary>Absolute address of a path of this site, whatever host the request named.</summary>
    public string Absolute(string path) => PublicUrl.ToString().TrimEnd('/') + path;
}
