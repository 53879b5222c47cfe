using System.Xml;

namespace TrainingHub.Platform.Files;

/// <summary>
/// Reads an .xlsx workbook: the visible sheets, in their order, with the values that their cells show. Own reader, because no
/// library to be had survives hostile files, knows the 1904 dates and hidden sheets, and says why it refuses.
/// </summary>
internal static class Workbook
{
    private const int MostSheets = 20;
    private const int MostShared = 1_000_000;

    public static ReadFile Read(byte[] file, Func<IReadOnlyList<SheetRow>, bool> hasHeader)
    {
        using var parts = WorkbookParts.Open(new MemoryStream(file, writable: false));
        var path = PathOf(parts.RelationshipsOf(""), "/officeDocument") ?? throw new FileRefusedException(FileRefusedException.Damaged);
        var related = parts.RelationshipsOf(path);
        var (sheets, is1904) = ReadSheets(parts, path);
        using var styles = PathOf(related, "/styles") is { } stylesPath ? parts.Read(stylesPath) : null;
        using var shared = PathOf(related, "/sharedStrings") is { } sharedPath ? parts.Read(sharedPath) : null;
        var values = new CellReader(shared is null ? [] : ReadShared(shared), NumberFormats.Read(styles), is1904);
        return new ReadFile(ReadChosen(parts, related, sheets, values, hasHeader), Encoding: null, Separator: null);
    }

    /// <summary>The first visible sheet with a known heading row; else the first visible one that holds anything.</summary>
    private static List<Sheet> ReadChosen(
        WorkbookParts parts, IReadOnlyList<WorkbookParts.Relationship> related, List<(string Name, string Id)> sheets, CellReader values,
        Func<IReadOnlyList<SheetRow>, bool> hasHeader)
    {
        Sheet? first = null;
        foreach (var (name, id) in sheets.Take(MostSheets))
        {
            using var xml = related.FirstOrDefault(relation => relation.Id == id) is { } relation ? parts.Read(relation.Path) : null;
            if (xml is null)
            {
                continue;
            }

            var sheet = new SheetReader(xml, values).Read(name, hasHeader, isNeeded: first is null);
            if (sheet is { IsChosen: true })
            {
                return [sheet.Sheet];
            }

            first ??= sheet.Sheet.Rows.Count > 0 ? sheet.Sheet : null;
        }

        return first is null ? [] : [first];
    }

    private static string? PathOf(IReadOnlyList<WorkbookParts.Relationship> related, string type) =>
        related.FirstOrDefault(relation => relation.Type.EndsWith(type, StringComparison.Ordinal))?.Path;

    private static (List<(string Name, string Id)> Visible, bool Is1904) ReadSheets(WorkbookParts parts, string path)
    {
        using var xml = parts.Read(path) ?? throw new FileRefusedException(FileRefusedException.Damaged);
        var (visible, is1904) = (new List<(string, string)>(), false);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "workbookPr" })
            {
                is1904 = xml.GetAttribute("date1904") is "1" or "true";
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "sheet" } && xml.GetAttribute("state") is null or "visible")
            {
                visible.Add((xml.GetAttribute("name") ?? "", RelationshipId(xml)));
            }
        }

        return (visible, is1904);
    }

    // Its namespace differs between the two kinds of workbook, its prefix between writers.
    private static string RelationshipId(XmlReader xml)
    {
        var id = "";
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
        {
            id = xml.LocalName == "id" && xml.NamespaceURI.EndsWith("/relationships", StringComparison.Ordinal) ? xml.Value : id;
        }

        xml.MoveToElement();
        return id;
    }

    private static List<string> ReadShared(XmlReader xml)
    {
        var texts = new List<string>();
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                texts.Add(RichText.Read(xml));
                if (texts.Count > MostShared)
                {
                    throw new FileRefusedException(FileRefusedException.TooBig);
                }
            }
        }

        return texts;
    }
}
