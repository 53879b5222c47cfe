using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PdfSharp.Pdf;
using PdfSharp.Pdf.Advanced;
using PdfSharp.Pdf.IO;

namespace TrainingHub.Tests.Platform.Files;

/// <summary>A PDF file as a screen reader has it: its tags in reading order and the text of its pages by the maps of its fonts.</summary>
internal sealed partial class PdfFile
{
    private readonly PdfDocument document;

    public PdfFile(byte[] bytes) => document = PdfReader.Open(new MemoryStream(bytes), PdfDocumentOpenMode.Import);

    public int Pages => document.PageCount;

    public string Title => document.Info.Title;

    public string Language => document.Internals.Catalog.Elements.GetString("/Lang");

    public bool IsTagged => document.Internals.Catalog.Elements.GetDictionary("/MarkInfo")?.Elements.GetBoolean("/Marked") == true;

    /// <summary>"H1", "TH:Column", "TH:Row" …</summary>
    public IReadOnlyList<string> Tags
    {
        get
        {
            var tags = new List<string>();
            Walk(document.Internals.Catalog.Elements.GetDictionary("/StructTreeRoot")!.Elements["/K"], tags);
            return tags;
        }
    }

    /// <summary>What stands for its pictures, for whoever cannot see them.</summary>
    public IReadOnlyList<string> Alternatives
    {
        get
        {
            var words = new List<string>();
            Describe(document.Internals.Catalog.Elements.GetDictionary("/StructTreeRoot")!.Elements["/K"], words);
            return words;
        }
    }

    public string TextOf(int page)
    {
        var source = document.Pages[page];
        var maps = source.Resources.Elements.GetDictionary("/Font")!.Elements
            .ToDictionary(font => font.Key, font => MapOf((PdfDictionary)((PdfReference)font.Value!).Value));
        var content = Encoding.Latin1.GetString(source.Contents.CreateSingleContent().Stream.UnfilteredValue);
        var text = new StringBuilder();
        var map = maps.Values.First();
        foreach (Match part in Shown().Matches(content))
        {
            if (part.Groups["font"] is { Success: true } font)
            {
                map = maps[font.Value];
            }
            else
            {
                text.Append(string.Concat(part.Groups["glyphs"].Value.Where(char.IsAsciiHexDigit).Chunk(4).Select(glyph => map.GetValueOrDefault(new string(glyph).ToUpperInvariant(), "?"))));
            }
        }

        return text.ToString();
    }

    public string Text => string.Concat(Enumerable.Range(0, Pages).Select(TextOf));

    private static void Walk(PdfItem? item, List<string> tags)
    {
        switch (item is PdfReference reference ? reference.Value : item)
        {
            case PdfArray kids:
                foreach (var kid in kids.Elements)
                {
                    Walk(kid, tags);
                }

                break;
            case PdfDictionary element when element.Elements.ContainsKey("/S"):
                var scope = element.Elements.GetDictionary("/A")?.Elements.GetName("/Scope") ?? "";
                tags.Add(element.Elements.GetName("/S").TrimStart('/') + scope.Replace('/', ':'));
                Walk(element.Elements["/K"], tags);
                break;
        }
    }

    private static void Describe(PdfItem? item, List<string> words)
    {
        switch (item is PdfReference reference ? reference.Value : item)
        {
            case PdfArray kids:
                foreach (var kid in kids.Elements)
                {
                    Describe(kid, words);
                }

                break;
            case PdfDictionary element when element.Elements.ContainsKey("/S"):
                if (element.Elements.GetName("/S") == "/Figure")
                {
                    words.Add(element.Elements.GetString("/Alt"));
                }

                Describe(element.Elements["/K"], words);
                break;
        }
    }

    private static Dictionary<string, string> MapOf(PdfDictionary font)
    {
        var cmap = Encoding.Latin1.GetString(font.Elements.GetDictionary("/ToUnicode")!.Stream.UnfilteredValue);
        return Mapped().Matches(cmap).ToDictionary(
            pair => pair.Groups[1].Value.ToUpperInvariant(),
            pair => ((char)int.Parse(pair.Groups[3].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
    }

    [GeneratedRegex(@"(?<font>/F\d+) \S+ Tf|<(?<glyphs>[0-9A-Fa-f\s]+)>\s*Tj")]
    private static partial Regex Shown();

    [GeneratedRegex(@"<([0-9A-Fa-f]{4})><([0-9A-Fa-f]{4})><([0-9A-Fa-f]{4})>")]
    private static partial Regex Mapped();
}
