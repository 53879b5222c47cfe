using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.Pdf.Annotations;
using PdfSharp.UniversalAccessibility;

namespace TrainingHub.Platform.Files;

/// <summary>
/// Writes a tagged PDF file from top to bottom: headings, paragraphs, facts, tables, links. Title, language and reading order are
/// there for a screen reader. It is not called PDF/UA, because PDFsharp 6.2 writes no mark for that.
/// </summary>
internal sealed class PdfWriter : IDisposable
{
    public const string ContentType = "application/pdf";

    private static readonly XFont Plain = PdfFonts.Plain(10.5);
    private static readonly XFont Strong = PdfFonts.Strong(10.5);
    private static readonly XFont Title = PdfFonts.Strong(20);
    private static readonly XFont Section = PdfFonts.Strong(13);

    private readonly PdfDocument document = new();
    private readonly PdfPages pages;

    /// <param name="title">What the file is called by whoever shows it, and at the foot of its pages.</param>
    /// <param name="author">Who issues it.</param>
    public PdfWriter(string title, string author)
    {
        (document.Info.Title, document.Info.Author) = (title, author);
        UAManager.ForDocument(document).SetDocumentLanguage("en-GB");
        pages = new PdfPages(document, $"{author} · {title}");
    }

    public void Heading(string text) => Block(PdfBlockLevelElementTag.Heading1, text, Title, after: 10);

    /// <summary>Never the last thing on a page.</summary>
    public void Subheading(string text)
    {
        pages.Down(8);
        pages.Room(80);
        Block(PdfBlockLevelElementTag.Heading2, text, Section, after: 4);
    }

    public void Paragraph(string text) => Block(PdfBlockLevelElementTag.Paragraph, text, Plain, after: 8);

    public void StrongParagraph(string text) => Block(PdfBlockLevelElementTag.Paragraph, text, Strong, after: 2);

    /// <summary>Each fact beside its name: a table whose first column is headings.</summary>
    public void Facts(IReadOnlyList<(string Name, string Value)> facts)
    {
        const double names = 135;
        using (pages.Begin(PdfBlockLevelElementTag.Table))
        {
            foreach (var (name, value) in facts)
            {
                var lines = pages.Lines(value, Plain, PdfPages.Width - names);
                pages.Room(lines.Count * PdfPages.HeightOf(Plain));
                using (pages.Begin(PdfBlockLevelElementTag.TableRow))
                {
                    new PdfCell([name], Strong, PdfPages.Left).WriteHeading(pages, "/Row", across: 1);
                    new PdfCell(lines, Plain, PdfPages.Left + names).Write(pages);
                }

                pages.Down((lines.Count * PdfPages.HeightOf(Plain)) + 2);
            }
        }

        pages.Down(8);
    }

    public void Table(PdfTable table) => new PdfTableOnPages(pages, table).Write();

    /// <summary>Words that lead to an address, on a line of their own.</summary>
    public void Link(string words, Uri address)
    {
        pages.Room(PdfPages.HeightOf(Plain));
        using (pages.Begin(PdfBlockLevelElementTag.Paragraph))
        {
            var area = new XRect(PdfPages.Left, pages.Y, pages.Graphics.MeasureString(words, Plain).Width, PdfPages.HeightOf(Plain));
            var link = PdfLinkAnnotation.CreateWebLink(new PdfRectangle(pages.Graphics.Transformer.WorldToDefaultPage(area)), address.AbsoluteUri);
            pages.Structure.BeginElement(link, words);
            pages.Draw(words, PdfFonts.Underlined(10.5), PdfPages.Left, pages.Y);
            pages.Structure.End();
        }

        pages.Down(PdfPages.HeightOf(Plain) + 8);
    }

    /// <summary>A picture of dark squares, such as a QR code. Whoever cannot see it is told what it is.</summary>
    /// <param name="size">Of each side of the picture, in squares.</param>
    /// <param name="dark">Runs along the rows: from where and how wide.</param>
    /// <param name="alternative">What it is and does, in words.</param>
    /// <param name="points">Of each side, on paper.</param>
    public void Squares(int size, IEnumerable<(int X, int Y, int Width)> dark, string alternative, double points)
    {
        pages.Room(points);
        var area = new XRect(PdfPages.Left, pages.Y, points, points);
        pages.Structure.BeginElement(PdfIllustrationElementTag.Figure, alternative, area);
        var unit = points / size;
        foreach (var (x, y, width) in dark)
        {
            // A hair taller than a row, so that no white line stands between two of them.
            pages.Graphics.DrawRectangle(XBrushes.Black, area.X + (x * unit), area.Y + (y * unit), width * unit, unit + 0.05);
        }

        pages.Structure.End();
        pages.Down(points + 8);
    }

    public byte[] ToBytes()
    {
        pages.Finish();
        using var output = new MemoryStream();
        document.Save(output);
        return output.ToArray();
    }

    public void Dispose()
    {
        pages.Dispose();
        document.Dispose();
    }

    // A paragraph may go on over the page.
    private void Block(PdfBlockLevelElementTag tag, string text, XFont font, double after)
    {
        using (pages.Begin(tag))
        {
            foreach (var line in pages.Lines(text, font, PdfPages.Width))
            {
                pages.Room(PdfPages.HeightOf(font));
                pages.Draw(line, font, PdfPages.Left, pages.Y);
                pages.Down(PdfPages.HeightOf(font));
            }
        }

        pages.Down(after);
    }
}
