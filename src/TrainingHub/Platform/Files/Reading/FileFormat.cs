using System.Text;

namespace TrainingHub.Platform.Files;

/// <summary>Tells a workbook from a text file by its first bytes, whatever it is called, and names what is neither.</summary>
internal static class FileFormat
{
    private const string OldExcel = "This is an old Excel file (.xls). Open it and save it as “Excel Workbook (.xlsx)”.";
    private const string Password = "This workbook is protected by a password. Open it, take the password off (File, Info, Protect Workbook) and save it again.";
    private const string WebPage = "This is a web page, although its name may end in .xls. Open it in Excel and save it as “Excel Workbook (.xlsx)”.";
    private const string NotATable = "This is not a spreadsheet or a CSV file, but ";

    private static readonly byte[] Ole = [0xD0, 0xCF, 0x11, 0xE0];
    private static readonly byte[] Marker = Encoding.Unicode.GetBytes("EncryptedPackage");

    private static readonly (byte[] Start, string What)[] Others =
    [
        ("%PDF"u8.ToArray(), "a PDF."), ([0x89, .. "PNG"u8], "a picture."), ([0xFF, 0xD8, 0xFF], "a picture."), ("GIF8"u8.ToArray(), "a picture."),
        ("{\\rtf"u8.ToArray(), "a text document."), ([0x1F, 0x8B], "a compressed file."), ("Rar!"u8.ToArray(), "a compressed file."),
        ([0x37, 0x7A, 0xBC, 0xAF], "a compressed file."), ("SQLite"u8.ToArray(), "a database."),
    ];

    /// <summary>True for a zip archive, which may be a workbook; false for text.</summary>
    /// <exception cref="FileRefusedException">It is neither.</exception>
    public static bool IsArchive(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("PK"u8))
        {
            return file.StartsWith((ReadOnlySpan<byte>)[0x50, 0x4B, 3, 4]) ? true : throw new FileRefusedException(FileRefusedException.Damaged);
        }

        if (file.StartsWith(Ole))
        {
            throw new FileRefusedException(file[..Math.Min(file.Length, 1 << 20)].IndexOf(Marker) >= 0 ? Password : OldExcel);
        }

        foreach (var (start, what) in Others)
        {
            if (file.StartsWith(start))
            {
                throw new FileRefusedException(NotATable + what);
            }
        }

        var head = Encoding.Latin1.GetString(file[..Math.Min(file.Length, 1024)]).TrimStart('ï', '»', '¿', ' ', '\r', '\n', '\t');
        if (head.StartsWith('<'))
        {
            throw new FileRefusedException(WebPage);
        }

        return false;
    }
}
