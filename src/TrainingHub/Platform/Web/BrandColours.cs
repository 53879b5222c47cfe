using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace TrainingHub.Platform.Web;

/// <summary>
/// Colours of the partnership in place of the style's. What lies on them and what they lie on follows from them, and every pair has to
/// be readable: text 4.5:1, marks 3:1 (WCAG 2.2, 1.4.3 and 1.4.11), in each set of colours of the style.
/// </summary>
internal sealed partial class BrandColours
{
    public const string Path = "/brand.css";

    /// <summary>Colours that staff only look at.</summary>
    public const string PreviewPath = "/staff/settings/look.css";

    private const double Text = 4.5;
    private const double Mark = 3;
    private const string White = "#ffffff";
    private static readonly int[] Parts = [1, 3, 5];

    /// <summary>Grounds and marks of styles/_tokens.scss that a chosen colour meets; a test compares them.</summary>
    internal static readonly (string Name, string Value)[] Mists = [("mist", "#f7f4f8"), ("mist", "#f2f5f7")];
    internal static readonly (string Name, string Value)[] Accents = [("accent", "#e8a33d"), ("accent", "#e0a458")];
    internal static readonly (string Name, string Value)[] AccentTints = [("accent-tint", "#fdf0d5")];

    private BrandColours(string? brand, string? action) => (Brand, Action) = (brand, action);

    public string? Brand { get; }

    public string? Action { get; }

    /// <summary>The sheet that lies on top of the site's.</summary>
    public string Css => CssOf(":root:root");

    /// <summary>With what it holds in its name, so that it is kept for ever.</summary>
    public string Address => $"{Path}?v={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))[..12]}";

    public static BrandColours? Of(string? brand, string? action) => brand is null && action is null ? null : new(brand, action);

    public static bool IsColour(string text) => Hex().IsMatch(text);

    /// <summary>Why the header cannot have this colour, with the figure; null when it can.</summary>
    public static string? WhyNotBrand(string colour) => First(
        Pair(colour, White, Text, "white text on this header"),
        Lowest(colour, Mists, Text, "text in this colour on the page’s ground"),
        Pair(colour, Tint(colour), Text, "text in this colour on its own tint"),
        Lowest(colour, Accents, Mark, "the gold mark of the current page on this header"));

    /// <summary>Why buttons and links cannot have this colour, with the figure; null when they can.</summary>
    public static string? WhyNotAction(string colour) => First(
        Pair(colour, White, Text, "white text on such a button"),
        Lowest(colour, Mists, Text, "such links on the page’s ground"),
        Lowest(colour, AccentTints, Text, "such links on a notice"),
        Pair(colour, Tint(colour), Text, "such text on its own tint"));

    /// <summary>By WCAG 2.2's relative luminance: 1 to 21.</summary>
    public static double Contrast(string one, string other)
    {
        var (first, second) = (Luminance(one), Luminance(other));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    /// <summary>The same for a part of a page.</summary>
    public string CssOf(string selector)
    {
        var lines = new StringBuilder(selector).Append('{');
        if (Brand is { } brand)
        {
            lines.Append(CultureInfo.InvariantCulture, $"--app-brand:{brand};--app-brand-tint:{Tint(brand)};--govuk-brand-colour:{brand};");
        }

        if (Action is { } action)
        {
            lines.Append(CultureInfo.InvariantCulture, $"--app-action:{action};--app-action-dark:{Mix(action, "#000000", 0.25)};--app-action-tint:{Tint(action)};")
                .Append(CultureInfo.InvariantCulture, $"--govuk-link-colour:{action};--govuk-link-hover-colour:{Mix(action, "#000000", 0.25)};");
        }

        return lines.Append('}').ToString();
    }

    private static string? First(params string?[] faults) => Array.Find(faults, fault => fault is not null);

    private static string? Lowest(string colour, (string Name, string Value)[] others, double least, string what) =>
        Pair(colour, others.MinBy(other => Contrast(colour, other.Value)).Value, least, what);

    private static string? Pair(string one, string other, double least, string what)
    {
        var contrast = Contrast(one, other);
        return contrast >= least ? null
            : string.Create(CultureInfo.InvariantCulture, $"The contrast of {what} would be {Math.Floor(contrast * 100) / 100:0.00}:1. It has to be at least {least:0.#}:1. Choose a darker colour");
    }

    private static string Tint(string colour) => Mix(colour, White, 0.88);

    private static string Mix(string colour, string with, double share) =>
        "#" + string.Concat(Parts.Select(at => ((int)Math.Round((Part(colour, at) * (1 - share)) + (Part(with, at) * share))).ToString("x2", CultureInfo.InvariantCulture)));

    private static int Part(string hex, int at) => int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var part = Part(hex, at) / 255.0;
            return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex Hex();
}
