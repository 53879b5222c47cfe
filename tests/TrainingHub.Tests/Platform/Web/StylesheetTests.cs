using System.Text.RegularExpressions;
using TrainingHub.Tests.House;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

/// <summary>Text grows to 200 % without being cut off (WCAG 2.2, 1.4.4): no size or line of text is given in pixels.</summary>
public sealed partial class StylesheetTests
{
    [Fact]
    public void Styles_TextSizes_AreNeverInPixels()
    {
        var wrong = Rules().SelectMany(rule => FixedText().Matches(rule.Text).Select(match => $"{rule.File}: {match.Value}"));

        Verdict.NoFaults(wrong);
    }

    [Fact]
    public void Styles_HeightsInPixels_AreMinimaOrPictures()
    {
        string[] pictures = ["height: 36px", "height: 12px", "height: 1px"];
        var wrong = Rules().SelectMany(rule => FixedHeight().Matches(rule.Text).Where(match => !pictures.Contains(match.Value.Trim())).Select(match => $"{rule.File}: {match.Value}"));

        Verdict.NoFaults(wrong);
    }

    private static IEnumerable<(string File, string Text)> Rules() =>
        Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src/TrainingHub/styles"), "*.scss").Select(file => (Path.GetFileName(file), File.ReadAllText(file)));

    [GeneratedRegex(@"(?<![\w-])(font|font-size|line-height|letter-spacing):[^;]*(?<!rem\()\b\d+px(?!\))")]
    private static partial Regex FixedText();

    [GeneratedRegex(@"(?<![\w-])(max-)?height:\s*\d+(px|pt)")]
    private static partial Regex FixedHeight();
}
