using System.IO.Compression;
using System.Xml;

namespace TrainingHub.Platform.Files;

/// <summary>
/// The parts of a workbook's archive, found by their relationships and never by file name, so that strict and unusual writers are
/// read too. Refuses what is another kind of archive, each with its own sentence.
/// </summary>
internal sealed class WorkbookParts : IDisposable
{
    private const int MaxEntries = 2_000;
    private const long MaxUnpacked = 100L << 20;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxUnpacked,
        CloseInput = true,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private readonly ZipArchive archive;
    private readonly UnpackAllowance allowance = new(MaxUnpacked);

    private WorkbookParts(ZipArchive archive) => this.archive = archive;

    public sealed record Relationship(string Id, string Type, string Path);

    public static WorkbookParts Open(Stream file)
    {
        var archive = new ZipArchive(file, ZipArchiveMode.Read);
        try
        {
            Check(archive);
            return new WorkbookParts(archive);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    public void Dispose() => archive.Dispose();

    /// <summary>Null when the archive has no such part.</summary>
    public XmlReader? Read(string path) => archive.GetEntry(path) is { } entry
        ? XmlReader.Create(new CappedStream(entry.Open(), allowance), Settings)
        : null;

    /// <summary>What a part refers to within the archive; links that lead out of it are left out.</summary>
    public IReadOnlyList<Relationship> RelationshipsOf(string part)
    {
        var slash = part.LastIndexOf('/');
        var folder = slash < 0 ? "" : part[..(slash + 1)];
        using var xml = Read($"{folder}_rels/{part[(slash + 1)..]}.rels");
        var found = new List<Relationship>();
        while (xml?.Read() == true)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && xml.GetAttribute("TargetMode") != "External"
                && xml.GetAttribute("Target") is { } target)
            {
                var path = target.StartsWith('/') ? target[1..] : Flatten(folder + target);
                found.Add(new Relationship(xml.GetAttribute("Id") ?? "", xml.GetAttribute("Type") ?? "", path));
            }
        }

        return found;
    }

    private static string Flatten(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not (".." or "." or ""))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    private static void Check(ZipArchive archive)
    {
        if (archive.Entries.Count > MaxEntries || archive.Entries.Any(entry => entry.Length > MaxUnpacked))
        {
            throw new FileRefusedException(FileRefusedException.TooBig);
        }

        var names = archive.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.Ordinal);
        if (names.Contains("mimetype"))
        {
            throw new FileRefusedException("This is an OpenDocument file (.ods). Open it and save it as “Excel Workbook (.xlsx)”.");
        }

        if (names.Any(name => name.StartsWith("Index/", StringComparison.Ordinal) && name.EndsWith(".iwa", StringComparison.Ordinal)) || names.Contains("Index.zip"))
        {
            throw new FileRefusedException("This is a Numbers file. Open it in Numbers and choose File, Export To, Excel.");
        }

        if (!names.Contains("[Content_Types].xml"))
        {
            throw new FileRefusedException("This is a compressed folder (.zip). Unpack it and choose the file inside.");
        }

        if (names.Any(name => name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
        {
            throw new FileRefusedException("This workbook holds macros (.xlsm). Save it as “Excel Workbook (.xlsx)” without them.");
        }

        if (names.Any(name => name.StartsWith("word/", StringComparison.Ordinal) || name.StartsWith("ppt/", StringComparison.Ordinal)))
        {
            throw new FileRefusedException("This is a document or a presentation, not a spreadsheet. Copy its table into Excel and save that.");
        }

        if (names.Any(name => name.EndsWith("workbook.bin", StringComparison.Ordinal)))
        {
            throw new FileRefusedException("This is a binary Excel file (.xlsb). Open it and save it as “Excel Workbook (.xlsx)”.");
        }
    }
}
