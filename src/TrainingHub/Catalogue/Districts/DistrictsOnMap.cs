using System.Text.RegularExpressions;

namespace TrainingHub.Catalogue;

/// <summary>Somewhere that a reader starts from.</summary>
/// <param name="Words">"BH15, Poole".</param>
/// <param name="Miles">As the crow flies, to each district and town that is known.</param>
internal sealed record NearPlace(string Words, IReadOnlyDictionary<string, int> Miles)
{
    /// <summary>Whole miles to where a date is held; null online, and where nobody has said where the venue is.</summary>
    public int? MilesTo(DateLine date) =>
        date.Delivery == DeliveryMode.Online ? null
        : date.Postcode is { } postcode && Miles.TryGetValue(DistrictsOnMap.DistrictOf(postcode), out var byPostcode) ? byPostcode
        : date.Town is { } town && Miles.TryGetValue(town, out var byTown) ? byTown
        : null;

    /// <summary>"about 4 miles"; null when it is not known.</summary>
    public string? Distance(DateLine date) => MilesTo(date) switch
    {
        null => null,
        <= 1 => "about 1 mile",
        var miles => $"about {miles} miles",
    };
}

/// <summary>The postcode districts that are known, and distances between them: between their middles, so a mile or two may be wrong.</summary>
internal sealed partial class DistrictsOnMap(IReadOnlyList<PostcodeDistrict> districts)
{
    private const double EarthMiles = 3958.8;

    private readonly Dictionary<string, PostcodeDistrict> byCode = districts.ToDictionary(district => district.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>Without any, nobody is asked for a postcode.</summary>
    public bool IsEmpty => byCode.Count == 0;

    /// <summary>"BH15 1AA", "BH15 1" and "bh15" are all BH15. Text that is no postcode stays as it is.</summary>
    public static string DistrictOf(string postcode)
    {
        var letters = string.Concat(postcode.Where(letter => !char.IsWhiteSpace(letter))).ToUpperInvariant();
        var whole = Whole().Match(letters);
        var parts = postcode.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return whole.Success ? whole.Groups[1].Value : parts is [var district, ['0' or '1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or '9']] ? district.ToUpperInvariant() : letters;
    }

    /// <summary>Whether it is written like a postcode, or the beginning of one.</summary>
    public static bool IsPostcode(string typed) => District().IsMatch(DistrictOf(typed));

    /// <returns>Null when the district is not known.</returns>
    public NearPlace? Find(string postcode)
    {
        if (!byCode.TryGetValue(DistrictOf(postcode), out var from))
        {
            return null;
        }

        var miles = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var district in districts)
        {
            var distance = MilesBetween(from, district);
            miles[district.Code] = distance;
            // A town of several districts is as near as the nearest of them.
            miles[district.Town] = Math.Min(distance, miles.GetValueOrDefault(district.Town, int.MaxValue));
        }

        return new($"{from.Code}, {from.Town}", miles);
    }

    private static int MilesBetween(PostcodeDistrict one, PostcodeDistrict other)
    {
        var (north, east) = (Radians(other.Latitude - one.Latitude) / 2, Radians(other.Longitude - one.Longitude) / 2);
        var half = Math.Pow(Math.Sin(north), 2) + (Math.Cos(Radians(one.Latitude)) * Math.Cos(Radians(other.Latitude)) * Math.Pow(Math.Sin(east), 2));
        return (int)Math.Round(2 * EarthMiles * Math.Asin(Math.Sqrt(half)), MidpointRounding.AwayFromZero);
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;

    [GeneratedRegex("^([A-Z]{1,2}[0-9][A-Z0-9]?)[0-9][A-Z]{2}$")]
    private static partial Regex Whole();

    [GeneratedRegex("^[A-Z]{1,2}[0-9][A-Z0-9]?$")]
    private static partial Regex District();
}
