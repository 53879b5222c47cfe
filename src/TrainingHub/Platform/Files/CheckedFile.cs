using System.Text;
using TrainingHub.Platform.Web;

namespace TrainingHub.Platform.Files;

internal enum CheckedFileKind
{
    Pdf,
    Jpeg,
    Png,
}

internal enum CheckedFileRefusal
{
    Empty,
    TooLarge,

    /// <summary>Its content is none of the three kinds, whatever it is called.</summary>
    NotAllowed,

    /// <summary>It begins as one of them and cannot be read to its end, or has more in it than one of them.</summary>
    Broken,
}

/// <summary>
/// A file as it is kept: recognised by its content, never by its name. Of a picture only what draws it is kept, so no place, camera or
/// remark goes with it, and nothing after its end. A PDF is kept as it came: staff download it and it is never shown on a page.
/// </summary>
/// <param name="Name">The last part of what it was called, with the ending of its kind.</param>
/// <param name="Kind"></param>
/// <param name="Content">At most <see cref="MostBytes"/>.</param>
internal sealed record CheckedFile(string Name, CheckedFileKind Kind, byte[] Content)
{
    public const int MostBytes = 5 * 1024 * 1024;
    public const int NameLength = 120;

    /// <summary>Wider or higher pictures are meant to break whoever opens them.</summary>
    private const int MostPixels = 20_000;

    /// <summary>Readers look for the end of a PDF in its last 1,024 bytes (ISO 32000-1, annex H, note 18).</summary>
    private const int PdfTail = 1024;

    public static (CheckedFile? File, CheckedFileRefusal? Refusal) Read(string fileName, byte[] content)
    {
        if (content.Length == 0)
        {
            return (null, CheckedFileRefusal.Empty);
        }

        if (content.Length > MostBytes)
        {
            return (null, CheckedFileRefusal.TooLarge);
        }

        if (content.AsSpan().StartsWith("%PDF-"u8))
        {
            return IsPdf(content) ? (new(NameOf(fileName, ".pdf"), CheckedFileKind.Pdf, content), null) : (null, CheckedFileRefusal.Broken);
        }

        if (PngFile.Is(content))
        {
            return Picture(PngFile.Read(content), fileName, CheckedFileKind.Png, ".png");
        }

        return content is [0xff, 0xd8, 0xff, ..]
            ? Picture(JpegFile.Read(content), fileName, CheckedFileKind.Jpeg, ".jpg")
            : (null, CheckedFileRefusal.NotAllowed);
    }

    public static string ContentType(CheckedFileKind kind) => kind switch
    {
        CheckedFileKind.Pdf => "application/pdf",
        CheckedFileKind.Jpeg => "image/jpeg",
        CheckedFileKind.Png => "image/png",
    };

    public static string Words(CheckedFileRefusal refusal, string name) => refusal switch
    {
        CheckedFileRefusal.Empty => $"“{name}” is empty",
        CheckedFileRefusal.TooLarge => $"“{name}” must be smaller than 5 MB",
        CheckedFileRefusal.NotAllowed => $"“{name}” must be a PDF, JPEG or PNG. Take a photo of it, or save it as a PDF",
        CheckedFileRefusal.Broken => $"“{name}” cannot be read. Save it again as a PDF, or take a photo of it",
    };

    /// <summary>The last part of a name as a browser sends it, without what could lead elsewhere or hide its ending.</summary>
    public static string NameOf(string typed, string ending)
    {
        var last = typed[(typed.LastIndexOfAny(['/', '\\']) + 1)..];
        var name = Path.GetFileNameWithoutExtension(last);
        var kept = new StringBuilder();
        foreach (var one in name.Normalize(NormalizationForm.FormC).Where(one => char.IsLetterOrDigit(one) || one is ' ' or '-' or '_' or '(' or ')'))
        {
            kept.Append(one);
        }

        var words = kept.ToString().Trim();
        var most = NameLength - ending.Length;
        words = words.Length == 0 ? "document" : words.Length > most ? words[..most].TrimEnd() : words;
        return words + ending;
    }

    private static (CheckedFile?, CheckedFileRefusal?) Picture((byte[]? Bytes, int Width, int Height) read, string name, CheckedFileKind kind, string ending) =>
        read.Bytes is { } bytes && read.Width is > 0 and <= MostPixels && read.Height is > 0 and <= MostPixels
            ? (new(NameOf(name, ending), kind, bytes), null)
            : (null, CheckedFileRefusal.Broken);

    // A version, an end, and nothing behind it but white space: what is hung on behind a PDF is another file.
    private static bool IsPdf(byte[] content)
    {
        if (content.Length < 12 || content[5] is not ((byte)'1' or (byte)'2') || content[6] != '.')
        {
            return false;
        }

        var tail = content.AsSpan(Math.Max(0, content.Length - PdfTail));
        var end = tail.LastIndexOf("%%EOF"u8);
        return end >= 0 && tail[(end + 5)..].IndexOfAnyExcept(" \r\n\t\0"u8) < 0;
    }
}
