using System.Globalization;
using System.Text.RegularExpressions;

namespace TrainingHub.Catalogue;

/// <summary>Postcode districts as staff write them, one a line: "BH15, Poole, 50.720, -1.982".</summary>
internal static partial class DistrictLines
{
    /// <summary>All of the United Kingdom has fewer.</summary>
    public const int Most = 3_100;

    public static string Write(IEnumerable<PostcodeDistrict> districts) => string.Join('\n', districts.Select(district => string.Create(
        CultureInfo.InvariantCulture, $"{district.Code}, {district.Town}, {district.Latitude:0.000###}, {district.Longitude:0.000###}")));

    /// <summary>What stands in the lines, and what is wrong with the first ones that are wrong. Empty lines do not count.</summary>
    public static (IReadOnlyList<PostcodeDistrict> Districts, IReadOnlyList<string> Errors) Read(string text)
    {
        var (districts, errors) = (new Dictionary<string, PostcodeDistrict>(StringComparer.Ordinal), new List<string>());
        foreach (var (number, line) in text.Split('\n').Select(line => line.Trim()).Index().Where(line => line.Item.Length > 0))
        {
            var district = Read(line.Split(',', StringSplitOptions.TrimEntries));
            if (district is null)
            {
                errors.Add($"Line {number + 1} must be a postcode district, a town, degrees north and degrees east, like OX1, Oxford, 51.752, -1.258");
            }
            else if (!districts.TryAdd(district.Code, district))
            {
                errors.Add($"Line {number + 1}: {district.Code} stands there twice");
            }
        }

        if (districts.Count > Most)
        {
            errors.Add($"Enter {Most} lines or fewer");
        }

        return ([.. districts.Values.OrderBy(district => district.Code, StringComparer.Ordinal)], [.. errors.Take(5)]);
    }

    private static PostcodeDistrict? Read(string[] parts) =>
        parts is [var code, { Length: > 0 and <= PostcodeDistrict.TownLength } town, var north, var east]
        && District().IsMatch(code.ToUpperInvariant())
        && Degrees(north) is >= 49 and <= 61 and var latitude
        && Degrees(east) is >= -9 and <= 2 and var longitude
            ? new() { Code = code.ToUpperInvariant(), Town = town, Latitude = latitude, Longitude = longitude }
            : null;

    private static double? Degrees(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;

    [GeneratedRegex("^[A-Z]{1,2}[0-9][A-Z0-9]?$")]
    private static partial Regex District();
}
