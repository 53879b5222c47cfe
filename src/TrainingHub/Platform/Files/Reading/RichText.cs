using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace TrainingHub.Platform.Files;

/// <summary>The text of an element that may hold several formatted runs. Pronunciation guides (rPh) are left out.</summary>
internal static partial class RichText
{
    /// <summary>The most that a cell of a spreadsheet can hold.</summary>
    public const int MaxLength = 32_767;

    /// <summary>Reads to the end of the element that the reader is on.</summary>
    public static string Read(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var (text, depth) = (new StringBuilder(), xml.Depth);
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "rPh" })
            {
                Skip(xml);
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA)
            {
                Append(xml, text);
            }
        }

        return Decode(text.ToString());
    }

    private static void Skip(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
        }
    }

    private static void Append(XmlReader xml, StringBuilder text)
    {
        if (xml.NodeType is not XmlNodeType.Text)
        {
            text.Append(xml.Value);
            return;
        }

        // Rented: a file has a hundred thousand cells.
        var buffer = ArrayPool<char>.Shared.Rent(4096);
        int count;
        while (text.Length <= MaxLength && (count = xml.ReadValueChunk(buffer, 0, buffer.Length)) > 0)
        {
            text.Append(buffer, 0, count);
        }

        ArrayPool<char>.Shared.Return(buffer);

        if (text.Length > MaxLength)
        {
            throw new FileRefusedException(FileRefusedException.TooBig);
        }
    }

    // Characters that XML cannot hold are written _x000D_.
    private static string Decode(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? Escaped().Replace(text, found => ((char)ushort.Parse(found.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : text;

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escaped();
}
