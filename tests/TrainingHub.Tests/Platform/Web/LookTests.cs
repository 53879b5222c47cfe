using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

/// <summary>Colours and a logo that a partnership brings.</summary>
public sealed class LookTests
{
    [Fact]
    public void Grounds_AsTheRuleKnowsThem_AreThoseOfTheStyle()
    {
        foreach (var (name, value) in BrandColours.Mists.Concat(BrandColours.Accents).Concat(BrandColours.AccentTints))
        {
            Assert.Contains(Tokens.Brands.Values, brand => brand[name] == value);
        }

        Assert.All(Tokens.Brands.Values, brand =>
        {
            Assert.Contains(("mist", brand["mist"]), BrandColours.Mists);
            Assert.Contains(("accent", brand["accent"]), BrandColours.Accents);
            Assert.Contains(("accent-tint", brand["accent-tint"]), BrandColours.AccentTints);
        });
    }

    [Fact]
    public void Colours_OfTheStyle_AreTaken() => Assert.All(Tokens.Brands.Values, brand =>
    {
        Assert.Null(BrandColours.WhyNotBrand(brand["brand"]));
        Assert.Null(BrandColours.WhyNotAction(brand["action"]));
    });

    [Theory]
    [InlineData("#777777", "4.47:1")]
    [InlineData("#ffd500", "1.4")]
    public void Colour_OnWhichNothingCanBeRead_IsRefusedWithTheFigure(string colour, string figure)
    {
        Assert.Contains(figure, BrandColours.WhyNotBrand(colour));
        Assert.Contains(figure, BrandColours.WhyNotAction(colour));
        Assert.Contains("at least 4.5:1", BrandColours.WhyNotAction(colour));
    }

    [Fact]
    public void Logo_WithWordsAndAnEnding_KeepsThePictureOnly()
    {
        var png = Png(64, 32, ("tEXt", "Comment\0made at 1 Home Street"u8.ToArray()));

        var kept = LogoPicture.Read([.. png, .. "<script>"u8]);

        Assert.NotNull(kept);
        Assert.DoesNotContain("Home Street", Encoding.Latin1.GetString(kept.Bytes));
        Assert.DoesNotContain("script", Encoding.Latin1.GetString(kept.Bytes));
        Assert.Equal((64, 32), (kept.PixelWidth, kept.PixelHeight));
    }

    [Fact]
    public void Logo_OfAnotherKindOrTooLarge_IsRefused()
    {
        var broken = Png(64, 32);
        broken[^20] ^= 1;

        Assert.Null(LogoPicture.Read("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"u8));
        Assert.Null(LogoPicture.Read(Png(4000, 10)));
        Assert.Null(LogoPicture.Read(broken));
        Assert.Null(LogoPicture.Read(Png(64, 32).AsSpan(0, 60)));
        Assert.Null(LogoPicture.Read([]));
    }

    [Fact]
    public void Logo_JpegWithTheirPlaceAndAnEnding_KeepsThePictureOnly()
    {
        var kept = LogoPicture.Read([.. Jpeg(120, 60), .. "<script>"u8])!;

        Assert.Equal((120, 60, "image/jpeg"), (kept.PixelWidth, kept.PixelHeight, kept.MediaType));
        Assert.DoesNotContain("Home Street", Encoding.Latin1.GetString(kept.Bytes));
        Assert.DoesNotContain("script", Encoding.Latin1.GetString(kept.Bytes));
        Assert.Equal(kept.Bytes, LogoPicture.Of(kept.Stored)!.Bytes);
    }

    [Fact]
    public void Logo_JpegThatIsBroken_IsRefusedWherever()
    {
        var whole = Jpeg(120, 60);

        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.Null(LogoPicture.Read(whole.AsSpan(0, length))));
        Assert.Null(LogoPicture.Read(Jpeg(4000, 60)));
        Assert.Null(LogoPicture.Read(Jpeg(120, 0)));
        Assert.Null(LogoPicture.Of("no base64"));
    }

    // The parts of a JPEG in their order: enough for whoever reads its marks, though it draws nothing.
    internal static byte[] Jpeg(int width, int height)
    {
        byte[] size = [(byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width];
        return
        [
            0xff, 0xd8,
            .. Part(0xe0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]), .. Part(0xe1, "Exif\0\0made at 1 Home Street"u8), .. Part(0xfe, "1 Home Street"u8),
            .. Part(0xdb, new byte[65]), .. Part(0xc0, [8, .. size, 1, 1, 0x11, 0]), .. Part(0xc4, new byte[20]),
            .. Part(0xda, [1, 1, 0, 0, 63, 0]), 0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9,
        ];

        static byte[] Part(byte mark, ReadOnlySpan<byte> data) => [0xff, mark, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];
    }

    internal static byte[] Png(int width, int height, (string Name, byte[] Data)? extra = null)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 0);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(new byte[(width + 1) * height]);
        }

        return
        [
            0x89, .. "PNG\r\n"u8, 0x1a, 0x0a,
            .. Chunk("IHDR", header), .. extra is { } more ? Chunk(more.Name, more.Data) : [], .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", []),
        ];
    }

    private static byte[] Chunk(string name, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        var sum = uint.MaxValue;
        foreach (var one in body)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 1 ? (sum >> 1) ^ 0xedb88320 : sum >> 1;
            }
        }

        var (length, check) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, ~sum);
        return [.. length, .. body, .. check];
    }
}
