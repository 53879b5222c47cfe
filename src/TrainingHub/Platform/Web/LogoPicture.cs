using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TrainingHub.Platform.Web;

/// <summary>
/// The picture in the header: a PNG or JPEG of at most <see cref="MostBytes"/> bytes and 16 to <see cref="MostPixels"/> pixels a side, of
/// which only what draws the picture is kept. Other kinds are refused: an SVG can hold a program.
/// </summary>
internal sealed class LogoPicture
{
    public const string Path = "/logo";

    /// <summary>The picture that is only looked at.</summary>
    public const string PreviewPath = "/staff/settings/look/logo";
    public const int MostBytes = 100 * 1024;
    public const int LeastPixels = 16;
    public const int MostPixels = 1200;

    private const int ShownHeight = 40;

    private LogoPicture(byte[] bytes, (int Width, int Height) size, bool isPng) => (Bytes, PixelWidth, PixelHeight, IsPng) = (bytes, size.Width, size.Height, isPng);

    public byte[] Bytes { get; }

    public int PixelWidth { get; }

    public int PixelHeight { get; }

    public bool IsPng { get; }

    public string MediaType => IsPng ? "image/png" : "image/jpeg";

    /// <summary>As it is shown in the header.</summary>
    public int Height => Math.Min(PixelHeight, ShownHeight);

    public int Width => Math.Max(1, PixelWidth * Height / PixelHeight);

    /// <summary>Of what it holds.</summary>
    public string Mark => Convert.ToHexStringLower(SHA256.HashData(Bytes))[..12];

    /// <summary>With what it holds in its name, so that it is kept for ever.</summary>
    public string Address => $"{Path}?v={Mark}";

    /// <summary>"PNG, 320 by 120 pixels, 12 KB": what history says of it.</summary>
    public string Words => $"{(IsPng ? "PNG" : "JPEG")}, {PixelWidth} by {PixelHeight} pixels, {(Bytes.Length + 1023) / 1024} KB";

    public string Stored => Convert.ToBase64String(Bytes);

    /// <param name="stored">A picture that was read, in base64.</param>
    /// <returns>Null when it is none.</returns>
    public static LogoPicture? Of(string stored)
    {
        var bytes = new byte[MostBytes];
        return Convert.TryFromBase64String(stored, bytes, out var length) ? Read(bytes.AsSpan(0, length)) : null;
    }

    /// <returns>The picture without what it does not need; null when it is no PNG or JPEG that can be shown.</returns>
    public static LogoPicture? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length > MostBytes)
        {
            return null;
        }

        var isPng = PngFile.Is(file);
        var (kept, width, height) = isPng ? PngFile.Read(file) : JpegFile.Read(file);
        return kept is not null && Fits(width) && Fits(height) ? new(kept, (width, height), isPng) : null;
    }

    private static bool Fits(int side) => side is >= LeastPixels and <= MostPixels;
}

/// <summary>What draws a PNG (ISO/IEC 15948): no words, no place, nothing after its end.</summary>
internal static class PngFile
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];
    private static readonly string[] Kept = ["IHDR", "PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "IDAT", "IEND"];

    public static bool Is(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <returns>Null bytes when it is broken.</returns>
    public static (byte[]? Bytes, int Width, int Height) Read(ReadOnlySpan<byte> file)
    {
        using var kept = new MemoryStream();
        kept.Write(file[..Signature.Length]);
        var rest = file[Signature.Length..];
        var (width, height, hasPicture) = (0, 0, false);
        while (rest.Length >= 12)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 12)
            {
                break;
            }

            var whole = rest[..((int)length + 12)];
            var name = System.Text.Encoding.ASCII.GetString(whole.Slice(4, 4));
            if ((width == 0) != (name == "IHDR") || Crc(whole[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(whole[^4..]))
            {
                break;
            }

            if (name == "IHDR")
            {
                (width, height) = length == 13 ? (BinaryPrimitives.ReadInt32BigEndian(whole[8..]), BinaryPrimitives.ReadInt32BigEndian(whole[12..])) : (0, 0);
                if (width <= 0)
                {
                    break;
                }
            }

            if (Array.IndexOf(Kept, name) >= 0)
            {
                kept.Write(whole);
            }
            else if (char.IsAsciiLetterUpper(name[0]))
            {
                break;
            }

            hasPicture |= name == "IDAT";
            if (name == "IEND")
            {
                return hasPicture ? (kept.ToArray(), width, height) : default;
            }

            rest = rest[whole.Length..];
        }

        return default;
    }

    // The sum of PNG (annex D).
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 1 ? (sum >> 1) ^ 0xedb88320 : sum >> 1;
            }
        }

        return ~sum;
    }
}

/// <summary>
/// What draws a JPEG (ITU-T T.81): the tables, the frame and the scans. Left out are remarks, nothing after the end is read, and of
/// what programs add (Exif with the place, thumbnails) only the colour mark of Adobe stays, which the picture is drawn by.
/// </summary>
internal static class JpegFile
{
    private const byte Start = 0xd8;
    private const byte End = 0xd9;
    private const byte Scan = 0xda;
    private const byte Adobe = 0xee;

    /// <returns>Null bytes when it is broken, or drawn in a way that browsers do not know.</returns>
    public static (byte[]? Bytes, int Width, int Height) Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 4 || file[0] != 0xff || file[1] != Start)
        {
            return default;
        }

        using var kept = new MemoryStream();
        kept.Write(file[..2]);
        var (at, width, height, hasPicture) = (2, 0, 0, false);
        while (at + 4 <= file.Length || (at + 2 <= file.Length && file[at + 1] == End))
        {
            var mark = file[at + 1];
            if (file[at] != 0xff)
            {
                return default;
            }

            if (mark == End)
            {
                kept.Write(file.Slice(at, 2));
                return hasPicture ? (kept.ToArray(), width, height) : default;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || at + 2 + length > file.Length)
            {
                return default;
            }

            var whole = file.Slice(at, length + 2);
            at += whole.Length;
            switch (mark)
            {
                // Baseline, extended and progressive frames: what browsers draw.
                case 0xc0 or 0xc1 or 0xc2 when length >= 8 && width == 0:
                    (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(whole[5..]), BinaryPrimitives.ReadUInt16BigEndian(whole[7..]));
                    kept.Write(whole);
                    break;
                case Scan when width > 0:
                    kept.Write(whole);
                    var drawn = Drawn(file[at..]);
                    kept.Write(file.Slice(at, drawn));
                    at += drawn;
                    hasPicture = drawn > 0;
                    break;
                // Tables of Huffman, of quantization, and the interval of restarts.
                case 0xc4 or 0xdb or 0xdd or Adobe:
                    kept.Write(whole);
                    break;
                case >= 0xe0 and <= 0xef or 0xfe:
                    break;
                default:
                    return default;
            }
        }

        return default;
    }

    // Up to the next mark that is no restart (d0 to d7) and no escaped ff.
    private static int Drawn(ReadOnlySpan<byte> scan)
    {
        for (var at = 0; at + 1 < scan.Length; at++)
        {
            if (scan[at] == 0xff && scan[at + 1] is not (0 or (>= 0xd0 and <= 0xd7) or 0xff))
            {
                return at;
            }
        }

        return 0;
    }
}
