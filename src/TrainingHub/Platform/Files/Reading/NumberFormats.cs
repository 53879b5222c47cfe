using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace TrainingHub.Platform.Files;

/// <summary>Which cell styles show a number as a date or a time.</summary>
internal sealed partial class NumberFormats
{
    private readonly List<bool> isMoment = [];

    public static NumberFormats Read(XmlReader? styles)
    {
        var (formats, codes, isInCells) = (new NumberFormats(), new Dictionary<int, string>(), false);
        while (styles?.Read() == true)
        {
            if (styles.LocalName == "cellXfs")
            {
                isInCells = styles.NodeType == XmlNodeType.Element && !styles.IsEmptyElement;
            }
            else if (styles is { NodeType: XmlNodeType.Element, LocalName: "numFmt" })
            {
                codes[Number(styles.GetAttribute("numFmtId"))] = styles.GetAttribute("formatCode") ?? "";
            }
            else if (isInCells && styles is { NodeType: XmlNodeType.Element, LocalName: "xf" })
            {
                var id = Number(styles.GetAttribute("numFmtId"));
                formats.isMoment.Add(IsBuiltInMoment(id) || (codes.TryGetValue(id, out var code) && IsMoment(code)));
            }
        }

        return formats;
    }

    public bool IsMoment(int style) => style >= 0 && style < isMoment.Count && isMoment[style];

    /// <summary>The built-in formats of ECMA-376 part 1, 18.8.30, with those of East Asian languages.</summary>
    private static bool IsBuiltInMoment(int id) => id is >= 14 and <= 22 or >= 27 and <= 36 or >= 45 and <= 47 or >= 50 and <= 58;

    /// <summary>A letter of a date or time is left when quoted, escaped and bracketed text is gone, except elapsed time.</summary>
    internal static bool IsMoment(string code) => Letters().IsMatch(Decoration().Replace(code, ""));

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    [GeneratedRegex("""
        "[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]|General
        """, RegexOptions.IgnoreCase)]
    private static partial Regex Decoration();

    [GeneratedRegex("[ymdhs]", RegexOptions.IgnoreCase)]
    private static partial Regex Letters();
}
