using PdfSharp.Drawing;
using PdfSharp.UniversalAccessibility;

namespace TrainingHub.Platform.Files;

/// <summary>
/// Writes one table over as many pages as it takes. Rows stay whole; the headings are drawn again on each page, and are in the
/// structure once.
/// </summary>
internal sealed class PdfTableOnPages(PdfPages pages, PdfTable table)
{
    private const double Gap = 4;
    private const double Gutter = 10;

    private static readonly XFont Plain = PdfFonts.Plain(10);
    private static readonly XFont Strong = PdfFonts.Strong(10);

    private readonly double[] edges = Edges(table.Columns);

    private int Columns => table.Columns.Count;

    public void Write()
    {
        var headings = Cells([.. table.Columns.Select(column => column.Heading)], Strong);
        using (pages.Begin(PdfBlockLevelElementTag.Table))
        {
            pages.Room(HeightOf(headings) + (3 * PdfPages.HeightOf(Plain)));
            using (pages.Begin(PdfBlockLevelElementTag.TableHeadRowGroup))
            using (pages.Begin(PdfBlockLevelElementTag.TableRow))
            {
                foreach (var heading in headings)
                {
                    heading.WriteHeading(pages, "/Column", across: 1);
                }
            }

            Below(headings);
            Write(PdfBlockLevelElementTag.TableBodyRowGroup, [.. table.Rows.Where(row => row.Kind != PdfRowKind.Foot)], headings);
            Write(PdfBlockLevelElementTag.TableFooterRowGroup, [.. table.Rows.Where(row => row.Kind == PdfRowKind.Foot)], headings);
        }

        pages.Down(10);
    }

    private void Write(PdfBlockLevelElementTag group, IReadOnlyList<PdfRow> rows, IReadOnlyList<PdfCell> headings)
    {
        if (rows.Count == 0)
        {
            return;
        }

        using (pages.Begin(group))
        {
            foreach (var row in rows)
            {
                var cells = row.Kind switch
                {
                    PdfRowKind.Body => Cells(row.Cells, Plain),
                    PdfRowKind.Group => [new PdfCell(pages.Lines(row.Cells[0], Strong, PdfPages.Width), Strong, PdfPages.Left)],
                    PdfRowKind.Foot => Cells(row.Cells, Strong),
                };
                // A heading stays with the first of its rows.
                Room(HeightOf(cells) + (row.Kind == PdfRowKind.Group ? 2 * PdfPages.HeightOf(Plain) : 0), headings);
                Write(row.Kind, cells);
                Below(cells);
            }
        }
    }

    private void Write(PdfRowKind kind, List<PdfCell> cells)
    {
        using (pages.Begin(PdfBlockLevelElementTag.TableRow))
        {
            if (kind != PdfRowKind.Body)
            {
                cells[0].WriteHeading(pages, "/Row", kind == PdfRowKind.Group ? Columns : 1);
            }

            foreach (var cell in kind == PdfRowKind.Body ? cells : cells.Skip(1))
            {
                cell.Write(pages);
            }
        }
    }

    private void Room(double height, IReadOnlyList<PdfCell> headings)
    {
        if (pages.Fits(height))
        {
            return;
        }

        pages.Next();
        pages.Structure.BeginArtifact();
        foreach (var heading in headings)
        {
            heading.Draw(pages);
        }

        pages.Structure.End();
        Below(headings);
    }

    private void Below(IReadOnlyList<PdfCell> cells)
    {
        pages.Down(HeightOf(cells) - (Gap / 2));
        pages.DrawRule(pages.Y);
        pages.Down(Gap / 2);
    }

    private static double HeightOf(IReadOnlyList<PdfCell> cells) => cells.Max(cell => cell.Height) + Gap;

    private List<PdfCell> Cells(IReadOnlyList<string> texts, XFont font) => [.. texts.Select((text, place) =>
    {
        var lines = pages.Lines(text, font, edges[place + 1] - edges[place] - Gutter);
        return table.Columns[place].IsNumeric
            ? new PdfCell(lines, font, edges[place + 1], IsToRight: true)
            : new PdfCell(lines, font, edges[place]);
    })];

    private static double[] Edges(IReadOnlyList<PdfColumn> columns)
    {
        var edges = new double[columns.Count + 1];
        edges[0] = PdfPages.Left;
        for (var place = 0; place < columns.Count; place++)
        {
            edges[place + 1] = edges[place] + (PdfPages.Width * columns[place].Share / columns.Sum(column => column.Share));
        }

        return edges;
    }
}
