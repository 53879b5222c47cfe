using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace TrainingHub.Platform.Files;

/// <summary>
/// The pages of a PDF file while they are filled from top to bottom: where the next line goes, and what stands at the foot of each.
/// A4, measures in points.
/// </summary>
internal sealed class PdfPages : IDisposable
{
    public const double Left = 56;
    public const double Right = 595 - Left;
    public const double Width = Right - Left;

    private const double Leading = 1.35;
    private const double Ascent = 1.05;
    private const double Top = 56;
    private const double Bottom = 842 - 68;
    private const double FootAt = 842 - 40;

    private static readonly XFont FootFont = PdfFonts.Plain(9);
    private static readonly XPen Rule = new(XColor.FromGrayScale(0.7), 0.75);

    private readonly PdfDocument document;
    private readonly string foot;
    private XGraphics? graphics;
    private int number;

    /// <param name="document">Has its structure builder already.</param>
    /// <param name="foot">At the left of the foot of each page.</param>
    public PdfPages(PdfDocument document, string foot)
    {
        (this.document, this.foot) = (document, foot);
        Structure = UAManager.ForDocument(document).StructureBuilder;
        Next();
    }

    public StructureBuilder Structure { get; }

    public XGraphics Graphics => graphics!;

    public PdfPage Page => document.Pages[number - 1];

    /// <summary>The upper edge of what comes next.</summary>
    public double Y { get; private set; }

    public static double HeightOf(XFont font) => font.Size * Leading;

    public bool Fits(double height) => Y + height <= Bottom;

    /// <summary>Goes on on the next page when this one has no room for as much.</summary>
    public void Room(double height)
    {
        if (!Fits(height))
        {
            Next();
        }
    }

    public void Down(double points) => Y += points;

    /// <summary>An element of the structure, until it is disposed of.</summary>
    public Tag Begin(PdfBlockLevelElementTag tag)
    {
        Structure.BeginElement(tag);
        return new Tag(Structure);
    }

    public IReadOnlyList<string> Lines(string text, XFont font, double width) => PdfText.Lines(text, width, one => Graphics.MeasureString(one, font).Width);

    /// <summary>A line of text whose upper edge is y. The space at its end keeps the words of two lines apart for whoever copies them.</summary>
    public void Draw(string text, XFont font, double x, double y) =>
        Graphics.DrawString(text + " ", font, XBrushes.Black, x, y + (font.Size * Ascent));

    public void DrawToRight(string text, XFont font, double right, double y) => Draw(text, font, right - Graphics.MeasureString(text, font).Width, y);

    /// <summary>A line across, which nobody needs to be read out.</summary>
    public void DrawRule(double y)
    {
        Structure.BeginArtifact();
        Graphics.DrawLine(Rule, Left, y, Right, y);
        Structure.End();
    }

    public void Next()
    {
        if (graphics is not null)
        {
            // An element may go on over the page; what it has on this one ends here.
            Structure.EndMarkedContentsWithId();
            DrawFoot($"Page {number}, continued on page {number + 1}");
        }

        var page = document.AddPage();
        (page.Width, page.Height) = (XUnit.FromPoint(595), XUnit.FromPoint(842));
        page.Elements.SetName("/Tabs", "/S");
        graphics = XGraphics.FromPdfPage(page);
        (Y, number) = (Top, number + 1);
    }

    public void Finish() => DrawFoot($"Page {number} of {number}");

    public void Dispose() => graphics?.Dispose();

    private void DrawFoot(string right)
    {
        Structure.BeginArtifact();
        Draw(foot, FootFont, Left, FootAt);
        DrawToRight(right, FootFont, Right, FootAt);
        Structure.End();
        Graphics.Dispose();
    }

    internal readonly struct Tag(StructureBuilder structure) : IDisposable
    {
        public void Dispose() => structure.End();
    }
}
