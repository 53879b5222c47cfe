using System.IO.Compression;
using System.Text;
using TrainingHub.Platform.Files;
using TrainingHub.Tests.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.Platform.Files;

/// <summary>What people send, friendly and hostile (facts/reliability.md, B-08): the content decides, never the name.</summary>
public sealed class CheckedFileTests
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");

    public static TheoryData<string, string, byte[]> Hostile => new()
    {
        { "html called pdf", "a.pdf", Text("<!doctype html><script>alert(1)</script>") },
        { "svg with a script", "logo.svg", Text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>") },
        { "svg called png", "logo.png", Text("<?xml version='1.0'?><svg onload='alert(1)'/>") },
        { "program called pdf", "accounts.pdf", [(byte)'M', (byte)'Z', 0x90, 0, .. new byte[200]] },
        { "program for Linux called jpg", "a.jpg", [0x7f, (byte)'E', (byte)'L', (byte)'F', .. new byte[200]] },
        { "zip called pdf", "a.pdf", Zip() },
        { "document with macros", "a.docm", Zip() },
        { "old Word document", "a.doc", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, .. new byte[600]] },
        { "gif", "a.gif", Text("GIF89a") },
        { "webp", "a.webp", [.. Text("RIFF"), 0, 0, 0, 0, .. Text("WEBPVP8 ")] },
        { "empty", "a.pdf", [] },
        { "spaces before the pdf", "a.pdf", [.. Text("   \n"), .. Pdf] },
        { "html before the pdf", "a.pdf", [.. Text("<html>"), .. Pdf] },
        { "pdf without an end", "a.pdf", Text("%PDF-1.7\n1 0 obj\n") },
        { "pdf with a page behind its end", "a.pdf", [.. Pdf, .. Text("<html><script>alert(1)</script></html>")] },
        { "pdf with a zip behind its end", "a.pdf", [.. Pdf, .. Zip()] },
        { "pdf of no version", "a.pdf", Text("%PDF-x.x\n%%EOF\n") },
        { "one byte too many", "a.pdf", [.. Pdf, .. Enumerable.Repeat((byte)' ', CheckedFile.MostBytes + 1 - Pdf.Length)] },
        { "first bytes of a png alone", "a.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, .. Text("<script>")] },
        { "first bytes of a jpeg alone", "a.jpg", [0xff, 0xd8, 0xff, 0xe0, .. Text("<?php system($_GET[0]); ?>")] },
        { "png of 50,000 pixels", "a.png", LookTests.Png(50_000, 1) },
        { "png cut short", "a.png", LookTests.Png(4, 4)[..^20] },
        { "png with a wrong sum", "a.png", Spoilt(LookTests.Png(4, 4)) },
        { "eicar", "eicar.com", Text("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*") },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Read_Hostile_IsRefusedInWords(string what, string name, byte[] content)
    {
        var (file, refusal) = CheckedFile.Read(name, content);

        Assert.True(file is null, what);
        Assert.Contains(name, CheckedFile.Words(refusal ?? throw new InvalidOperationException(what), name), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("constitution.pdf", "Pdf", "constitution.pdf")]
    [InlineData("constitution.exe", "Pdf", "constitution.pdf")]
    [InlineData("../../etc/passwd", "Pdf", "passwd.pdf")]
    [InlineData("C:\\Users\\me\\Our accounts (2026).pdf", "Pdf", "Our accounts (2026).pdf")]
    [InlineData("a\u202Efdp.exe", "Png", "afdp.png")]
    [InlineData("a\"; filename=x.html", "Png", "a filenamex.png")]
    [InlineData("....", "Png", "document.png")]
    [InlineData("Satzung Łódź.jpeg", "Png", "Satzung Łódź.png")]
    public void Read_Friendly_IsNamedByWhatItIs(string typed, string kind, string expected)
    {
        var (file, refusal) = CheckedFile.Read(typed, kind == "Pdf" ? Pdf : LookTests.Png(4, 4));

        Assert.Null(refusal);
        Assert.Equal((kind, expected), (file!.Kind.ToString(), file.Name));
    }

    [Fact]
    public void Read_NameOfThreeHundredLetters_IsCutAndKeepsItsEnding()
    {
        var (file, _) = CheckedFile.Read(new string('a', 300) + ".pdf", Pdf);

        Assert.Equal(CheckedFile.NameLength, file!.Name.Length);
        Assert.EndsWith("a.pdf", file.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LargestThatIsAllowed_IsKeptAsItCame()
    {
        byte[] content = [.. Pdf, .. Enumerable.Repeat((byte)'\n', 0)];
        byte[] largest = [.. "%PDF-1.7\n"u8, .. new byte[CheckedFile.MostBytes - 15], .. "%%EOF\n"u8];

        Assert.Equal(content, CheckedFile.Read("a.pdf", content).File!.Content);
        Assert.Equal(CheckedFile.MostBytes, CheckedFile.Read("a.pdf", largest).File!.Content.Length);
    }

    [Fact]
    public void Read_PngWithWordsAndSomethingBehind_KeepsThePictureAlone()
    {
        var plain = LookTests.Png(4, 4);
        byte[] spiced = [.. plain, .. Text("<script>alert('behind')</script>")];

        Assert.Equal(plain, CheckedFile.Read("a.png", spiced).File!.Content);
    }

    private static byte[] Text(string words) => Encoding.ASCII.GetBytes(words);

    private static byte[] Spoilt(byte[] png)
    {
        png[20] ^= 0xff;
        return png;
    }

    private static byte[] Zip()
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("word/vbaProject.bin");
        }

        return memory.ToArray();
    }
}
