using PdfSharp.Drawing;
using PdfSharp.Fonts;

namespace TrainingHub.Platform.Files;

/// <summary>
/// The letters of PDF files: Source Sans 3 (OFL 1.1), from inside the program, so that a file looks the same on every server. It has
/// the alphabets of Welsh, Polish and Vietnamese, Greek and Cyrillic.
/// </summary>
internal static class PdfFonts
{
    private const string Family = "Source Sans 3";

    // PDFsharp knows one resolver for the whole process; it has to be there before the first font.
    static PdfFonts() => GlobalFontSettings.FontResolver = new Embedded();

    public static XFont Plain(double points) => new(Family, points, XFontStyleEx.Regular, XPdfFontOptions.UnicodeDefault);

    public static XFont Strong(double points) => new(Family, points, XFontStyleEx.Bold, XPdfFontOptions.UnicodeDefault);

    public static XFont Underlined(double points) => new(Family, points, XFontStyleEx.Underline, XPdfFontOptions.UnicodeDefault);

    private sealed class Embedded : IFontResolver
    {
        public FontResolverInfo ResolveTypeface(string familyName, bool isBold, bool isItalic) =>
            new(isBold ? "SourceSans3-SemiBold.ttf" : "SourceSans3-Regular.ttf");

        public byte[] GetFont(string faceName)
        {
            using var resource = typeof(PdfFonts).Assembly.GetManifestResourceStream(faceName)
                ?? throw new InvalidOperationException($"{faceName} is not part of the program.");
            var font = new byte[resource.Length];
            resource.ReadExactly(font);
            return font;
        }
    }
}
