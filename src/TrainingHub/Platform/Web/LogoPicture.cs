using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TrainingHub.Platform.Web;

/// <summary>
/// The picture in the header: a PNG of at most <see cref="MostBytes"/> bytes and <see cref="MostPixels"/> pixels a side, of which only
/// what draws the picture is kept (no words, no place, nothing after its end). Other kinds are refused: an SVG can hold a program.
/// </summary>
internal sealed class LogoPicture
{
    public const string Path = "/logo.png";
    public const int MostBytes = 100 * 1024;
    public const int MostPixels = 1200;

    private const int ShownHeight = 40;
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];
    private static readonly string[] Kept = ["IHDR", "PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "IDAT", "IEND"];

    private LogoPicture(byte[] png) => (Png, PixelWidth, PixelHeight) = (png, Number(png, 16), Number(png, 20));

    public byte[] Png { get; }

    public int PixelWidth { get; }

    public int PixelHeight { get; }

    /// <summary>As it is shown in the header.</summary>
    public int Height => Math.Min(PixelHeight, ShownHeight);

    public int Width => Math.Max(1, PixelWidth * Height / PixelHeight);

    /// <summary>With what it holds in its name, so that it is kept for ever.</summary>
    public string Address => $"{Path}?v={Convert.ToHexStringLower(SHA256.HashData(Png))[..12]}";

    /// <summary>"PNG, 320 by 120 pixels, 12 KB": what history says of it.</summary>
    public string Words => $"PNG, {PixelWidth} by {PixelHeight} pixels, {(Png.Length + 1023) / 1024} KB";

    /// <param name="stored">As <see cref="Read"/> made it, in base64.</param>
    public static LogoPicture Of(string stored) => new(Convert.FromBase64String(stored));

    /// <returns>The picture without what it does not need; null when it is no PNG that can be shown.</returns>
    public static byte[]? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length > MostBytes || !file.StartsWith(Signature))
        {
            return null;
        }

        using var kept = new MemoryStream();
        kept.Write(file[..Signature.Length]);
        var rest = file[Signature.Length..];
        var (hasPicture, isFirst) = (false, true);
        while (rest.Length >= 12)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 12)
            {
                return null;
            }

            var whole = rest[..((int)length + 12)];
            var name = System.Text.Encoding.ASCII.GetString(whole.Slice(4, 4));
            if (isFirst && (name != "IHDR" || length != 13 || !Fits(whole[8..])))
            {
                return null;
            }

            if (Crc(whole[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(whole[^4..]))
            {
                return null;
            }

            if (Array.IndexOf(Kept, name) >= 0)
            {
                kept.Write(whole);
            }
            else if (char.IsAsciiLetterUpper(name[0]))
            {
                return null;
            }

            hasPicture |= name == "IDAT";
            if (name == "IEND")
            {
                return hasPicture ? kept.ToArray() : null;
            }

            isFirst = false;
            rest = rest[whole.Length..];
        }

        return null;
    }

    // The sum of PNG (ISO/IEC 15948, annex D).
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

    private static bool Fits(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt32BigEndian(header) is >= 16 and <= MostPixels && BinaryPrimitives.ReadUInt32BigEndian(header[4..]) is >= 16 and <= MostPixels;

    private static int Number(byte[] png, int at) => BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
}
