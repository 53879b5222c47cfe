using System.Globalization;
using System.Text.RegularExpressions;
using TrainingHub.Tests.House;

namespace TrainingHub.Tests.Platform.Web;

/// <summary>The colours of styles/_tokens.scss as its text gives them, for each brand, and how they stand out from each other.</summary>
internal static partial class Tokens
{
    /// <summary>Colours by name, by brand; the first brand has no name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Brands { get; } = Read();

    /// <summary>Contrast ratio by WCAG 2.2's definition of relative luminance: 1 to 21.</summary>
    public static double Contrast(string one, string other)
    {
        var (first, second) = (Luminance(one), Luminance(other));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Read()
    {
        var text = File.ReadAllText(Path.Combine(SourceTree.Root, "src/TrainingHub/styles/_tokens.scss"));
        var whole = ColoursIn(Map().Matches(text).Where(map => map.Groups["name"].Value is "$colours" or "$tints").Select(map => map.Groups["inside"].Value));
        var brands = new Dictionary<string, IReadOnlyDictionary<string, string>> { [""] = whole };
        var others = Map().Matches(text).Single(map => map.Groups["name"].Value == "$brands").Groups["inside"].Value;
        foreach (Match brand in Brand().Matches(others))
        {
            var colours = new Dictionary<string, string>(whole);
            foreach (var (name, value) in ColoursIn([brand.Groups["inside"].Value]))
            {
                colours[name] = value;
            }

            brands[brand.Groups["name"].Value] = colours;
        }

        return brands;
    }

    private static Dictionary<string, string> ColoursIn(IEnumerable<string> maps) =>
        maps.SelectMany(map => Colour().Matches(map)).ToDictionary(colour => colour.Groups["name"].Value, colour => colour.Groups["value"].Value);

    private static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var part = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
    }

    [GeneratedRegex(@"^(?<name>\$[a-z-]+): \((?<inside>.*?)^\);", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Map();

    [GeneratedRegex(@"(?<name>[a-z]+): \((?<inside>[^)]*)\)")]
    private static partial Regex Brand();

    [GeneratedRegex(@"(?<name>[a-z-]+): (?<value>#[0-9a-f]{6}),")]
    private static partial Regex Colour();
}
