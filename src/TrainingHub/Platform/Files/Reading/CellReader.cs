using System.Globalization;
using System.Xml;

namespace TrainingHub.Platform.Files;

/// <summary>Turns a cell's element into its value: shared and inline texts, numbers without float noise, dates of both systems.</summary>
internal sealed class CellReader(List<string> shared, NumberFormats formats, bool is1904)
{
    private const string NotWorkedOut = "This formula has no result in the file. Open it in Excel, save it and try again.";
    private static readonly DateTime Epoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);
    private const int DaysBetweenSystems = 1_462;
    private const double LastDay = 2_958_465;

    /// <summary>Reads to the end of the cell that the reader is on.</summary>
    public Cell Read(XmlReader xml)
    {
        var (type, style) = (xml.GetAttribute("t"), xml.GetAttribute("s"));
        if (xml.IsEmptyElement)
        {
            return default;
        }

        var (value, hasFormula, depth) = ("", false, xml.Depth);
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "v" or "is" })
            {
                value = RichText.Read(xml);
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "f" })
            {
                hasFormula = true;
                RichText.Read(xml);
            }
        }

        if (value.Length == 0)
        {
            return hasFormula && type != "str" ? Cell.OfFault(NotWorkedOut) : default;
        }

        return type switch
        {
            "s" => Cell.OfText(Shared(value)),
            "str" or "inlineStr" => Cell.OfText(value),
            "b" => Cell.OfText(value is "1" or "true" ? "Yes" : "No"),
            "e" => Cell.OfFault($"This cell shows {value}. Mend the formula, or type the value over it."),
            "d" => DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? Cell.OfMoment(moment) : Cell.OfText(value),
            _ => OfNumber(value, style),
        };
    }

    private string Shared(string index) =>
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < shared.Count
            ? shared[place]
            : throw new FileRefusedException(FileRefusedException.Damaged);

    private Cell OfNumber(string value, string? style)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return Cell.OfText(value);
        }

        if (int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && formats.IsMoment(place) && number is >= 0 and < LastDay)
        {
            return OfSerial(number);
        }

        // Fifteen digits are what a spreadsheet shows: 52.499999999999993 is 52.5.
        return decimal.TryParse(number.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? Cell.OfNumber(exact)
            : Cell.OfText(value);
    }

    private Cell OfSerial(double serial)
    {
        var seconds = Math.Round((serial - Math.Floor(serial)) * 86_400);
        if (serial < 1)
        {
            return Cell.OfTime(TimeOnly.FromTimeSpan(TimeSpan.FromSeconds(Math.Min(seconds, 86_399))));
        }

        // The 1900 system counts a 29 February 1900 that never was.
        var days = Math.Floor(serial) + (is1904 ? DaysBetweenSystems : serial < 60 ? 1 : 0);
        return days < LastDay ? Cell.OfMoment(Epoch.AddDays(days).AddSeconds(seconds)) : Cell.OfText(serial.ToString(CultureInfo.InvariantCulture));
    }
}
