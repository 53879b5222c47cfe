using System.Buffers.Binary;

namespace TrainingHub.Platform.Web;

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
