using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace TrainingHub.Platform.Files;

/// <summary>The lines of one cell of a table at the height that its pages have come to.</summary>
/// <param name="X">Its left edge, or its right one when the lines stand to the right.</param>
internal sealed record PdfCell(IReadOnlyList<string> Lines, XFont Font, double X, bool IsToRight = false)
{
    public double Height => Lines.Count * PdfPages.HeightOf(Font);

    public void Write(PdfPages pages)
    {
        using (pages.Begin(PdfBlockLevelElementTag.TableDataCell))
        {
            Draw(pages);
        }
    }

    /// <param name="pages"></param>
    /// <param name="scope">"/Row" or "/Column": what it is the heading of.</param>
    /// <param name="across">How many columns it takes.</param>
    public void WriteHeading(PdfPages pages, string scope, int across)
    {
        using (pages.Begin(PdfBlockLevelElementTag.TableHeaderCell))
        {
            var attributes = new PdfDictionary(pages.Page.Owner);
            attributes.Elements.SetName("/O", "/Table");
            attributes.Elements.SetName("/Scope", scope);
            if (across > 1)
            {
                attributes.Elements.SetInteger("/ColSpan", across);
            }

            pages.Structure.CurrentStructureElement.Elements["/A"] = attributes;
            Draw(pages);
        }
    }

    public void Draw(PdfPages pages)
    {
        for (var line = 0; line < Lines.Count; line++)
        {
            var y = pages.Y + (line * PdfPages.HeightOf(Font));
            if (IsToRight)
            {
                pages.DrawToRight(Lines[line], Font, X, y);
            }
            else
            {
                pages.Draw(Lines[line], Font, X, y);
            }
        }
    }
}
