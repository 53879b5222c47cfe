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
        // The tokens' pixels come out as rem: GOV.UK Frontend turns every size of its scale.
        var wrong = Rules().Where(rule => rule.File != "_tokens.scss").SelectMany(rule => FixedText().Matches(rule.Text).Select(match => $"{rule.File}: {match.Value}"));

        Verdict.NoFaults(wrong);
    }

    [Fact]
    public void Styles_HeightsInPixels_AreMinimaOrPictures()
    {
        string[] pictures = ["height: 32px", "height: 10px", "height: 1px"];
        var wrong = Rules().SelectMany(rule => FixedHeight().Matches(rule.Text).Where(match => !pictures.Contains(match.Value.Trim())).Select(match => $"{rule.File}: {match.Value}"));

        Verdict.NoFaults(wrong);
    }

    [Fact]
    public void Styles_Colours_StandInTheTokensOnly()
    {
        var wrong = Rules().Where(rule => rule.File != "_tokens.scss").SelectMany(rule => WrittenColour().Matches(rule.Text).Select(match => $"{rule.File}: {match.Value}"));

        Verdict.NoFaults(wrong);
    }

    [Fact]
    public void Styles_EveryClassOfOurOwn_IsOnAPage()
    {
        var pages = string.Join('\n', SourceTree.Read("src", ".cshtml", ".cs", ".js").Values);
        var dead = Rules().SelectMany(rule => OwnClass().Matches(rule.Text).Select(match => (rule.File, Name: match.Groups["name"].Value))).Distinct()
            .Where(found => !Regex.IsMatch(pages, $@"(?<![\w-]){found.Name}(?![\w-])")).Select(found => $"{found.File}: {found.Name}");

        Verdict.NoFaults(dead);
    }

    private static IEnumerable<(string File, string Text)> Rules() =>
        Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src/TrainingHub/styles"), "*.scss").Select(file => (Path.GetFileName(file), File.ReadAllText(file)));

    [GeneratedRegex(@"(?<![\w-])(font|font-size|line-height|letter-spacing):[^;]*(?<!rem\()\b\d+px(?!\))")]
    private static partial Regex FixedText();

    [GeneratedRegex(@"#[0-9a-fA-F]{3,8}\b(?=[;,)\s])|\brgba?\(")]
    private static partial Regex WrittenColour();

    [GeneratedRegex(@"\.(?<name>app-[a-z][a-z0-9_-]*)")]
    private static partial Regex OwnClass();

    [GeneratedRegex(@"(?<![\w-])(max-)?height:\s*\d+(px|pt)")]
    private static partial Regex FixedHeight();
}
