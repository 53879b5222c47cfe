using System.Text.RegularExpressions;

namespace TrainingHub.Platform.Web;

/// <summary>Fields such as {email} in a text of the partnership: what is settled elsewhere is written once, and never typed over.</summary>
internal static partial class TextFields
{
    private static readonly (string Name, Func<SiteOptions, string> Markdown)[] All =
    [
        ("partnership", site => Plain(site.PartnershipName)),
        ("site", site => Plain(site.Name)),
        ("email", site => Mail(site.ContactEmail)),
        ("phone", site => Phone(site.ContactPhone)),
        ("hours", site => Plain(site.ContactHours)),
        ("address", site => Plain(site.PostalAddress)),
        ("controller", site => Plain(site.DataController)),
        ("data protection email", site => Mail(site.DataProtectionEmail)),
    ];

    /// <summary>"{partnership}, {site}, …": what staff may write.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(field => $"{{{field.Name}}}"));

    /// <summary>What is wrong with the fields of a text, in words for whoever typed it; null when all are known.</summary>
    public static string? WhyNot(string markdown) =>
        Braces().Matches(markdown).FirstOrDefault(match => Find(match) is null) is { } unknown
            ? $"There is no field {unknown.Value}. The fields are {Names}"
            : null;

    /// <summary>The text with what its fields stand for. A value is words, whatever signs are in it.</summary>
    public static string Fill(string markdown, SiteOptions site) =>
        Braces().Replace(markdown, match => Find(match)?.Invoke(site) ?? match.Value);

    private static Func<SiteOptions, string>? Find(Match match) =>
        Array.Find(All, field => string.Equals(field.Name, match.Groups["name"].Value.Trim(), StringComparison.OrdinalIgnoreCase)).Markdown;

    private static string Mail(string address) => $"[{Plain(address)}](mailto:{Uri.EscapeDataString(address).Replace("%40", "@", StringComparison.Ordinal)})";

    private static string Phone(string phone) => UkPhone.Href(phone) is { } href ? $"[{Plain(phone)}]({href})" : Plain(phone);

    // Every sign that could mean something in Markdown (CommonMark 0.31, 2.4) is escaped; a line break would begin a list or a heading.
    private static string Plain(string value) =>
        Signs().Replace(string.Join(", ", value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)), @"\$0");

    [GeneratedRegex(@"\{(?<name>[^{}\n]{1,40})\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"[!-/:-@\[-`{-~]")]
    private static partial Regex Signs();
}
