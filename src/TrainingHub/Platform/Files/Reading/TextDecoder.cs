using System.Text;
using System.Text.Unicode;

namespace TrainingHub.Platform.Files;

/// <summary>
/// Decodes a text file: by its mark; else UTF-16 when a quarter of its beginning is noughts; else UTF-8 when it is valid; else
/// Windows-1252, which is what Excel's plain “CSV” is in Britain. The last is a guess, so the preview shows the first rows.
/// </summary>
internal static class TextDecoder
{
    private const int Sample = 4096;

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)
        ?? throw new InvalidOperationException("The framework has no Windows-1252.");

    public static (string Text, string Encoding) Decode(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(Encoding.UTF8.Preamble))
        {
            return (Encoding.UTF8.GetString(file[3..]), "UTF-8");
        }

        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return (Encoding.Unicode.GetString(file[2..]), "UTF-16");
        }

        if (file.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return (Encoding.BigEndianUnicode.GetString(file[2..]), "UTF-16");
        }

        var head = file[..Math.Min(file.Length, Sample)];
        if (head.Count((byte)0) > head.Length / 4)
        {
            var isLittleEndian = NulsAt(head, 1) >= NulsAt(head, 0);
            return ((isLittleEndian ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(file), "UTF-16");
        }

        return Utf8.IsValid(file) ? (Encoding.UTF8.GetString(file), "UTF-8") : (Windows1252.GetString(file), "Windows-1252");
    }

    private static int NulsAt(ReadOnlySpan<byte> bytes, int from)
    {
        var count = 0;
        for (var index = from; index < bytes.Length; index += 2)
        {
            count += bytes[index] == 0 ? 1 : 0;
        }

        return count;
    }
}
