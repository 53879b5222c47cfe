using System.Globalization;
using System.Text;
using QRCoder;

namespace TrainingHub.Bookings;

/// <summary>
/// A QR code as the path of an SVG, one unit a module, with the quiet zone of four that the standard wants (ISO/IEC 18004). Level M mends 15 %
/// of it, as a cracked screen may need.
/// </summary>
/// <param name="Size">Of each side, in modules.</param>
/// <param name="Path">What is dark.</param>
internal sealed record QrCode(int Size, string Path)
{
    public static QrCode Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = data.ModuleMatrix;
        var path = new StringBuilder();
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
                    path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
                }
            }
        }

        return new(rows.Count, path.ToString());
    }
}
