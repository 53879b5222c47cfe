using System.Buffers.Binary;

namespace TrainingHub.Platform.Web;

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
