using System.Globalization;
using QRCoder;

namespace TrainingHub.Bookings;

/// <summary>
/// A QR code, one unit a module, with the quiet zone of four that the standard wants (ISO/IEC 18004). Level M mends 15 % of it, as a
/// cracked screen may need.
/// </summary>
/// <param name="Size">Of each side, in modules.</param>
/// <param name="Dark">What is dark: runs along the rows, from where and how wide.</param>
internal sealed record QrCode(int Size, IReadOnlyList<(int X, int Y, int Width)> Dark)
{
    /// <summary>What is dark as the path of an SVG.</summary>
    public string Path => string.Concat(Dark.Select(run => string.Create(CultureInfo.InvariantCulture, $"M{run.X} {run.Y}h{run.Width}v1h-{run.Width}z")));

    public static QrCode Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = data.ModuleMatrix;
        var dark = new List<(int, int, int)>();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Count; x++)
            {
                var from = x;
                while (x < rows[y].Count && rows[y][x])
                {
                    x++;
                }

                if (x > from)
                {
                    dark.Add((from, y, x - from));
                }
            }
        }

        return new(rows.Count, dark);
    }
}
