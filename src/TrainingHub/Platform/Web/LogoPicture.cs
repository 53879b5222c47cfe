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
